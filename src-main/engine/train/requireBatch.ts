import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/run.ts';
import { hasStatistics } from '../execute/statistics.ts';
import type { Architecture } from './model.ts';

/**
 * Refuses batches that a network cannot be trained on: of one image, batch normalisation has no statistics over images
 * (and none at all where features are one pixel), so that what is validated is another network than what is trained.
 * @throws CutpointError INPUT_INVALID
 */
export function requireBatch(
  { batch }: Pick<TrainingPlan, 'batch'>,
  { graph, frozen }: Pick<Architecture, 'graph' | 'frozen'>,
): void {
  if (batch > 1 || !hasStatistics(graph, frozen ?? undefined)) return;
  throw new CutpointError(
    'INPUT_INVALID',
    'Batches of one image cannot train batch normalisation, whose statistics are over the images of a batch.',
    { remedy: 'Choose a batch of 2 or more, or a network without batch normalisation, such as vgg16 or alexnet.' },
  );
}
