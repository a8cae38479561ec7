import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { AskedEstimates } from '../../../contract/transferEstimates.ts';
import { matrix } from '../../linear/matrix.ts';
import type { Ops } from '../../tensor/ops.ts';
import { leep } from './leep.ts';
import { EXPLAINED, nLeep } from './nLeep.ts';
import { parc } from './parc.ts';
import { principalComponents } from './principal.ts';

/** What the classifier of the source says of each image, [n × width]. */
export interface SourceClasses {
  probabilities: Float32Array;
  width: number;
}

/**
 * The estimates that are measured when they are asked for, of features at one cut.
 * @param x features [n, width]; stays the caller's
 * @param source of the network's own classifier; null where it has none, or at a cut before its end
 * @param seed of the images that PARC draws, and of where the mixture of N-LEEP starts
 * @throws the signal's reason when it is aborted
 */
export async function measureEstimates(
  ops: Ops,
  x: Tensor2D,
  { labels, classes }: { labels: readonly number[]; classes: readonly string[] },
  { source, seed, signal }: { source: SourceClasses | null; seed: number; signal?: AbortSignal | undefined },
): Promise<AskedEstimates> {
  const [n, width] = x.shape;
  const features = matrix(n, width, Float64Array.from(x.dataSync<'float32'>()));
  return {
    nLeep: await nLeep(principalComponents(ops, x, EXPLAINED), labels, { seed, signal }),
    parc: parc(features, labels, { seed }),
    leep: source && leep(source.probabilities, labels, { width: source.width, classes: classes.length }),
  };
}
