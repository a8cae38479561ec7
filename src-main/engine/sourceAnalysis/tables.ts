import type { SourceAnalysis, SourceCorrelation } from '../../contract/sourceAnalysis.ts';

type Cell = string | number | null;
/** A row of names, then rows of values. */
export type Rows = readonly (readonly Cell[])[];

/** The tables of an analysis by the names of their files; what is null there is empty. The baseline has an empty source. */
export function tablesOf(analysis: SourceAnalysis): Record<string, Rows> {
  const { means, transfers, sums, rankings, differences, distances } = analysis;
  const ends = (interval: { low: number; high: number } | null) => [interval?.low ?? null, interval?.high ?? null];
  return {
    means: [
      ['target', 'source', 'n', 'folds', 'mean', 'deviation', 'max_deviation', 'low', 'high'],
      ...means.map((each) => [
        ...[each.target, each.source, each.n, each.folds, each.mean, each.deviation, each.maxDeviation],
        ...ends(each.interval),
      ]),
    ],
    transferability: [
      ['target', 'source', 'n', 'transferability', 'deviation', 'low', 'high', 'distance'],
      ...transfers.map((each) => [
        ...[each.target, each.source, each.n, each.value, each.deviation],
        ...[...ends(each.interval), each.distance],
      ]),
    ],
    sums: [
      ['source', 'targets', 'sum', 'mean', 'gain'],
      ...sums.map((each) => [each.source, each.targets, each.sum, each.mean, each.gain]),
    ],
    ranks: [
      ['target', 'source', 'rank', 'low', 'high', 'best'],
      ...rankings.flatMap(({ target, rows }) =>
        rows.map((each) => [target, each.source, each.rank, ...ends(each.interval), each.best]),
      ),
    ],
    differences: [
      ['target', 'a', 'b', 'n', 'difference', 'low', 'high', 'p', 'p_holm'],
      ...differences.map((each) => [
        ...[each.target, each.a, each.b, each.n, each.value],
        ...[...ends(each.interval), each.p, each.adjusted],
      ]),
    ],
    ...(distances && {
      correlations: [
        ['of', 'target', 'value', 'low', 'high', 'p', 'n', 'p_method', 'interval_method'],
        ...correlationRows(analysis),
      ],
      distances: [
        ['source', ...distances.targets],
        ...distances.sources.map((source, at) => [source, ...distances.values[at]!]),
      ],
    }),
  };
}

function correlationRows({ spearman, kendall, weightedKendall, perTarget }: SourceAnalysis): Cell[][] {
  const row = (of: string, target: string | null, each: SourceCorrelation | null): Cell[][] =>
    each === null
      ? []
      : [[of, target, each.value, each.interval?.low ?? null, each.interval?.high ?? null, each.p, each.n, each.method, each.interval?.method ?? null]]; // prettier-ignore
  return [
    ...row('spearman', null, spearman),
    ...row('kendall', null, kendall),
    ...row('weighted_kendall', null, weightedKendall),
    ...perTarget.flatMap((each) => row('spearman', each.target, each.spearman)),
  ];
}

/** RFC 4180; what a spreadsheet would run as a formula is kept as text. */
export const csvOf = (rows: Rows): string => rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

function cellOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
