import { inferShapes } from '../../backbone/shapes.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { nodesBehind } from '../execute/run.ts';
import type { Architecture } from '../../backbone/architecture.ts';

type Trained = Pick<Architecture, 'graph' | 'frozen' | 'input'>;

/** A batch normalisation that one image cannot train: over features of one pixel it has a single value, which it makes zero. */
function singleValued({ graph, frozen, input }: Trained): string | undefined {
  const shapes = inferShapes(graph, input);
  return nodesBehind(graph.nodes, frozen).find(
    ({ op, name }) =>
      op === 'batchNorm' &&
      shapes
        .get(name)!
        .slice(0, -1)
        .every((length) => length === 1),
  )?.name;
}

/** The smallest batch that a network can be trained on. */
export const leastBatch = (architecture: Trained): number => (singleValued(architecture) === undefined ? 1 : 2);

/**
 * Refuses batches that a network cannot be trained on. Over more pixels the statistics of one image are poor, and possible.
 * @throws CutpointError INPUT_INVALID
 */
export function requireBatch({ batch }: Pick<TrainingPlan, 'batch'>, architecture: Trained): void {
  if (batch > 1) return;
  const single = singleValued(architecture);
  if (single === undefined) return;
  throw new CutpointError(
    'INPUT_INVALID',
    `A batch of one image cannot train the batch normalisation '${single}': its features are one pixel, of which there are no statistics.`,
    { remedy: 'Choose a batch of 2 or more, a larger input size, or a cut nearer to the input.' },
  );
}
