import type { Tensor2D } from '@tensorflow/tfjs-core';
import { cutPoints } from '../../../backbone/cuts.ts';
import type { Preprocessing } from '../../../backbone/model.ts';
import type { ProbedCut, ProbeSweep } from '../../../contract/probe.ts';
import type { Network } from '../../execute/run.ts';
import { meanAndDeviation } from '../../metrics/summary.ts';
import type { PreparedImages } from '../../train/images.ts';
import { breathe } from '../../train/predict.ts';
import { crossValidate } from './crossValidate.ts';
import { pooledFeatures, type PassOptions } from './features.ts';
import { foldsOf, type Labelled } from './folds.ts';
import { hScore } from './hScore.ts';
import { logMe } from './logMe.ts';
import { spectrumOf } from './spectrum.ts';

/** Images on which a network is probed: those at `indices`, and no others are read. */
export interface ProbeImages extends PreparedImages {
  indices: readonly number[];
  classes: readonly string[];
  preprocessing: Preprocessing;
}

export interface ProbeOptions extends Partial<PassOptions> {
  folds: number;
  /** Of the folds. */
  seed: number;
  /** Names of cuts; left out: all of the network. */
  cuts?: readonly string[];
}

/**
 * What is linearly there at each cut of a network (Alain and Bengio 2016, arXiv:1610.01644): one pass over the images, and
 * per cut a logistic regression on the pooled features, cross-validated by patient, LogME and H-score.
 * @param network in any state; a head is ignored
 * @returns one row per cut; AUROC and AUPRC over the folds
 * @throws CutpointError TOO_FEW_GROUPS before anything is computed; the signal's reason when it is aborted
 */
export async function probeSweep(network: Network, images: ProbeImages, options: ProbeOptions): Promise<ProbeSweep> {
  const { indices, classes, cache, dataset } = images;
  const { folds: count, seed, batch = 16, signal, onProgress } = options;
  const set = {
    labels: indices.map((index) => images.labels[index]!),
    groups: indices.map((index) => dataset.images[index]!.group),
    classes,
  };
  const folds = foldsOf(set, count, seed);
  const points = cutPoints(network.graph, { height: cache.size, width: cache.size }).filter(
    ({ name }) => options.cuts?.includes(name) ?? true,
  );

  const start = performance.now();
  const nodes = points.map(({ name }) => name);
  const features = await pooledFeatures(network, images, { nodes, batch, signal, onProgress });
  const passed = performance.now();
  const cuts: ProbedCut[] = [];
  try {
    for (const point of points) {
      signal?.throwIfAborted();
      const x = features.get(point.name)!;
      cuts.push({ ...point, ...crossValidated(x, set, folds), ...scores(network, x, set) });
      await breathe();
    }
  } finally {
    for (const each of features.values()) each.dispose();
  }
  return {
    cuts,
    images: indices.length,
    patients: new Set(set.groups).size,
    folds: count,
    seconds: { pass: (passed - start) / 1000, probes: (performance.now() - passed) / 1000 },
  };
}

function crossValidated(x: Tensor2D, set: Labelled, folds: readonly number[]): Pick<ProbedCut, 'auroc' | 'auprc'> {
  const metrics = crossValidate(x, set, folds);
  return {
    auroc: meanAndDeviation(metrics.map(({ auroc }) => auroc))!,
    auprc: meanAndDeviation(metrics.map(({ auprc }) => auprc))!,
  };
}

function scores({ ops }: Network, x: Tensor2D, set: Labelled): Pick<ProbedCut, 'logMe' | 'hScore'> {
  const spectrum = spectrumOf(ops, x, set);
  return { logMe: logMe(spectrum), hScore: hScore(spectrum) };
}
