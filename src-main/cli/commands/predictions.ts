import type { Command } from 'commander';
import type { PredictedImage, Predictions } from '../../contract/prediction.ts';
import { rowsOf } from '../../contract/table.ts';
import { ownPart, shownPart } from '../options/part.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { counted, share } from '../text/units.ts';

interface Options {
  part?: 'validation' | 'test';
  dataset?: string;
  errors: boolean;
}

type Row = PredictedImage & { index: number; probabilities: number[] };

export function addPredictions(program: Command): void {
  program
    .command('predictions')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(ownPart())
    .option(
      '--dataset <id>',
      'another folder that it was evaluated on, by the list of its images (`cutpoint datasets`)',
    )
    .option('--errors', 'only images whose predicted class is not the true one, the surest first', false)
    .action((id: string, { part, dataset, errors }: Options, command: Command) =>
      withEngine(command, async (session) => {
        const { client, output, signal } = session;
        const of = await shownPart(session, id, { part, dataset });
        const answer = await client.call('run.predictions', { id, part: of }, { signal });
        const all = rowsWith(answer);
        const shown = errors ? all.filter(({ correct }) => !correct).sort((a, b) => surest(b) - surest(a)) : all;
        const { run, classes, folder, grouping } = answer;
        output.result({ run, part: of, classes, folder, grouping, images: shown }, () =>
          paragraphs(
            `${counted(all.length, 'image')} of ${folder}, ${share(all.filter(({ correct }) => correct).length, all.length)} right`,
            listed(shown, classes),
          ),
        );
      }),
    );
}

/** Each image with its probabilities; `index` is what `explain` calls it by. */
function rowsWith({ images, probabilities, classes }: Predictions): Row[] {
  const values = new DataView(probabilities.buffer, probabilities.byteOffset, probabilities.byteLength);
  return rowsOf(images).map((row, index) => ({
    index,
    ...row,
    probabilities: classes.map((_, label) => values.getFloat32(4 * (index * classes.length + label), true)),
  }));
}

const surest = ({ probabilities }: Row): number => Math.max(...probabilities);

const listed = (rows: readonly Row[], classes: readonly string[]): string =>
  table(
    [
      { title: 'Index', align: 'right' },
      { title: 'File' },
      { title: 'Class' },
      { title: 'Predicted' },
      ...classes.map((title) => ({ title, align: 'right' as const })),
    ],
    rows.map((row) => [
      String(row.index),
      row.file,
      row.class,
      row.correct ? row.predicted : `${row.predicted} (wrong)`,
      ...row.probabilities.map((probability) => probability.toFixed(4)),
    ]),
  );
