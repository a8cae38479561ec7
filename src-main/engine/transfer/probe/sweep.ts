import type { Tensor2D } from '@tensorflow/tfjs-core';
import { cutPoints } from '../../../backbone/cuts.ts';
import type { Preprocessing } from '../../../backbone/model.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { groupingOf, wordsFor, type Grouping } from '../../../contract/groups.ts';
import type { ProbedCut, ProbeSweep } from '../../../contract/probe.ts';
import { foldsByGroup } from '../../data/folds.ts';
import type { DatasetImage } from '../../data/types.ts';
import type { Network } from '../../execute/run.ts';
import { meanAndDeviation } from '../../metrics/summary.ts';
import type { PreparedImages } from '../../cohort/prepared.ts';
import { breathe } from '../../breathe.ts';
import { predictCached } from '../../network/predict.ts';
import { measureEstimates, type SourceClasses } from '../estimates/index.ts';
import { crossValidate, type Labelled } from './crossValidate.ts';
import { pooledFeatures } from './features.ts';
import { hScore } from './hScore.ts';
import { logMe } from './logMe.ts';
import { spectrumOf } from './spectrum.ts';

/** Images on which a network is probed: those at `indices`, and no others are read. */
export interface ProbeImages extends PreparedImages {
  indices: readonly number[];
  classes: readonly string[];
  preprocessing: Preprocessing;
}

export interface ProbeOptions {
  folds: number;
  /** Of the folds. */
  seed: number;
  batch?: number;
  /** Measures the estimates that cost more than the probe; `head`: the network's classifier gives class probabilities. */
  estimates?: { head: boolean } | undefined;
  /** Names of cuts; left out: all of the network. */
  cuts?: readonly string[];
  signal?: AbortSignal | undefined;
  onProgress?: (event: { doing: 'pass' | 'probing'; done: number; total: number }) => void;
}

/**
 * What is linearly there at each cut of a network (Alain and Bengio 2016, arXiv:1610.01644): one pass over the images, and
 * per cut a logistic regression on the pooled features, cross-validated by patient, LogME and H-score, and on request further
 * estimates.
 * @param network in any state; a head is read for LEEP alone
 * @returns one row per cut; AUROC and AUPRC over the folds
 * @throws CutpointError ONE_CLASS, TOO_FEW_GROUPS before anything is computed; the signal's reason when it is aborted
 */
export async function probeSweep(network: Network, images: ProbeImages, options: ProbeOptions): Promise<ProbeSweep> {
  const { indices, cache, dataset } = images;
  const { folds: k, seed, batch = 16, signal, onProgress } = options;
  const probed = indices.map((index) => dataset.images[index]!);
  const set = labelledOf(images);
  const folds = probeFolds(probed, { k, seed, grouping: groupingOf(dataset.report) });
  const all = cutPoints(network.graph, { height: cache.size, width: cache.size });
  const points = all.filter(({ name }) => options.cuts?.includes(name) ?? true);

  const start = performance.now();
  const features = await pooledFeatures(network, images, {
    nodes: points.map(({ name }) => name),
    batch,
    signal,
    onProgress: (done) => onProgress?.({ doing: 'pass', done, total: indices.length }),
  });
  const passed = performance.now();
  const cuts: ProbedCut[] = [];
  let estimating = 0;
  try {
    const source = options.estimates?.head ? await sourceClasses(network, images, batch) : null;
    for (const point of points) {
      signal?.throwIfAborted();
      const x = features.get(point.name)!;
      cuts.push({ ...point, ...crossValidated(x, set, folds), ...scores(network, x, set) });
      if (options.estimates) {
        const began = performance.now();
        const own = point === all.at(-1) ? source : null;
        cuts.at(-1)!.estimates = await measureEstimates(network.ops, x, set, { source: own, seed, signal });
        estimating += performance.now() - began;
      }
      onProgress?.({ doing: 'probing', done: cuts.length, total: points.length });
      await breathe();
    }
  } finally {
    for (const each of features.values()) each.dispose();
  }
  return {
    cuts,
    images: indices.length,
    patients: new Set(probed.map(({ group }) => group)).size,
    folds: k,
    seconds: {
      pass: (passed - start) / 1000,
      probes: (performance.now() - passed) / 1000,
      ...(options.estimates && { estimates: estimating / 1000 }),
    },
  };
}

/** Classes of the images that are probed, or labels. */
function labelledOf({ indices, labels, rows, classes }: ProbeImages): Labelled {
  const k = classes.length;
  return {
    labels: indices.map((index) => labels[index]!),
    classes,
    ...(rows && { rows: Int8Array.from(indices.flatMap((index) => [...rows.subarray(index * k, (index + 1) * k)])) }),
  };
}

/**
 * The fold of each image, by patient.
 * @throws CutpointError ONE_CLASS, TOO_FEW_GROUPS with the numbers of folds that would work in `details.valid`
 */
export function probeFolds(
  images: readonly DatasetImage[],
  options: { k: number; seed: number; grouping?: Grouping },
): number[] {
  const [first, ...others] = new Set(images.map(({ label }) => label));
  if (first !== undefined && others.length === 0) {
    throw new CutpointError('ONE_CLASS', `A probe tells classes apart, and all images are of the class '${first}'.`, {
      remedy: 'Choose images of two or more classes.',
    });
  }
  try {
    return foldsByGroup(images, { ...options, least: 1 });
  } catch (thrown) {
    throw thrown instanceof CutpointError ? withRemedy(thrown, options.grouping) : thrown;
  }
}

function withRemedy({ code, message, details, cause }: CutpointError, grouping: Grouping | undefined): CutpointError {
  const valid = (details?.valid ?? []) as number[];
  const remedy =
    valid.length > 0
      ? `What works with these images: ${valid.join(', ')} folds.`
      : `Add ${wordsFor(grouping).many}, merge small classes, or leave the class out.`;
  return new CutpointError(code, message, { remedy, details, cause });
}

function crossValidated(x: Tensor2D, set: Labelled, folds: readonly number[]): Pick<ProbedCut, 'auroc' | 'auprc'> {
  const metrics = crossValidate(x, set, folds);
  return {
    auroc: meanAndDeviation(metrics.map(({ auroc }) => auroc))!,
    auprc: meanAndDeviation(metrics.map(({ auprc }) => auprc))!,
  };
}

function scores({ ops }: Network, x: Tensor2D, set: Labelled): Pick<ProbedCut, 'logMe' | 'hScore'> {
  // Both are of a partition of the images.
  if (set.rows) return { logMe: null, hScore: null };
  const spectrum = spectrumOf(ops, x, set);
  return { logMe: logMe(spectrum), hScore: hScore(spectrum) };
}

async function sourceClasses(network: Network, images: ProbeImages, batch: number): Promise<SourceClasses> {
  const probabilities = await predictCached(network, images, { batch });
  return { probabilities, width: probabilities.length / images.indices.length };
}
