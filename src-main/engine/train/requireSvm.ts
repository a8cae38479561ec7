import { sizeOf } from '../../backbone/parameters.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { SplitImage } from '../data/split.ts';
import { requireOneClass } from '../cohort/oneClass.ts';
import { trainingIndices } from '../cohort/split.ts';
import type { SplitName } from '../data/types.ts';
import { calibrationFolds } from '../transfer/svm/folds.ts';
import { featureNode } from '../transfer/svm/head.ts';
import { architectureOf } from '../../backbone/architecture.ts';

/** Of all features of the training images together, which are in memory while the SVM is fitted. */
const MOST_BYTES = 2 * 2 ** 30;

/**
 * Finds out before training whether a plan that ends in an SVM can end in one.
 * @param split of each image
 * @throws CutpointError TOO_FEW_GROUPS, INPUT_INVALID where the features would not fit into memory
 */
export function requireSvm(
  plan: TrainingPlan,
  { images, classes }: { images: readonly SplitImage[]; classes: readonly string[] },
  split: readonly SplitName[],
): void {
  if (plan.classifier !== 'svm') return;
  requireOneClass(plan, 'svm');
  const train = trainingIndices(images, split, plan).map((index) => images[index]!);
  calibrationFolds(train, plan.seed);
  const { graph, input } = architectureOf(plan, classes);
  const features = sizeOf(inferShapes(graph, input).get(featureNode(graph))!);
  if (train.length * features * Float32Array.BYTES_PER_ELEMENT <= MOST_BYTES) return;
  throw new CutpointError(
    'INPUT_INVALID',
    `An SVM on ${features} features of each of ${train.length} training images does not fit into memory.`,
    {
      remedy: 'Choose average pooling, a deeper cut, smaller images, or the classifier softmax.',
      details: { features, images: train.length },
    },
  );
}
