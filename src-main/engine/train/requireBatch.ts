import { inferShapes } from '../../backbone/shapes.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { nodesBehind } from '../execute/run.ts';
import type { Architecture } from '../../backbone/architecture.ts';

/**
 * Refuses batches that a network cannot be trained on: of one image, batch normalisation over features of one pixel has a
 * single value, which it makes zero. Over more pixels the statistics are those of the image: poor, and possible.
 * @throws CutpointError INPUT_INVALID
 */
export function requireBatch(
  { batch }: Pick<TrainingPlan, 'batch'>,
  { graph, frozen, input }: Pick<Architecture, 'graph' | 'frozen' | 'input'>,
): void {
  if (batch > 1) return;
  const shapes = inferShapes(graph, input);
  const single = nodesBehind(graph.nodes, frozen).find(
    ({ op, name }) =>
      op === 'batchNorm' &&
      shapes
        .get(name)!
        .slice(0, -1)
        .every((length) => length === 1),
  );
  if (!single) return;
  throw new CutpointError(
    'INPUT_INVALID',
    `A batch of one image cannot train the batch normalisation '${single.name}': its features are one pixel, of which there are no statistics.`,
    { remedy: 'Choose a batch of 2 or more, a larger input size, or a cut nearer to the input.' },
  );
}
