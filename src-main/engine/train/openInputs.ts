import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Graph } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { openActivations, type Activations } from '../data/activations.ts';
import { imagesKey } from '../data/cache.ts';
import { cacheBudget } from '../data/cacheFolder.ts';
import { positionOf, type Network } from '../execute/run.ts';
import { frozenInputs, precisionOf, type Seen } from './frozen.ts';
import type { PreparedImages } from '../cohort/prepared.ts';
import { pictureInputs, type Inputs } from '../network/inputs.ts';
import type { Architecture } from '../../backbone/architecture.ts';

export interface InputOptions {
  images: PreparedImages;
  plan: TrainingPlan;
  /** Of the network; those of its frozen part decide which stored activations are its own. */
  weights: Weights;
  /** Which rounds in its own way. */
  engine: string;
  /** The workspace's folder of caches. */
  directory: string;
  /** Most that it may hold, bytes; left out: as `cacheBudget` says. */
  budget?: number;
  say(message: string): void;
}

/** Changes whenever the same network may give other activations, so that those stored before are not used. */
const ACTIVATIONS_VERSION = 3;

const FULL = { budget: 'The cache is as large as it may become', disk: 'The disk is full' };

/**
 * What a run's network reads: the images, or where its bottom is frozen, what that makes of them, computed once and kept
 * in the cache folder. Runs with the same images, frozen layers and preprocessing share it; augmented variants, those that
 * have the augmentation and the seed in common too.
 */
export function openInputs(
  network: Network,
  architecture: Omit<Architecture, 'classifier' | 'fresh'>,
  options: InputOptions,
): Inputs {
  const { graph, frozen, input, preprocessing } = architecture;
  const { images, plan, directory, say } = options;
  const { augmentation, seed } = plan;
  const pictures = { cache: images.cache, preprocessing };
  if (frozen === null) return pictureInputs(pictures, { ops: network.ops, augmentation, seed });

  const shape = inferShapes(graph, input).get(frozen)!;
  const bottom = bottomKey(architecture, frozen, options);
  const budget = options.budget ?? cacheBudget(directory);
  let told = false;
  const onFull = (reason: 'budget' | 'disk'): void => {
    if (!told) say(`${FULL[reason]}: the output of the frozen layers for further images is computed again each time`);
    told = true;
  };
  const stored = (seen: Seen): Activations | null => {
    const key = sha256([bottom, ...(typeof seen === 'string' ? [seen] : [augmentation, seed, seen])]);
    const path = join(directory, `${key}.activations`);
    return openActivations(path, { shape, precision: precisionOf(seen), budget, onFull });
  };
  return frozenInputs(network, {
    from: frozen,
    shape,
    pictures,
    augmentation,
    seed,
    variants: plan.frozenVariants,
    stored,
  });
}

/** Identifies images and all that is done to them up to the frozen boundary. */
function bottomKey(
  { graph, input, preprocessing }: Pick<Architecture, 'graph' | 'input' | 'preprocessing'>,
  frozen: string,
  { images, plan, weights, engine }: InputOptions,
): string {
  const nodes = graph.nodes.slice(0, positionOf(graph.nodes, frozen) + 1);
  const bottom: Graph = { ...graph, nodes };
  const digest = createHash('sha256');
  for (const { key } of graphParameters(bottom, input)) {
    const { data } = weights.get(key)!;
    digest.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const pictures = imagesKey({
    images: images.dataset.images,
    size: plan.input,
    fit: plan.fit,
    scale: appliedTo(plan.data),
  });
  return sha256([ACTIVATIONS_VERSION, engine, pictures, preprocessing, nodes, digest.digest('hex')]);
}

const sha256 = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
