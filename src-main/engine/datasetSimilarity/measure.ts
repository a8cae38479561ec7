import * as tf from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import type { DataMeasures } from '../../contract/distance.ts';
import type { Dataset, ImageCache } from '../data/types.ts';
import type { Network } from '../execute/run.ts';
import { meanAndDeviation, quantile } from '../metrics/summary.ts';
import { generator } from '../random.ts';
import { pooledFeatures } from '../transfer/probe/features.ts';
import { clusterVectors } from './clusters.ts';
import { greyEntropy } from './greyEntropy.ts';

/** What a scan says of a data set without decoding it anew. */
export function scanMeasures({
  images,
  classes,
  levels,
}: Dataset): Pick<DataMeasures, 'images' | 'classes' | 'colour' | 'width' | 'height'> {
  const grey = levels?.filter((image) => image.grey).length ?? 0;
  const median = (values: number[]): number => quantile(values.sort((a, b) => a - b), 0.5); // prettier-ignore
  return {
    images: images.length,
    classes: classes.length,
    colour: 1 - grey / images.length,
    width: median(images.map(({ width }) => width)),
    height: median(images.map(({ height }) => height)),
  };
}

/** Entropy of the grey values of decoded images; mean and standard deviation, in bits. */
export function entropyOf(cache: ImageCache, indices: readonly number[]): DataMeasures['entropy'] {
  const rgb = new Uint8Array(cache.size ** 2 * 3);
  const found = indices.map((index) => {
    cache.read(index, rgb, 0);
    return greyEntropy(rgb);
  });
  const { mean, deviation } = meanAndDeviation(found)!;
  return { mean, deviation: deviation ?? 0 };
}

/**
 * How diverse images are to a network: of the features at its end, averaged over each image and brought to length 1, the
 * mean cosine distance of two images, and clusters of them.
 * @param images at least 3
 * @throws the signal's reason when it is aborted
 */
export async function diversityOf(
  network: Network,
  images: { cache: ImageCache; indices: readonly number[]; preprocessing: Preprocessing },
  { seed, ...pass }: { seed: number; signal?: AbortSignal; onProgress?: (done: number) => void },
): Promise<DataMeasures['diversity']> {
  const last = network.graph.nodes.findLast(({ block }) => block !== undefined)!.name;
  const pooled = await pooledFeatures(network, images, { nodes: [last], batch: 16, ...pass });
  const features = pooled.get(last)!;
  const products = tf.tidy(() => {
    const unit = tf.div(features, tf.maximum(tf.norm(features, 2, 1, true), 1e-12)) as typeof features;
    return tf.matMul(unit, unit, false, true).dataSync() as Float32Array;
  });
  features.dispose();
  const n = images.indices.length;
  const total = products.reduce((sum, value) => sum + value, 0);
  const { k, silhouette, effective, within } = clusterVectors(products, n, generator(seed, 'clusters of images'));
  return { pairwise: 1 - (total - n) / (n * (n - 1)), clusters: k, silhouette, effective, within };
}
