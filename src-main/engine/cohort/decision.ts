import type { Scaling } from '../../contract/calibration.ts';
import type { Decision } from '../../contract/decision.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { OperatingPoint } from '../../contract/runChoices.ts';
import { scaledThreshold } from '../metrics/calibration/scaling.ts';

/**
 * A threshold that was chosen on what a network gives, on the probabilities that it gives after scaling. Scaling keeps the
 * order of two classes, so that the same images are called; with more classes a scaled probability does not follow from one
 * probability alone.
 * @throws CutpointError RUN_STATE for more than two classes that are scaled
 */
export function decisionAfter(
  { positive, threshold }: OperatingPoint,
  classes: readonly string[],
  scaling: Scaling | null,
): Decision {
  if (scaling === null || threshold <= 0 || threshold >= 1) return { positive, threshold };
  if (classes.length > 2) {
    throw new CutpointError(
      'RUN_STATE',
      `A threshold for one of ${classes.length} classes cannot be carried over to calibrated probabilities: they depend on all of them.`,
      { remedy: 'Take back the threshold or the calibration that is kept with the run.' },
    );
  }
  const isSecond = positive === classes[1];
  return {
    positive,
    threshold: isSecond ? scaledThreshold(threshold, scaling) : 1 - scaledThreshold(1 - threshold, scaling),
  };
}
