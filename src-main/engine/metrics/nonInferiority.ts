import type { TournamentRow } from '../../contract/comparison/tournament.ts';
import type { Interval } from '../../contract/comparison/shared.ts';

/**
 * What an interval of (model − reference) says against a margin that was chosen beforehand (Piaggio et al. 2012, CONSORT
 * for non-inferiority trials, figure 1). With a two-sided 95 % interval the one-sided level is 2.5 %.
 */
export function compareWithMargin({ low, high }: Interval, margin: number): TournamentRow['verdict'] {
  if (low > 0) return 'superior';
  if (low > -margin) return 'not-inferior';
  return high < -margin ? 'inferior' : 'inconclusive';
}

/**
 * One-sided p-value of the hypothesis that the loss is the margin or more: the share of resampled differences that lie at
 * it or below, the data themselves counted as one (Davison and Hinkley 1997, section 4.2).
 */
export function nonInferiorityP(resamples: Float64Array, margin: number): number {
  const defined = resamples.filter((each) => !Number.isNaN(each));
  return (1 + defined.filter((each) => each <= -margin).length) / (1 + defined.length);
}

/**
 * P-values adjusted by Holm's step-down procedure (1979) for all of them: what is at most a level there is rejected at it, so
 * that the chance of any false rejection is at most that level.
 */
export function holmAdjusted(ps: readonly number[]): number[] {
  const adjusted = new Array<number>(ps.length);
  const order = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]!);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, (ps.length - rank) * ps[index]!);
    adjusted[index] = Math.min(1, largest);
  });
  return adjusted;
}

/** Which hypotheses Holm's procedure rejects at a level. */
export function holm(ps: readonly number[], level: number): boolean[] {
  return holmAdjusted(ps).map((p) => p <= level);
}
