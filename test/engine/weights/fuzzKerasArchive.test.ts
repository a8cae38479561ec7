import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { openZip } from '../../../src-main/engine/weights/zip.ts';
import { mutate } from './mutate.ts';
import { scratch } from './scratch.ts';
import { zipped } from './zipped.ts';

// The HDF5 file inside has its own test; a thread for each of these archives would take most of the time.
vi.mock('../../../src-main/engine/weights/kerasH5.ts', async (original) => ({
  ...(await original<object>()),
  openH5: async ({ path }: { path: string }, format: string) => ({
    format,
    path,
    tensors: new Map(),
    metadata: {},
    close: async () => undefined,
  }),
}));

const ROUNDS = 2000;
const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

it(`${ROUNDS} damaged Keras archives are opened or refused`, { timeout: 300_000 }, async () => {
  const whole = readFileSync(fixture('keras-3.keras'));
  const donor = readFileSync(fixture('torch.pth'));
  const zip = await openZip(fixture('keras-3.keras'));
  const entries = await Promise.all(
    [...zip.entries.values()].map(async ({ name, read }) => ({ name, contents: Buffer.from(await read()) })),
  );
  await zip.close();
  const path = join(scratch(), 'model.keras');
  const before = process.memoryUsage.rss();
  let opened = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const random = generator('fuzz', 'keras-3.keras', round);
    // In turn the archive, and with the right checksum its description.
    const bytes =
      round % 2 === 0
        ? mutate(whole, donor, random)
        : zipped(
            entries.map(({ name, contents }) => ({
              name,
              contents: name === 'config.json' ? mutate(contents, donor, random) : contents,
            })),
          );
    writeFileSync(path, bytes);
    const started = performance.now();
    try {
      await (await openWeights(path)).close();
      opened++;
    } catch (error) {
      const isRefusal = error instanceof CutpointError && error.code.startsWith('WEIGHTS_');
      if (!isRefusal) throw new Error(`round ${round} was neither opened nor refused`, { cause: error });
    }
    expect(performance.now() - started).toBeLessThan(5000);
  }
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThan(ROUNDS);
  expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
});
