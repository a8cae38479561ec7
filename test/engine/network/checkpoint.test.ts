import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { checkpointName, readCheckpoint, writeCheckpoint } from '../../../src-main/engine/network/checkpoint.ts';
import { firstProgress } from '../../../src-main/engine/train/schedule.ts';
import { damagedCopies } from '../../support/damage.ts';
import { temporaryFolder } from '../../support/folder.ts';

const weights = (seed: number): Weights =>
  new Map([
    ['conv/kernel', { shape: [3, 3, 3, 16], data: Float32Array.from({ length: 432 }, (_, i) => Math.sin(seed + i)) }],
    ['head_dense/kernel', { shape: [40, 50], data: Float32Array.from({ length: 2000 }, (_, i) => Math.cos(seed + i)) }],
  ]);
const checkpoint = (epoch: number) => ({
  weights: weights(epoch),
  slots: new Map([['conv/kernel:m', { shape: [432], data: new Float32Array(432).fill(epoch) }]]),
  progress: { ...firstProgress(1e-3), epoch, bestEpoch: epoch, bestScore: 0.5, bestLoss: 1 },
});

describe('a checkpoint', () => {
  it('comes back as it was written, with its checksum', async () => {
    const folder = temporaryFolder();
    const written = await writeCheckpoint(folder, checkpoint(3));
    expect(await readCheckpoint(folder, written)).toEqual({ ...checkpoint(3), crc32: written.crc32 });
    expect(await readCheckpoint(folder, { ...written, crc32: null })).toMatchObject({ crc32: written.crc32 });
  });

  it('of an earlier version has its score under the name that it had then', async () => {
    const folder = temporaryFolder();
    const { bestScore, ...progress } = checkpoint(3).progress;
    const earlier = { ...checkpoint(3), progress: { ...progress, bestAuprc: bestScore } as never };
    const read = await readCheckpoint(folder, await writeCheckpoint(folder, earlier));
    expect(read.progress).toEqual(checkpoint(3).progress);
  });

  it('that is damaged anywhere in any way is named, and never read', async () => {
    const folder = temporaryFolder();
    const written = await writeCheckpoint(folder, checkpoint(3));
    const path = join(folder, written.name);
    const named = { code: 'CHECKPOINT_DAMAGED', message: expect.stringContaining(written.name) };
    for (const { how, damaged } of damagedCopies(readFileSync(path), { seed: 10, times: 200 })) {
      writeFileSync(path, damaged);
      await expect(readCheckpoint(folder, written), how).rejects.toMatchObject(named);
    }
  });

  it('that is another one under its name is damaged; one that is gone is missing', async () => {
    const folder = temporaryFolder();
    const [third, fourth] = [
      await writeCheckpoint(folder, checkpoint(3)),
      await writeCheckpoint(folder, checkpoint(4)),
    ];
    // Of the same run and size, and valid in itself.
    const other = await writeCheckpoint(temporaryFolder(), { ...checkpoint(3), weights: weights(9) });
    copyFileSync(join(folder, fourth.name), join(folder, third.name));
    for (const crc32 of [third.crc32, null]) {
      await expect(readCheckpoint(folder, { ...third, crc32 })).rejects.toMatchObject({ code: 'CHECKPOINT_DAMAGED' });
    }
    await writeCheckpoint(folder, { ...checkpoint(3), weights: weights(9) });
    expect(other.crc32).not.toBe(third.crc32);
    await expect(readCheckpoint(folder, third)).rejects.toMatchObject({ code: 'CHECKPOINT_DAMAGED' });
    rmSync(join(folder, third.name));
    await expect(readCheckpoint(folder, third)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISSING',
      message: expect.stringContaining('epoch-00003.safetensors'),
    });
    renameSync(join(folder, fourth.name), join(folder, checkpointName(5)));
    await expect(readCheckpoint(folder, { ...fourth, name: checkpointName(5) })).rejects.toMatchObject({
      code: 'CHECKPOINT_DAMAGED',
    });
  });
});
