import type { OutputOf } from '../../contract/index.ts';
import type { SourceAnalysis, SourceCorrelation } from '../../contract/sourceAnalysis.ts';
import { paragraphs, table } from './table.ts';
import { counted, metric, orNone, percent, range, signed, whole } from './units.ts';

const right = (title: string) => ({ title, align: 'right' as const });
const nameOf = (source: string | null): string => source ?? 'no transfer';

/** Means and ranks of each target, sums, differences from the first, and what distance told. */
export function describeSourceAnalysis(found: OutputOf<'sourceStudy.analyse'>, out?: string): string {
  const { rows, sources, targets, confidence, files } = found;
  return paragraphs(
    `${counted(rows, 'row')}: ${counted(sources.length, 'source')}, ${counted(targets.length, 'target')}`,
    describeTables(found),
    correlations(found, `${percent(confidence)} interval`),
    found.said.join('\n'),
    found.notes.join('\n'),
    files.length > 0 && `Written to ${out ?? ''}: ${files.join(', ')}`,
  );
}

/** The tables alone, and what their intervals are. */
export function describeTables(found: SourceAnalysis): string {
  const interval = `${percent(found.confidence)} interval`;
  return paragraphs(
    ...found.targets.map((target) => `${target}\n${ofTarget(found, target, interval)}`),
    overTargets(found, interval),
    differing(found, interval),
    `Intervals over folds are corrected for what training sets share (Nadeau and Bengio 2003); ranks are over ${whole(found.resamples)} draws of folds, and their intervals too narrow where folds are few.`,
  );
}

function ofTarget({ means, transfers, rankings }: SourceAnalysis, target: string, interval: string): string {
  const ranking = rankings.find((each) => each.target === target)?.rows ?? [];
  return table(
    [
      ...[
        { title: 'Source' },
        right('Folds'),
        right('Mean AUC'),
        right('SD'),
        right('Max. deviation'),
        right(interval),
      ],
      ...[right('Transferability, %'), right(interval), right('Distance'), right('Rank'), right('First in')],
    ],
    means
      .filter((each) => each.target === target)
      .map(({ source, folds, mean, deviation, maxDeviation, interval: ends }) => {
        const transfer = transfers.find((each) => each.target === target && each.source === source);
        const rank = ranking.find((each) => each.source === source);
        return [
          ...[nameOf(source), whole(folds), metric(mean), metric(deviation), metric(maxDeviation), range(ends)],
          ...[transfer ? hundredths(transfer.value) : orNone(null), transfer?.interval ? `${hundredths(transfer.interval.low)} to ${hundredths(transfer.interval.high)}` : orNone(null)], // prettier-ignore
          ...[transfer?.distance == null ? orNone(null) : String(Number(transfer.distance.toPrecision(4))), rank ? rank.rank.toFixed(1) : orNone(null), rank ? percent(rank.best) : orNone(null)], // prettier-ignore
        ];
      }),
  );
}

function overTargets({ sums, rankings }: SourceAnalysis, interval: string): string {
  const over = rankings.find(({ target }) => target === null)?.rows ?? [];
  return table(
    [
      ...[{ title: 'Over all targets' }, right('Targets'), right('Sum'), right('Mean'), right('Gain')],
      ...[right('Mean rank'), right(interval), right('First in')],
    ],
    sums.map(({ source, targets, sum, mean, gain }) => {
      const rank = over.find((each) => each.source === source);
      return [
        ...[nameOf(source), whole(targets), metric(sum), metric(mean), gain === null ? orNone(null) : signed(gain)],
        ...(rank
          ? [rank.rank.toFixed(2), `${rank.interval.low.toFixed(1)} to ${rank.interval.high.toFixed(1)}`, percent(rank.best)] // prettier-ignore
          : [orNone(null), orNone(null), orNone(null)]),
      ];
    }),
  );
}

/** Differences from the baseline, which is what transfer brings; all pairs are in `--json` and in the files. */
function differing({ differences }: SourceAnalysis, interval: string): string | null {
  const own = differences.filter(({ b }) => b === null);
  if (own.length === 0) return null;
  return table(
    [
      ...[{ title: 'Against no transfer' }, { title: 'Target' }, right('Difference'), right(interval)],
      ...[right('p'), right('p, Holm')],
    ],
    own.map(({ a, target, value, interval: ends, p, adjusted }) => [
      ...[nameOf(a), target, signed(value), range(ends), chance(p), chance(adjusted)],
    ]),
  );
}

function correlations(
  { spearman, kendall, weightedKendall, perTarget }: SourceAnalysis,
  interval: string,
): string | null {
  if (spearman === null) return null;
  const row = (name: string, each: SourceCorrelation | null): string[][] =>
    each === null
      ? []
      : [[name, each.value === null ? each.why! : signed(each.value), range(each.interval), chance(each.p), orNone(each.method), whole(each.n)]]; // prettier-ignore
  return table(
    [
      { title: 'Distance against transferability' },
      ...[right('Value'), right(interval), right('p'), { title: 'p over' }, right('Pairs')],
    ],
    [
      ...row('Spearman’s ρ', spearman),
      ...row('Kendall’s τ-b', kendall),
      ...row('weighted τ', weightedKendall),
      ...perTarget.flatMap(({ target, spearman: own }) => row(`Spearman’s ρ, ${target}`, own)),
    ],
  );
}

const hundredths = (value: number): string => value.toFixed(2).replace('-', '−');
const chance = (p: number | null): string =>
  p === null ? orNone(null) : p < 0.001 ? p.toExponential(0) : p.toFixed(3);
