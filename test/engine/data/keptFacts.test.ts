import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng, smallStudy } from '../../support/pictures.ts';

// Files that were written just now are not kept: a clock that is ahead makes them old.
beforeEach(() => void vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000));
afterEach(() => vi.restoreAllMocks());

/** As a process that starts anew has it: nothing is remembered. */
async function started() {
  vi.resetModules();
  const { scanDataset } = await import('../../../src-main/engine/data/scan.ts');
  return async (
    folder: string,
    facts: string,
    { anew = false, ...more }: { groupPattern?: string; anew?: boolean } = {},
  ) => {
    const told: number[] = [];
    const dataset = await scanDataset(
      { folder, ...more },
      { salt: 'salt', facts, anew, onProgress: (done) => told.push(done) },
    );
    return { ...dataset, told };
  };
}

const fileOf = (facts: string): string => join(facts, readdirSync(facts)[0]!);
const reseal = (path: string, change: (text: string) => string): void => {
  const text = change(readFileSync(path, 'utf8').split('\n')[1]!);
  writeFileSync(path, `${createHash('sha256').update(text).digest('hex')}\n${text}`);
};

it('what was read is not read again: with another field, and in another process', async () => {
  const [folder, facts] = [temporaryFolder(), temporaryFolder()];
  await smallStudy(folder);
  const scan = await started();
  const first = await scan(folder, facts);
  expect(first.told).toEqual(Array.from({ length: 17 }, (_, done) => done));
  const again = await scan(folder, facts, { groupPattern: '(p\\d+)_' });
  expect(again.told).toEqual([0, 16]);
  // Unless every file is to be read.
  expect((await scan(folder, facts, { anew: true })).told).toEqual(first.told);
  expect(again.images.map(({ sha256 }) => sha256)).toEqual(first.images.map(({ sha256 }) => sha256));
  const restarted = await (await started())(folder, facts);
  expect(restarted.told).toEqual([0, 16]);
  expect(restarted.report).toEqual(first.report);
  // It really is taken from there.
  reseal(fileOf(facts), (text) => text.replace('"width":24', '"width":25'));
  expect((await (await started())(folder, facts)).report.sizes?.largest).toEqual([25, 24]);
});

it('a file that changed is read again, also where its size and time are what they were', async () => {
  const [folder, facts] = [temporaryFolder(), temporaryFolder()];
  await smallStudy(folder);
  const scan = await started();
  const [first] = (await scan(folder, facts)).images;
  const path = join(folder, first!.file);
  const { atimeMs, mtimeMs, size } = statSync(path);
  const other = Buffer.concat([await smallPng(77), Buffer.alloc(size)]).subarray(0, size);
  writeFileSync(path, other);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  const { images, report, told } = await scan(folder, facts);
  expect(told).toEqual([0, 15, 16]);
  const now = images.find(({ file }) => file === first!.file)?.sha256;
  expect(now ?? report.problems.map(({ file }) => file)).not.toBe(first!.sha256);
});

it('a file that was written a moment ago is not kept: it may be written again within the same tick', async () => {
  vi.restoreAllMocks();
  const [folder, facts] = [temporaryFolder(), temporaryFolder()];
  await smallStudy(folder, { patients: 2 });
  // However long reading takes on a busy machine.
  vi.spyOn(Date, 'now').mockReturnValue(Date.now());
  const scan = await started();
  await scan(folder, facts);
  expect((await scan(folder, facts)).told).toEqual([0, 1, 2, 3, 4]);
});

it('damage to what is kept costs the time of reading, and nothing else', async () => {
  const [folder, facts] = [temporaryFolder(), temporaryFolder()];
  await smallStudy(folder);
  const { report } = await (await started())(folder, facts);
  writeFileSync(fileOf(facts), readFileSync(fileOf(facts), 'utf8').replace('"width":24', '"width":25'));
  const mended = await (await started())(folder, facts);
  expect(mended.told).toHaveLength(17);
  expect(mended.report).toEqual(report);
});

it('no identifier of a patient is kept, and in another process the groups are the same', async () => {
  const [folder, facts] = [temporaryFolder(), temporaryFolder()];
  for (let index = 0; index < 12; index++) {
    const of = { study: `study ${index}`, scanner: 'Alpha' };
    put(folder, `${'ab'[index % 2]}/${index}.dcm`, smallDicom(index, `Patient ${index >> 2}`, of));
  }
  const first = await (await started())(folder, facts);
  expect(first.report.groups).toBe(3);
  const kept = readFileSync(fileOf(facts), 'utf8');
  expect(kept).toContain('Alpha');
  expect(kept).not.toMatch(/Patient \d|1\.2\.826|study/);
  mkdirSync(join(folder, 'a'), { recursive: true });
  const restarted = await (await started())(folder, facts);
  expect(restarted.images).toEqual(first.images);
  expect(restarted.report).toEqual(first.report);
});
