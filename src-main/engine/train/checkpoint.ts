import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { writeSafetensors } from '../weights/writeSafetensors.ts';
import type { Progress } from './schedule.ts';

/** All that training needs to go on as if nothing had happened; random numbers follow from seed, epoch and step. */
export interface Checkpoint {
  weights: Weights;
  /** Optimiser state. */
  slots: Weights;
  progress: Progress;
}

export const checkpointName = (epoch: number): string => `epoch-${String(epoch).padStart(5, '0')}.safetensors`;

/** Writes a checkpoint so that it is there whole or not at all. @throws CutpointError DISK_FULL, CHECKPOINT_WRITE_FAILED */
export async function writeCheckpoint(folder: string, { weights, slots, progress }: Checkpoint): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = checkpointName(progress.epoch);
  const tensors: Weights = new Map();
  for (const [key, value] of weights) tensors.set(`weights:${key}`, value);
  for (const [key, value] of slots) tensors.set(`slots:${key}`, value);
  await writeSafetensors(join(folder, name), tensors, { progress: JSON.stringify(progress) });
  return name;
}

/** @throws CutpointError CHECKPOINT_MISSING where the file is gone or damaged */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  try {
    const { tensors, metadata } = await readSafetensors(path);
    const weights: Weights = new Map();
    const slots: Weights = new Map();
    for (const [key, value] of tensors) {
      if (key.startsWith('weights:')) weights.set(key.slice('weights:'.length), value);
      else slots.set(key.slice('slots:'.length), value);
    }
    return { weights, slots, progress: JSON.parse(metadata.progress!) as Progress };
  } catch (cause) {
    throw new CutpointError('CHECKPOINT_MISSING', 'The checkpoint of this run is missing or damaged.', {
      remedy: 'Restore the workspace from a backup, or start the run again with the same plan.',
      cause,
    });
  }
}

/** Removes checkpoints that neither resuming nor the model needs. */
export async function pruneCheckpoints(folder: string, keep: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) if (!keep.includes(name)) await rm(join(folder, name), { force: true });
}
