import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { writeSafetensors } from '../weights/writeSafetensors.ts';
import type { Workspace } from '../store/workspace.ts';
import type { StoredEpoch } from '../store/queries/epochs.ts';

/** What the schedule and early stopping remember from epoch to epoch; part of every checkpoint. */
export interface Progress {
  /** Epochs finished. */
  epoch: number;
  /** Optimiser updates done. */
  updates: number;
  learningRate: number;
  bestEpoch: number;
  /** Of the best epoch: the score that the plan selects by, and the validation loss. */
  bestScore: number;
  bestLoss: number;
  /** Epochs since the best, and since the best or the last reduction of the learning rate. */
  sinceBest: number;
  sinceReduction: number;
  /** The score that a plateau schedule with a threshold compares with, which lags behind the best; left out: it has none. */
  plateauScore?: number;
  /** The head that the weights are of; left out: softmax. With an SVM, training is over. */
  head?: 'svm';
}

/** All that training needs to go on as if nothing had happened; random numbers follow from seed, epoch and step. */
export interface Checkpoint {
  weights: Weights;
  /** Optimiser state. */
  slots: Weights;
  progress: Progress;
}

/** A checkpoint on the disk: its name in the run's folder, and the CRC-32 of its bytes. */
export interface CheckpointFile {
  name: string;
  /** Null: written by a version that kept none; what is read cannot be verified. */
  crc32: number | null;
}

export const checkpointName = (epoch: number): string => `epoch-${String(epoch).padStart(5, '0')}.safetensors`;

/**
 * Writes a checkpoint so that it is there whole or not at all.
 * @returns its name with the checksum that the store keeps: a CRC-32 (as zip archives have) finds every flipped bit and
 *   misses other damage once in 4 billion times, at twice the speed of SHA-256. It guards against disks, not against
 *   people: who can change this file can change the store too.
 * @throws CutpointError DISK_FULL, CHECKPOINT_WRITE_FAILED
 */
export async function writeCheckpoint(
  folder: string,
  { weights, slots, progress }: Checkpoint,
): Promise<CheckpointFile & { crc32: number }> {
  await mkdir(folder, { recursive: true });
  const name = checkpointName(progress.epoch);
  const tensors: Weights = new Map();
  for (const [key, value] of weights) tensors.set(`weights:${key}`, value);
  for (const [key, value] of slots) tensors.set(`slots:${key}`, value);
  const crc32 = await writeSafetensors(join(folder, name), tensors, { progress: JSON.stringify(progress) });
  return { name, crc32 };
}

/**
 * Reads a checkpoint of a run and compares it with the checksum that was kept when it was written.
 * @throws CutpointError CHECKPOINT_MISSING where it cannot be read, CHECKPOINT_DAMAGED where its bytes are not those that
 *   were written
 */
export async function readCheckpoint(
  folder: string,
  { name, crc32 }: CheckpointFile,
): Promise<Checkpoint & { crc32: number }> {
  const read = await readSafetensors(join(folder, name)).catch((cause: unknown) => {
    throw isUnreachable(cause) ? missing(folder, name, cause) : damaged(folder, name, 'it cannot be read', cause);
  });
  if (crc32 !== null && read.crc32 !== crc32) throw damaged(folder, name, 'its checksum does not agree');
  const weights: Weights = new Map();
  const slots: Weights = new Map();
  for (const [key, value] of read.tensors) {
    if (key.startsWith('weights:')) weights.set(key.slice('weights:'.length), value);
    else slots.set(key.slice('slots:'.length), value);
  }
  return { weights, slots, progress: progressOf(folder, name, read.metadata.progress), crc32: read.crc32 };
}

/** Removes checkpoints that neither resuming nor the model needs. */
export async function pruneCheckpoints(folder: string, keep: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) if (!keep.includes(name)) await rm(join(folder, name), { force: true });
}

/** Another epoch's under this name is damage too. */
function progressOf(folder: string, name: string, text = ''): Progress {
  try {
    // Earlier versions named the one score there was.
    const { bestAuprc, ...read } = JSON.parse(text) as Progress & { bestAuprc?: number };
    const progress = bestAuprc === undefined ? read : { ...read, bestScore: bestAuprc };
    if (checkpointName(progress.epoch) === name) return progress;
  } catch (cause) {
    throw damaged(folder, name, 'it does not say where training stood', cause);
  }
  throw damaged(folder, name, 'it is of another epoch');
}

/** Says that a checkpoint must not be used, and why. */
export function damaged(folder: string, name: string, why: string, cause?: unknown): CutpointError {
  return unusable('CHECKPOINT_DAMAGED', folder, name, `is damaged: ${why}`, cause);
}

function missing(folder: string, name: string, cause: unknown): CutpointError {
  const gone = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  return unusable('CHECKPOINT_MISSING', folder, name, gone ? 'is missing' : 'may not be read', cause);
}

function unusable(
  code: 'CHECKPOINT_DAMAGED' | 'CHECKPOINT_MISSING',
  folder: string,
  name: string,
  what: string,
  cause: unknown,
): CutpointError {
  const file = join('checkpoints', basename(folder), name);
  return new CutpointError(code, `The checkpoint '${file}' of the run ${basename(folder)} ${what}.`, {
    remedy: `Put the file back into '${dirname(file)}' of the workspace from a backup, or train again with the same plan and seed: the results will be the same. Everything else that is stored of the run is intact.`,
    details: { file },
    cause,
  });
}

function isUnreachable(thrown: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '');
}

export const checkpointFolder = (workspace: Workspace, run: string): string => join(workspace.paths.checkpoints, run);

/**
 * The checkpoint of a finished epoch, verified. One of an earlier version has no checksum, and is given that of what was
 * read: from then on damage is noticed.
 * @throws CutpointError CHECKPOINT_MISSING, CHECKPOINT_DAMAGED
 */
export async function readEpoch(
  workspace: Workspace,
  run: string,
  { record, checkpoint: name, crc32 }: StoredEpoch,
): Promise<Checkpoint> {
  const { crc32: found, ...checkpoint } = await readCheckpoint(checkpointFolder(workspace, run), { name, crc32 });
  if (crc32 === null) await workspace.commit(['epochs', 'setChecksum', run, record.epoch, found]);
  return checkpoint;
}

/**
 * The checkpoint of the best epoch, whose weights are the model; null before the first epoch.
 * @throws CutpointError CHECKPOINT_MISSING, CHECKPOINT_DAMAGED
 */
export async function bestCheckpoint(workspace: Workspace, run: string): Promise<Checkpoint | null> {
  const best = workspace.store.epochs.best(run);
  if (!best) return null;
  const checkpoint = await readEpoch(workspace, run, best);
  if (checkpoint.progress.bestEpoch !== best.record.epoch)
    throw damaged(checkpointFolder(workspace, run), best.checkpoint, 'it is not of the best epoch');
  return checkpoint;
}
