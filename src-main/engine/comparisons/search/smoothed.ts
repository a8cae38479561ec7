import type { CutPoint } from '../../../contract/backbone.ts';
import type { ScoredTrial } from './trials.ts';

/** How much the run next to one counts for it. */
const WEIGHT = 0.3;
/** Cuts that are farther away do not count as next to it. */
const NEAR = 2;

/**
 * Trials whose figure is a weighted mean with those of the nearest cuts tried on both sides. What fine-tuning reaches
 * changes little from one cut to the next, less than from one run to the next, so neighbours tell of each other.
 */
export function smoothed(trials: readonly ScoredTrial[], points: readonly CutPoint[]): ScoredTrial[] {
  const depth = new Map(points.map(({ name }, index) => [name, index]));
  const at = (trial: ScoredTrial): number => depth.get(trial.cut)!;
  const inOrder = trials.toSorted((a, b) => at(a) - at(b));
  return inOrder.map((trial, index) => {
    const next = [inOrder[index - 1], inOrder[index + 1]].flatMap((other) =>
      other && Math.abs(at(other) - at(trial)) <= NEAR ? [other.validationAuprc.mean] : [],
    );
    const sum = next.reduce((total, mean) => total + WEIGHT * mean, trial.validationAuprc.mean);
    return { ...trial, validationAuprc: { ...trial.validationAuprc, mean: sum / (1 + WEIGHT * next.length) } };
  });
}
