import type { Command } from 'commander';
import type { Disagreement } from '../../contract/comparison/pair.ts';
import { recordsByRow, type RowDifference, type RowKey } from '../../contract/comparison/rows.ts';
import { wordsFor } from '../../contract/groups.ts';
import { CutpointError } from '../../contract/errors.ts';
import { titleOf } from '../../contract/strategies.ts';
import { withEngine } from '../session.ts';
import { classesTable, decisionsTable, howCompared, pValue } from '../text/pair.ts';
import { facts, paragraphs, table } from '../text/table.ts';
import { counted, metric, orNone, percent, range, signed, whole } from '../text/units.ts';

/** Of the images that two rows call differently. */
const LISTED = 20;

export function addDifference(program: Command): void {
  program
    .command('difference')
    .argument('<id>', 'tournament or learning curve, as `cutpoint comparisons` lists it')
    .argument('[rows...]', 'two of its rows by their numbers; without them the rows are listed')
    .action((id: string, numbers: string[], _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const { cells } = await client.call('comparison.get', { id }, { signal });
        const rows = recordsByRow(cells).map(({ row }) => row);
        if (numbers.length === 0) return output.result(rows, () => listed(rows));
        const [a, b] = chosen(numbers, rows);
        const found = await client.call('comparison.difference', { id, a, b }, { signal });
        output.result(found, () => described(found, a, b));
      }),
    );
}

/** @throws CutpointError INPUT_INVALID */
function chosen(numbers: readonly string[], rows: readonly RowKey[]): [RowKey, RowKey] {
  const [a, b, ...more] = numbers.map((number) => rows[Number(number) - 1]);
  if (a && b && more.length === 0) return [a, b];
  throw new CutpointError(
    'INPUT_INVALID',
    `Two of the rows 1 to ${rows.length} are needed, not '${numbers.join(' ')}'.`,
    {
      remedy: '`cutpoint difference ID` lists the rows with their numbers.',
    },
  );
}

const listed = (rows: readonly RowKey[]): string =>
  table(
    [{ title: 'Row', align: 'right' }, { title: 'Model' }, { title: 'Source' }, { title: 'Share', align: 'right' }],
    rows.map((row, at) => [String(at + 1), titleOf(row), orNone(row.source), percent(row.share)]),
  );

function described(found: RowDifference, a: RowKey, b: RowKey): string {
  const { auroc, auprc, pairs, patients, images, grouping, confidence, resamples } = found;
  const value = (interval: { value: number; low: number; high: number } | null): string =>
    interval === null ? orNone(null) : `${signed(interval.value)} (${range(interval)})`;
  const { detail } = found;
  const both = detail ? [{ model: [], detail }] : [];
  const [few, names] = [found.disagreements?.images.slice(0, LISTED) ?? [], { a: nameOf(a), b: nameOf(b) }];
  const numbers = facts([
    ['Difference', `${nameOf(a)} minus ${nameOf(b)}`],
    ['AUROC', value(auroc)],
    ['AUPRC', value(auprc)],
    ['Interval', `${percent(confidence)}, ${whole(resamples)} bootstrap resamples of the ${wordsFor(grouping).many}`],
    [
      'On',
      `${counted(pairs, 'pair')} of runs, ${counted(images, 'image')} of ${whole(patients)} ${wordsFor(grouping).many}`,
    ],
    ...(detail?.delong
      ? [['DeLong', `${value(detail.delong)}, p ${pValue(detail.delong.p)}: AUROC, paired`] as const]
      : []),
    ['Note', 'not corrected for how many pairs were looked at'],
  ]);
  return paragraphs(
    numbers,
    detail && `The reference here is ${names.b}.`,
    detail && classesTable(both, [], `${percent(confidence)} interval`),
    detail && decisionsTable(both, [], grouping),
    few.length > 0 && called(few, names),
    found.disagreements &&
      found.disagreements.images.length > LISTED &&
      `The first ${LISTED} of ${whole(found.disagreements.images.length)} images that they call differently; --json has all.`,
    howCompared(both, grouping).join('\n'),
  );
}

/** Images that the two call differently. */
const called = (images: readonly Disagreement[], { a, b }: { a: string; b: string }): string =>
  table(
    [{ title: 'Image' }, { title: 'Class' }, { title: a }, { title: b }, { title: 'Tests' }],
    images.map((each) => [
      each.file,
      each.class,
      `${each.own} ${metric(each.ownProbability)}`,
      `${each.reference} ${metric(each.referenceProbability)}`,
      `${each.times} of ${each.of}`,
    ]),
  );

const nameOf = (row: RowKey): string =>
  [
    titleOf(row),
    ...(row.source === null ? [] : [`from ${row.source}`]),
    ...(row.share === 1 ? [] : [percent(row.share)]),
  ].join(' ');
