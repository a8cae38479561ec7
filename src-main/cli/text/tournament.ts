import { cohortOf, wordsFor } from '../../contract/groups.ts';
import { titleOf } from '../../contract/strategies.ts';
import type { ComparisonSummary } from '../../contract/comparison/index.ts';
import type { TournamentPlan, TournamentResult, TournamentRow } from '../../contract/comparison/tournament.ts';
import { foldsTable, howAveraged, meansTable } from './folds.ts';
import { classesTable, decisionsTable, howCompared, pValue } from './pair.ts';
import { paragraphs, table, type Column } from './table.ts';
import {
  around,
  capitalised,
  converged,
  counted,
  meanOf,
  orNone,
  percent,
  range,
  scaled,
  signed,
  whole,
} from './units.ts';

const right = (title: string): Column => ({ title, align: 'right' });

const VERDICTS: Record<TournamentRow['verdict'], string> = {
  reference: 'the reference',
  'not-inferior': 'non-inferior',
  superior: 'superior',
  inferior: 'inferior',
  inconclusive: 'inconclusive',
  failed: 'failed',
};

/**
 * The rows of a tournament in tables, how their numbers were made, and the verdict.
 * @param known what the comparison knows of the groups of its data; the result may be of an earlier version, and not
 *   say it
 */
export function describeTournament(
  result: TournamentResult,
  plan: TournamentPlan,
  known: Partial<Pick<ComparisonSummary, 'grouping' | 'testGrouping' | 'cells'>> = {},
): string {
  const { rows, images, patients, patientsOfRarestClass, comparisons, resamples } = result;
  const grouping = known.testGrouping ?? known.grouping ?? result.grouping;
  const several = new Set(rows.map(({ source }) => source)).size > 1;
  const model = (row: TournamentRow) => (several ? [titleOf(row), orNone(row.source)] : [titleOf(row)]);
  const models: Column[] = several ? [{ title: 'Model' }, { title: 'Source' }] : [{ title: 'Model' }];
  const { one, many } = wordsFor(grouping);
  const interval = `${percent(plan.confidence)} interval`;
  const against = rows.flatMap((row) => (row.against ? [{ model: model(row), detail: row.against }] : []));
  const compared = rows.filter(({ comparison }) => comparison !== null);
  const undefinedResamples = Math.max(0, ...rows.map(({ auprcInterval }) => auprcInterval?.undefinedResamples ?? 0));
  const delong = rows.some(({ aurocInterval }) => aurocInterval?.method === 'delong');
  return paragraphs(
    table(
      [
        ...models,
        right('Parameters'),
        right('MACs'),
        right('1 image'),
        right('Converged after'),
        { title: 'Pareto front' },
      ],
      rows.map((row) => [
        ...model(row),
        row.parameters === 0 ? orNone(null) : scaled(row.parameters),
        row.macs === 0 ? orNone(null) : scaled(row.macs),
        row.latency === null ? orNone(null) : `${row.latency.toFixed(1)} ms`,
        converged(row.convergence),
        row.pareto ? 'yes' : '',
      ]),
    ),
    table(
      [...models, right('Runs tested'), right('AUROC'), right(interval), right('AUPRC'), right(interval)],
      rows.map((row) => [
        ...model(row),
        `${row.runs - row.failures} of ${row.runs}`,
        meanOf(row.auroc),
        around(row.aurocInterval),
        meanOf(row.auprc),
        around(row.auprcInterval),
      ]),
    ),
    compared.length > 0 &&
      table(
        [
          ...models,
          right(capitalised(many)),
          right('Difference in AUROC'),
          right(interval),
          right('p'),
          { title: 'Verdict' },
        ],
        rows.map((row) => [
          ...model(row),
          row.comparison === null ? '' : whole(row.comparison.patients),
          row.difference === null ? '' : signed(row.difference.value),
          row.difference === null ? '' : range(row.difference),
          row.comparison === null ? '' : pValue(row.comparison.p),
          `${VERDICTS[row.verdict]}${row.comparison?.afterHolm ? ', also after Holm' : ''}`,
        ]),
      ),
    against.length > 0 && classesTable(against, models, interval),
    against.length > 0 && decisionsTable(against, models, grouping),
    meansTable(rows, { model, models, interval }),
    foldsTable(known.cells ?? [], { several }),
    [
      `Tested on ${cohortOf({ images, groups: patients }, grouping)}, ${whole(patientsOfRarestClass)} of the rarest class.`,
      `AUROC and AUPRC before their intervals: mean ± standard deviation over folds and seeds; in the intervals: all test images together, each ranked among those of its own run.`,
      `Intervals: ${whole(resamples)} bootstrap resamples of the ${many}, percentiles${delong ? '; of AUROC DeLong’s' : ''}.`,
      undefinedResamples > 0 &&
        `In up to ${whole(undefinedResamples)} of them no ${one} of some class was drawn; they were left out.`,
      comparisons > 0 &&
        `Difference: AUROC minus that of the reference on the same ${many}, folds and seeds. Margin, chosen beforehand: ${plan.margin}. p: of a loss of the margin or more, one-sided; after Holm: for ${counted(comparisons, 'comparison')} at ${percent((1 - plan.confidence) / 2)}.`,
      ...howCompared(against, grouping),
      ...against.flatMap(({ model: [title], detail: { delong } }) =>
        delong
          ? [
              `DeLong’s paired test of AUROC, ${title}: ${signed(delong.value)} (${range(delong)}), p ${pValue(delong.p)}${delong.afterHolm ? ', also after Holm' : ''}.`,
            ]
          : [],
      ),
      ...howAveraged(rows, grouping),
      'Converged: 95 % of the run’s best validation AUROC, mean over the runs. Pareto front: no other model has as few parameters and as high an AUROC.',
    ]
      .filter(Boolean)
      .join('\n'),
    result.verdict,
  );
}
