import { cohortOf, wordsFor } from '../../contract/groups.ts';
import { sourceTitle, type EstimateRanking, type SourcesReport } from '../../contract/transferability.ts';
import { describeRankings, WITHOUT_LEEP } from './rankings.ts';
import { paragraphs, table } from './table.ts';
import { duration, orNone } from './units.ts';
import { estimateCells, ESTIMATE_COLUMNS, leftOutWords, withDeviation } from './probe.ts';

/** Sources side by side: a row each, and what may be said of the estimates. */
export function describeSources(report: SourcesReport, rankings: readonly EstimateRanking[]): string {
  const { backbone, cut, rows, images, patients, grouping, folds, warnings, seconds } = report;
  const cohort = cohortOf({ images, groups: patients }, grouping);
  return paragraphs(
    `${backbone}, ${cut === null ? 'at its end' : `cut after ${cut}`}: ${cohort}, ${folds} folds by ${wordsFor(grouping).one}${leftOutWords(report)}`,
    table(
      [
        { title: 'Source' },
        { title: 'Probe AUROC', align: 'right' },
        { title: 'AUPRC', align: 'right' },
        { title: 'LogME', align: 'right' },
        { title: 'H-score', align: 'right' },
        ...ESTIMATE_COLUMNS,
      ],
      rows.map((row) => [
        sourceTitle(row.source),
        withDeviation(row.auroc),
        withDeviation(row.auprc),
        row.logMe?.toFixed(3) ?? orNone(null),
        row.hScore?.toFixed(3) ?? orNone(null),
        ...estimateCells(row.estimates),
      ]),
    ),
    rows.some(({ estimates }) => estimates.leep === null) && WITHOUT_LEEP,
    describeRankings(rankings, 'source'),
    warnings.map(({ code, message }) => `${message} [${code}]`).join('\n'),
    `${duration(seconds)}. ± is the standard deviation over the folds.`,
  );
}
