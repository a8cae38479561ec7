import { CutpointError } from '../../contract/errors.ts';
import type { MeasuredPart } from '../../contract/evaluation.ts';
import { groupingOf, type Grouping } from '../../contract/groups.ts';
import type { RunSummary } from '../../contract/run.ts';
import { measuredImages } from '../cohort/parts.ts';
import { predictedBy } from '../cohort/predicted.ts';
import { isMultiLabel } from '../../contract/task/index.ts';
import { against as againstRest } from '../metrics/labels.ts';
import type { Predictions } from '../metrics/bootstrap.ts';
import type { OneAgainstRest } from '../metrics/operating.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireMeasured } from './measured.ts';

/** What a run predicted on a part, as metrics take it, with what every answer says of it. */
export interface PredictedPart {
  predictions: Predictions;
  about: { on: 'validation' | 'test' | 'data'; images: number; groups: number; grouping: Grouping };
}

/** @throws CutpointError RUN_STATE where nothing was predicted */
export async function predictedPart(workspace: Workspace, run: RunSummary, part: MeasuredPart): Promise<PredictedPart> {
  const measured = await measuredImages(workspace, run, part);
  requireMeasured(run, part, measured);
  const predictions = predictedBy(measured, run.classes);
  return {
    predictions,
    about: {
      on: typeof part === 'string' ? part : 'data',
      images: measured.rows.length,
      groups: new Set(predictions.groups).size,
      grouping: groupingOf(measured.dataset.report),
    },
  };
}

/**
 * The class that is told from the rest: of two always the positive one, since sensitivity and specificity would change
 * places otherwise; of several the one that is named, as of labels, each of which is told from not having it.
 * @throws CutpointError INPUT_INVALID
 */
export function requireClass(
  { classes, plan }: Pick<RunSummary, 'classes' | 'plan'>,
  asked: string | undefined,
): string {
  const details = { valid: [...classes] };
  if (classes.length === 2 && !isMultiLabel(plan)) {
    if (asked === undefined || asked === classes[1]) return classes[1]!;
    throw new CutpointError('INPUT_INVALID', `The threshold of two classes is one of the positive class, '${classes[1]}'.`, {
      remedy: 'Which class is the positive one is said when training begins.',
      details,
    }); // prettier-ignore
  }
  if (asked !== undefined && classes.includes(asked)) return asked;
  throw new CutpointError(
    'INPUT_INVALID',
    asked === undefined
      ? `Of ${classes.length} classes, the one that is told from the others has to be named.`
      : `There is no class '${asked}'.`,
    { remedy: `The classes are: ${classes.join(', ')}.`, details },
  );
}

/** @param name one of the classes, or labels */
export function against(predictions: Predictions, classes: readonly string[], name: string): OneAgainstRest {
  const { images, positive, scores } = againstRest(predictions, classes.indexOf(name));
  return { positive, scores, groups: Array.from(images, (image) => predictions.groups[image]!) };
}
