import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CutpointError, ERROR_CODES, type ErrorCode } from '../../contract/errors.ts';
import type { OutputOf } from '../../contract/index.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';

export function addPredict(program: Command): void {
  program
    .command('predict')
    .description('the probability of each class, file by file')
    .argument('<model>', 'run, or the path of an exported ONNX file')
    .argument('<files...>', 'images')
    .action((model: string, files: string[], _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'predicting', 'images');
        const input = { model: existsSync(model) ? resolve(model) : model, files: files.map((file) => resolve(file)) };
        const answer = await client.call('model.predict', input, { signal, onProgress });
        refuseEmpty(answer);
        output.result(answer, () => describe(answer));
      }),
    );
}

/** One unreadable file does not stop the others; none that can be read is an error. */
function refuseEmpty({ predictions, problems }: OutputOf<'model.predict'>): void {
  const [first] = problems;
  if (predictions.length > 0 || !first) return;
  const code = first.code in ERROR_CODES ? (first.code as ErrorCode) : 'FILE_NOT_READABLE';
  const sentence = problems.length === 1 ? `${first.file}: ${first.message}` : 'None of the files can be read.';
  throw new CutpointError(code, sentence, { details: { problems } });
}

function describe({ classes, predictions, problems }: OutputOf<'model.predict'>): string {
  return paragraphs(
    table(
      [{ title: 'File' }, { title: 'Predicted' }, ...classes.map((title) => ({ title, align: 'right' as const }))],
      predictions.map(({ file, predicted, probabilities }) => [
        file,
        predicted,
        ...probabilities.map((probability) => probability.toFixed(4)),
      ]),
    ),
    problems.map(({ file, code, message }) => `${file}: ${message} [${code}]`).join('\n'),
  );
}
