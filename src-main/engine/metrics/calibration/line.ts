import { logisticFit } from './logisticFit.ts';
import { undefinedBecause, type Statistic } from './statistic.ts';
import { isSeparated, type Target } from './target.ts';

/** Images of the class and of the rest, each: of fewer no line is told. */
const FEWEST = 5;

/** Why images cannot say how a class is calibrated; null where they can. @param name of the class */
export function tooFew(name: string, { positive }: Pick<Target, 'positive'>): string | null {
  const yes = positive.reduce((sum, each) => sum + each, 0);
  const least = Math.min(yes, positive.length - yes);
  if (yes === 0) return `No image is of the class '${name}'.`;
  if (least === 0) return `All images are of the class '${name}'.`;
  return least < FEWEST ? `Fewer than ${FEWEST} images are of the class '${name}', or of the rest.` : null;
}

/** The slope of the truth's log odds on those predicted (Cox 1958); 1 is right. @param few from {@link tooFew} */
export function slopeOf(target: Target, few: string | null): Statistic {
  const { positive: targets, logOdds } = target;
  if (few !== null) return undefinedBecause(few);
  if (logOdds.every((each) => each === logOdds[0])) return undefinedBecause('All images have the same probability.');
  if (isSeparated(target))
    return undefinedBecause(
      'A threshold tells the two apart without a mistake: the steeper a slope, the better it fits.',
    );
  const design = Float64Array.from({ length: 2 * targets.length }, (_, at) =>
    at % 2 === 0 ? 1 : logOdds[(at - 1) / 2]!,
  );
  const found = logisticFit({ design, columns: 2, targets });
  if (found === null) return undefinedBecause('No slope could be fitted.');
  return {
    ...{ value: found[1]!, why: null },
    again: (weights) =>
      isSeparated(target, weights)
        ? NaN
        : (logisticFit({ design, columns: 2, targets, weights, start: found })?.[1] ?? NaN),
  };
}

/** Calibration-in-the-large: the intercept at a slope of 1; 0 is right. @param few from {@link tooFew} */
export function interceptOf({ positive: targets, logOdds: offset }: Target, few: string | null): Statistic {
  if (few !== null) return undefinedBecause(few);
  const design = new Float64Array(targets.length).fill(1);
  const found = logisticFit({ design, columns: 1, targets, offset });
  if (found === null) return undefinedBecause('No intercept could be fitted.');
  return {
    ...{ value: found[0]!, why: null },
    again: (weights) => logisticFit({ design, columns: 1, targets, offset, weights, start: found })?.[0] ?? NaN,
  };
}
