import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { OutputOf } from '../../contract/index.ts';
import { refuseNothing, tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { pathOf } from '../../userPath.ts';

export function addPredict(program: Command): void {
  program
    .command('predict')
    .argument('<model>', 'run, or the path of an exported ONNX file')
    .argument('<files...>', 'images, folders (with their sub-folders), or patterns')
    .action((model: string, files: string[], _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'predicting', 'images');
        const path = pathOf(model);
        const input = { model: existsSync(path) ? path : model, files: files.map((file) => pathOf(file)) };
        const answer = await client.call('model.predict', input, { signal, onProgress });
        refuseNothing(answer.predictions, answer.problems);
        tellPartial(answer.problems);
        output.result(answer, () => describe(answer));
      }),
    );
}

function describe({ classes, positive, predictions, problems, warnings }: OutputOf<'model.predict'>): string {
  return paragraphs(
    warnings.join('\n'),
    table(
      [{ title: 'File' }, { title: 'Predicted' }, ...classes.map((title) => ({ title, align: 'right' as const }))],
      predictions.map(({ file, predicted, probabilities }) => [
        file,
        predicted,
        ...probabilities.map((probability) => probability.toFixed(4)),
      ]),
    ),
    positive !== null && `Positive class: ${positive}, at a probability of 0.5 or more.`,
    problems.map(({ file, code, message }) => `${file}: ${message} [${code}]`).join('\n'),
  );
}
