import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Architecture } from '../../backbone/architecture.ts';
import { HEAD_DENSE } from '../../backbone/head.ts';
import type { ParameterRole } from '../../backbone/graph.ts';
import { parameterKey } from '../../backbone/parameters.ts';
import type { ImageCache } from '../data/types.ts';
import type { Network } from '../execute/run.ts';
import { preprocess, readBatch } from '../network/batch.ts';
import { generator } from '../random.ts';
import type { Engine } from '../tensor/engine.ts';
import { pooledFeatures } from '../transfer/probe/features.ts';
import { balancedDraws, balancedWeights, drawSubset } from './draw.ts';
import { filtersOf } from './filters.ts';
import { fisherOf, type FisherBatch } from './fisher.ts';
import { BIAS, fitHead, HEAD, HEAD_STEPS, initialHead, KERNEL } from './head.ts';

/** What is embedded: images of the cache with the class of each. */
export interface Task {
  cache: ImageCache;
  /** Of the images that are taken. */
  indices: readonly number[];
  /** Of each of them. */
  labels: readonly number[];
  classes: number;
}

export interface EmbedSettings {
  /** `batch`: squares of mean gradients of `batch` images, as the authors' code has it. */
  mode: 'perImage' | 'batch';
  batch: number;
  /** Labels drawn for each image. */
  draws: number;
  /** How many subsets are embedded, each of `size` images; null: all images at once. */
  subsets: { count: number; size: number } | null;
  seed: number;
}

export interface EmbedProgress {
  doing: 'pass' | 'head' | 'fisher';
  done: number;
  total: number;
}

/** Images that go through the frozen network at once. */
const PASS = 16;

/**
 * Task2Vec (Achille et al. 2019): the features of the frozen network once, and for the whole set or for each subset a head
 * on them and the Fisher information of the network's filters under it. Classes count alike, as in the authors' code.
 * @param network on `engine`, with a head for the classes, whose weights are replaced
 * @returns an embedding for each subset, in the order of {@link filtersOf}; and the share of images that the heads classify
 *   as they are labelled, averaged over subsets
 * @throws the signal's reason when it is aborted
 */
export async function embedTask(
  { engine, network }: { engine: Engine; network: Network },
  architecture: Pick<Architecture, 'input' | 'preprocessing'>,
  task: Task,
  settings: EmbedSettings,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: EmbedProgress) => void },
): Promise<{ embeddings: Float32Array[]; fitted: number }> {
  const { subsets, seed } = settings;
  const total = task.indices.length;
  const last = network.graph.nodes.findLast(({ block }) => block !== undefined)!.name;
  const pooled = await pooledFeatures(
    network,
    { ...task, preprocessing: architecture.preprocessing },
    { nodes: [last], batch: PASS, signal, onProgress: (done) => onProgress?.({ doing: 'pass', done, total }) },
  );
  const features = pooled.get(last)!;
  const parts = subsets
    ? Array.from({ length: subsets.count }, (_, at) =>
        drawSubset(task.labels, subsets.size, generator(seed, 'task2vec subset', at)),
      )
    : [[...task.indices.keys()]];
  const filters = filtersOf(network.graph, architecture.input);
  const embeddings: Float32Array[] = [];
  let fitted = 0;
  let passed = 0;
  try {
    for (const [at, rows] of parts.entries()) {
      onProgress?.({ doing: 'head', done: at, total: parts.length });
      const labels = rows.map((row) => task.labels[row]!);
      const random = generator(seed, 'task2vec', at);
      fitted += (await putHead({ engine, network }, features, { rows, labels, classes: task.classes }, { random, signal })) / parts.length; // prettier-ignore
      const batches = batchesOf(task, { rows, labels }, settings, random);
      const images = parts.length * batches.images;
      const embedding = await fisherOf(network, tensors(batches.list, task.cache, architecture), {
        ...{ filters, random, draws: settings.draws, signal },
        onBatch: (done) =>
          onProgress?.({
            doing: 'fisher',
            done: passed + Math.min(done * batches.size, batches.images),
            total: images,
          }),
      });
      passed += batches.images;
      embeddings.push(embedding);
    }
    return { embeddings, fitted };
  } finally {
    features.dispose();
  }
}

/** Fits the head of the network on some of the images; the share of them that it classifies as labelled. */
async function putHead(
  { engine, network }: { engine: Engine; network: Network },
  features: Tensor2D,
  { rows, labels, classes }: { rows: readonly number[]; labels: readonly number[]; classes: number },
  { random, signal }: { random: () => number; signal?: AbortSignal | undefined },
): Promise<number> {
  const x = tf.gather(features, [...rows]);
  try {
    const start = initialHead({ features: x.shape[1], classes }, random);
    const draw = balancedDraws(labels, random);
    const batches = Array.from({ length: HEAD_STEPS }, () => Array.from({ length: HEAD.batch }, draw));
    const head = await fitHead(engine, { x, labels }, { start, batches, signal });
    try {
      const put = (role: ParameterRole, value: Tensor): void =>
        network.variables.assign(parameterKey(HEAD_DENSE, role), tf.clone(value));
      put('kernel', head.get(KERNEL));
      put('bias', head.get(BIAS));
      const found = tf.tidy(() =>
        tf.argMax(tf.add(tf.matMul(x, head.get(KERNEL) as Tensor2D), head.get(BIAS)), 1).dataSync(),
      );
      return labels.filter((label, row) => found[row] === label).length / labels.length;
    } finally {
      head.dispose();
    }
  } finally {
    x.dispose();
  }
}

/** Which images go through together, and what each batch counts. */
function batchesOf(
  { indices }: Pick<Task, 'indices'>,
  { rows, labels }: { rows: readonly number[]; labels: readonly number[] },
  { mode, batch }: Pick<EmbedSettings, 'mode' | 'batch'>,
  random: () => number,
): { list: { indices: number[]; weight: number }[]; size: number; images: number } {
  if (mode === 'perImage') {
    const weights = balancedWeights(labels);
    const list = rows.map((row, at) => ({ indices: [indices[row]!], weight: weights[at]! }));
    return { list, size: 1, images: rows.length };
  }
  // As many images as there are, drawn so that classes count alike; an incomplete batch is left out unless it is the only one.
  const draw = balancedDraws(labels, random);
  const count = Math.max(1, Math.floor(rows.length / batch));
  const size = Math.min(batch, rows.length);
  const list = Array.from({ length: count }, () => ({
    indices: Array.from({ length: size }, () => indices[rows[draw()]!]!),
    weight: 1 / count,
  }));
  return { list, size, images: count * size };
}

/** The batches as tensors, each alive until the next is asked for. */
function* tensors(
  list: readonly { indices: number[]; weight: number }[],
  cache: ImageCache,
  { preprocessing }: Pick<Architecture, 'preprocessing'>,
): Generator<FisherBatch> {
  for (const { indices, weight } of list) {
    const x = preprocess(readBatch(cache, indices), preprocessing);
    try {
      yield { x, weight };
    } finally {
      x.dispose();
    }
  }
}
