import { convergence } from '../../contract/convergence.ts';
import type { EpochRecord } from '../../contract/run.ts';
import type { TournamentResult } from '../../contract/comparison/tournament.ts';
import type { CellRecord, Interval } from '../../contract/comparison/shared.ts';
import { isOf } from '../cohort/call.ts';
import type { Predictions } from '../metrics/bootstrap.ts';
import { delongInterval } from '../metrics/delong.ts';
import { meanAndDeviation } from '../metrics/summary.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';

/** One image that a run was tested on. */
export interface TestedImage extends PredictionRow {
  /** Salted hash of its patient. */
  group: string;
  /** Where images may have several labels: of each label whether it has it, see contract/labelRows.ts. */
  has?: Int8Array;
}

/** A run of a comparison with all that the comparison's result is made from. */
export interface TestedRun {
  record: CellRecord;
  epochs: readonly EpochRecord[];
  /** In the same order for all runs of a seed and fold; empty where it failed. */
  test: readonly TestedImage[];
  /**
   * Patients that it was tested on for each that it was trained on; null where that is no part of the same patients, or not
   * known.
   */
  ratio: number | null;
}

/** Test predictions as the bootstrap takes them. */
export function predictionsOf({ test }: TestedRun): Predictions {
  const k = test[0]?.probabilities.length ?? 0;
  const probabilities = new Float32Array(test.length * k);
  test.forEach((image, at) => probabilities.set(image.probabilities, at * k));
  const several = test[0]?.has && { several: Int8Array.from(test.flatMap(({ has }) => [...has!])) };
  return { labels: test.map(({ label }) => label), ...several, probabilities, groups: test.map(({ group }) => group) };
}

/** AUROC by DeLong where its assumptions hold: one run, two classes, one image of each patient. Null elsewhere. */
export function exactInterval(runs: readonly TestedRun[], confidence: number): Interval | null {
  const test = runs.length === 1 ? runs[0]!.test : [];
  if (test[0]?.probabilities.length !== 2 || test[0].has || countPatients(test) !== test.length) return null;
  return delongInterval(
    Uint8Array.from(test, ({ label }) => label),
    Float32Array.from(test, ({ probabilities }) => probabilities[1]!),
    confidence,
  );
}

/** Mean over the runs that have a validation AUROC; null where none has. */
export function meanConvergence(runs: readonly TestedRun[]): { epochs: number; seconds: number } | null {
  const each = runs.map(({ epochs }) => convergence(epochs));
  const epochs = meanAndDeviation(each.map((one) => one && one.epochs));
  const seconds = meanAndDeviation(each.map((one) => one && one.seconds));
  return epochs && seconds && { epochs: epochs.mean, seconds: seconds.mean };
}

/** Images and patients that were tested, each counted once. */
export function testedPatients(
  runs: readonly TestedRun[],
): Pick<TournamentResult, 'images' | 'patients' | 'patientsOfRarestClass'> {
  const images = [...new Map(runs.flatMap(({ test }) => test.map((image) => [image.file, image]))).values()];
  const indices = [...(images[0]?.probabilities.keys() ?? [])];
  const classes = indices.map((index) => images.filter((image) => isOf(image, index))).filter((own) => own.length > 0);
  return {
    images: images.length,
    patients: countPatients(images),
    patientsOfRarestClass: classes.length === 0 ? 0 : Math.min(...classes.map(countPatients)),
  };
}

const countPatients = (images: readonly TestedImage[]) => new Set(images.map(({ group }) => group)).size;
