import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Scaling } from '../../contract/calibration.ts';
import type { FileProblem } from '../../contract/data.ts';
import type { OutputOf } from '../../contract/index.ts';
import { refuseNothing, tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeScaling } from '../text/calibration.ts';
import { paragraphs, table } from '../text/table.ts';
import { pathOf } from '../../userPath.ts';

export function addPredict(program: Command): void {
  program
    .command('predict')
    .argument('<model>', 'run, or the path of an exported ONNX file')
    .argument('<files...>', 'images, folders (with their sub-folders), or patterns')
    .option('--compare', 'of an exported model: its own answers beside those of the application', false)
    .action((model: string, files: string[], { compare }: { compare: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'predicting', 'images');
        const path = pathOf(model);
        const input = { model: existsSync(path) ? path : model, files: files.map((file) => pathOf(file)) };
        if (compare) {
          const beside = await client.call('model.try', input, { signal, onProgress });
          refuseNothing(beside.tried, beside.problems);
          tellPartial(beside.problems);
          output.result(beside, () => describeTried(beside));
          return;
        }
        const answer = await client.call('model.predict', input, { signal, onProgress });
        refuseNothing(answer.predictions, answer.problems);
        tellPartial(answer.problems);
        output.result(answer, () => describe(answer));
      }),
    );
}

function describeTried({
  run,
  runtime,
  classes,
  tried,
  calibration,
  problems,
  warnings,
}: OutputOf<'model.try'>): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const answer = ({ predicted, probabilities }: { predicted: string; probabilities: number[] }) =>
    `${predicted} ${probabilities[classes.indexOf(predicted)]!.toFixed(4)}`;
  return paragraphs(
    warnings.join('\n'),
    `Exported: by ${runtime}. Application: run ${run}.`,
    calibrated(calibration),
    table(
      [{ title: 'File' }, { title: 'Exported' }, { title: 'Application' }, right('Largest difference')],
      tried.map((each) => [
        each.file,
        answer(each.exported),
        answer(each.application),
        each.difference.toExponential(1),
      ]),
    ),
    listed(problems),
  );
}

const listed = (problems: readonly FileProblem[]): string =>
  problems.map(({ file, code, message }) => `${file}: ${message} [${code}]`).join('\n');

/** How the probabilities came to be, where they are not those of the network itself. */
const calibrated = (scaling: Scaling | null): string | null =>
  scaling && `Calibrated: ${describeScaling(scaling)}, fitted on the validation images of the run.`;

function describe({
  classes,
  positive,
  decision,
  predictions,
  calibration,
  problems,
  warnings,
}: OutputOf<'model.predict'>): string {
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
    calibrated(calibration),
    decision !== null
      ? `Called ${decision.positive} at a probability of ${decision.threshold} or more, as kept with the run.`
      : positive !== null && `Positive class: ${positive}, at a probability of 0.5 or more.`,
    listed(problems),
  );
}
