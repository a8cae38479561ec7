import type { SourceAnalysis, SourceCorrelation, SourceRanking } from '../../contract/sourceAnalysis.ts';

type Analysis = Omit<SourceAnalysis, 'said' | 'notes'>;

/** What the numbers show: of each target the source that ranks first, and of all pairs whether distance told it. */
export function saidOf(analysis: Analysis): string[] {
  const perTarget = analysis.rankings.filter(({ target }) => target !== null);
  return [...perTarget.map((ranking) => firstOf(ranking, analysis)), ...correlationSentences(analysis)];
}

function firstOf({ target, rows, folds }: SourceRanking, { differences, confidence }: Analysis): string {
  const [first, second] = rows;
  if (first!.rank === second!.rank) return `On ‘${target!}’ several share the highest mean AUC.`;
  const own = differences.filter(
    (each) => each.target === target && [each.a, each.b].includes(first!.source) && each.adjusted !== null,
  );
  const apart = own.filter(({ adjusted }) => adjusted! <= 1 - confidence + 1e-12).length;
  return [
    first!.source === null
      ? `On ‘${target!}’ training without transfer has the highest mean AUC.`
      : `On ‘${target!}’ the source ‘${first!.source}’ has the highest mean AUC.`,
    folds < 2
      ? 'With one fold it is not known how certain that is.'
      : `It is first in ${percent(first!.best)} of the draws of ${folds} folds.`,
    ...(own.length > 0 ? [`After Holm’s correction it differs from ${apart} of ${own.length} others.`] : []),
  ].join(' ');
}

/** Never advice where the interval holds 0, and never without what the pairs are. */
function correlationSentences({ spearman, kendall, confidence, transfers }: Analysis): string[] {
  if (spearman === null || kendall === null) return [];
  if (spearman.value === null) return [`The distance cannot be compared with the transferability. ${spearman.why!}`];
  const targets = new Set(transfers.filter(({ distance }) => distance !== null).map(({ target }) => target)).size;
  return [
    `Distance against transferability over ${spearman.n} pairs: Spearman’s ρ ${told(spearman, confidence)}; Kendall’s τ ${told(kendall, confidence)}.`,
    ...verdict(spearman, confidence),
    `The pairs are of ${count(targets, 'target')}; those of one target share its images and its baseline and are not independent, so that the interval may be too narrow and p too small.`,
  ];
}

function verdict({ value, interval, p, n }: SourceCorrelation, confidence: number): string[] {
  if (interval === null)
    return [`Over ${n} pairs no interval can be told, so that nothing is shown of whether the distance tells which source is better.`]; // prettier-ignore
  if (interval.low <= 0 && interval.high >= 0)
    return ['The interval of ρ holds 0: these results do not show that the distance tells which source is better.'];
  if (p! >= 1 - confidence)
    return ['The p-value of ρ is not small enough: these results do not show that the distance tells which source is better.']; // prettier-ignore
  return [
    value! < 0
      ? 'In these results nearer sources rank higher; whether that holds for another target is not shown.'
      : 'In these results sources farther away rank higher; whether that holds for another target is not shown.',
  ];
}

const told = ({ value, interval, p }: SourceCorrelation, confidence: number): string =>
  `${signed(value!)} (${interval === null ? '' : `${percent(confidence)} interval ${signed(interval.low)} to ${signed(interval.high)}, `}p = ${chance(p!)})`;

/** What was left out, and what to bear in mind. */
export function notesOf(
  analysis: Analysis,
  { unused, pooled }: { unused: number; pooled: { seeds: number; backbones: number; cuts: number } },
): string[] {
  const { withoutDistance, withoutBaseline, targets, means, distances, rankings } = analysis;
  const bare = targets.filter((target) => !means.some((each) => each.target === target && each.source === null));
  const few = rankings.find(({ target, left }) => target === null && left.length > 0);
  const folds = withoutBaseline.reduce((sum, each) => sum + each.folds.length, 0);
  return [
    bare.length > 0 && `Without a baseline there is no transferability to ${quoted(bare)}.`,
    folds > 0 &&
      `Left out of the transferability, as the baseline lacks them: ${count(folds, 'fold')}, ${some(withoutBaseline.map(({ source, target, folds: names }) => `‘${source}’ to ‘${target}’ ${names.join(' ')}`))}.`,
    distances !== null &&
      withoutDistance.length > 0 &&
      `Left out of the correlation, without a distance: ${count(withoutDistance.length, 'pair')}, ${some(withoutDistance.map(({ source, target }) => `‘${source}’ to ‘${target}’`))}.`,
    unused > 0 && `Distances without a transferability, and not used: ${unused}.`,
    pooled.backbones > 1 && `Means are over ${pooled.backbones} networks.`,
    pooled.cuts > 1 && `Means are over ${pooled.cuts} cuts.`,
    pooled.seeds > 1 && `Means are over ${pooled.seeds} seeds.`,
    few && `Over all targets only sources are ranked that each of them has; left out: ${quoted(few.left)}.`,
  ].filter((note) => typeof note === 'string');
}

const MOST_NAMED = 5;
const some = (names: readonly string[]): string =>
  [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? [`and ${names.length - MOST_NAMED} more`] : [])].join(', '); // prettier-ignore
const quoted = (names: readonly string[]): string => some(names.map((name) => `‘${name}’`));
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
const signed = (value: number): string => value.toFixed(2).replace('-', '−');
const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
const chance = (p: number): string => (p < 0.001 ? String(Number(p.toPrecision(1))) : p.toFixed(3));
