import { LABEL_FROM } from '../../contract/decision.ts';
import { CutpointError } from '../../contract/errors.ts';
import { isMultiLabel } from '../../contract/task/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import { against, isSeveral, labelView } from '../metrics/labels.ts';
import type { Predictions } from '../metrics/bootstrap.ts';
import type { Reader } from '../store/store.ts';
import { keptPoints } from './operatingPoint.ts';

/**
 * The label that is asked about, where the images of a run may have several; null where they have one class.
 * @throws CutpointError INPUT_INVALID where several labels go without a name, or one class with one
 */
export function requireLabel(
  { classes, plan }: Pick<RunSummary, 'classes' | 'plan'>,
  asked: string | undefined,
): string | null {
  const refuse = (message: string, remedy: string): CutpointError =>
    new CutpointError('INPUT_INVALID', message, { remedy, details: { valid: [...classes] } });
  if (!isMultiLabel(plan)) {
    if (asked === undefined) return null;
    throw refuse('The images of this run have one class each, and no label is chosen.', 'Leave the label out.');
  }
  if (asked !== undefined && classes.includes(asked)) return asked;
  throw refuse(
    asked === undefined
      ? 'The images of this run may have several labels, and the one that is asked about has to be named.'
      : `There is no label ‘${asked}’.`,
    `The labels are: ${classes.join(', ')}.`,
  );
}

/** One label as a task of two classes, on the images of which it is known whether they have it. */
export interface OneLabel {
  /** Indices of the images in what was predicted, ascending; what follows is in their order. */
  images: Uint32Array;
  predictions: Predictions;
  /** Without it, and with it: the second is the positive one. */
  classes: [string, string];
}

/**
 * @param classes labels of the run
 * @param name one of them
 * @throws CutpointError INPUT_INVALID where it is known of no image; RangeError (a defect) for one class an image
 */
export function oneLabel(predictions: Predictions, classes: readonly string[], name: string): OneLabel {
  if (!isSeveral(predictions)) throw new RangeError('a label of one class an image');
  const label = classes.indexOf(name);
  const { images } = against(predictions, label);
  if (images.length === 0)
    throw new CutpointError('INPUT_INVALID', `Of no image here it is known whether it has ‘${name}’.`, {
      remedy: 'Choose another label, or other images.',
    });
  return { images, predictions: labelView(predictions, label), classes: [`without ${name}`, name] };
}

/** From which probability on a label is called: the threshold that is kept for it, or one half. */
export function labelThreshold(store: Reader, run: Pick<RunSummary, 'id' | 'testOpened'>, name: string) {
  const kept = keptPoints(store, run).find(({ positive }) => positive === name);
  return { threshold: kept?.threshold ?? LABEL_FROM, kept: kept !== undefined };
}
