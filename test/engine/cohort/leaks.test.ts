import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { leaksIn, requireNoLeaks } from '../../../src-main/engine/cohort/leaks.ts';
import { plannedSplit } from '../../../src-main/engine/cohort/split.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { services, tinyPlan } from '../services/inProcess.ts';

const SIDE = 48;

/** Blocks of random levels, which no other seed has; `change` makes another file that looks the same. */
async function blocks(seed: number, change = 0): Promise<Buffer> {
  const random = generator(seed, 'blocks');
  const levels = Array.from({ length: 144 }, () => Math.floor(random() * 200) + 20);
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => levels[Math.floor(Math.floor(at / SIDE) / 4) * 12 + Math.floor((at % SIDE) / 4)]! + change); // prettier-ignore
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .png()
    .toBuffer();
}

/** 16 patients with two images each, in two classes: `a/p0_0.png`, `b/p1_1.png`, … */
async function study(folder: string): Promise<void> {
  for (let patient = 0; patient < 16; patient++)
    for (let image = 0; image < 2; image++)
      put(folder, `${patient % 2 ? 'b' : 'a'}/p${patient}_${image}.png`, await blocks(2 * patient + image));
}
const selection = (folder: string) => ({ folder, groupPattern: '(p\\d+)_' });
const PLAN = { split: { validation: 0.2, test: 0.25 } };

/** Seeds of splits that tear copies apart, and that do not. */
async function seedsOf(folder: string): Promise<{ apart: number; together: number }> {
  const dataset = await scanDataset(selection(folder), { salt: '' });
  const leaks = Array.from({ length: 40 }, (_, seed) => leaksIn(dataset, plannedSplit(dataset, { ...PLAN, seed }, { testFolder: false })).length > 0); // prettier-ignore
  return { apart: leaks.indexOf(true), together: leaks.indexOf(false) };
}

describe('one pair on both sides of a split', () => {
  it.each(['equal', 'alike'])('stops a run until it is left out, kept together, or accepted: %s', async (kind) => {
    const folder = temporaryFolder();
    const data = join(folder, 'study');
    await study(data);
    const { call, close } = await services(join(folder, 'workspace'));
    try {
      const [one, other] = ['a/p0_9.png', 'a/p2_9.png'];
      put(data, one, await blocks(900));
      if (kind === 'equal') copyFileSync(join(data, one), join(data, other));
      else put(data, other, await blocks(900, 7));
      const code = kind === 'equal' ? 'LEAK_DUPLICATE' : 'LEAK_NEAR_DUPLICATE';
      // Of so few images that is a finding of its own.
      const known = kind === 'equal' ? 'DUPLICATE_GROUPS' : 'NEAR_DUPLICATE_GROUPS';
      const seeds = await seedsOf(data);

      const split = { ...PLAN, seed: seeds.apart };
      const { leaks } = await call('data.images', { ...selection(data), plan: split });
      expect(leaks).toMatchObject([{ code, grave: true, message: expect.stringContaining(one) }]);
      expect(leaks![0]!.message).toContain(other);
      const plan = tinyPlan(data, { ...split, epochs: 1, accept: [known] });
      await expect(call('run.start', plan)).rejects.toMatchObject({
        code: 'DATA_DOUBTFUL',
        details: { codes: [code] },
      });
      const whole = await call('run.start', { ...plan, seed: seeds.together });
      await call('run.stop', { id: whole.id });

      const accept = [known, code];
      const { id } = await call('run.start', { ...plan, accept });
      await call('run.stop', { id });
      expect((await call('run.get', { id })).plan.accept.toSorted()).toEqual(accept.toSorted());

      const leaveOut = { files: [other], classes: [] };
      const without = await call('run.start', { ...plan, accept: [], data: { ...plan.data, leaveOut } });
      await call('run.stop', { id: without.id });
      const together = await call('run.start', { ...plan, accept: [], data: { ...plan.data, copiesTogether: true } });
      await call('run.stop', { id: together.id });
    } finally {
      await close();
    }
  });

  it('stops a comparison by folds, whichever of them the two are in', async () => {
    const folder = temporaryFolder();
    const data = join(folder, 'study');
    await study(data);
    const { call, close } = await services(join(folder, 'workspace'));
    try {
      // In all patients of a class: no folds could keep them together.
      for (let patient = 0; patient < 16; patient += 2) put(data, `a/p${patient}_9.png`, await blocks(900, patient));
      const { data: own, ...base } = tinyPlan(data, { epochs: 1 });
      const plan = { kind: 'tournament' as const, base: { data: own, ...base, accept: ['NEAR_DUPLICATE_GROUPS'] }, strategies: ['scratch' as const], reference: 'scratch' as const, folds: { kind: 'groups' as const, k: 2 }, cuts: [] }; // prettier-ignore
      await expect(call('comparison.start', plan)).rejects.toMatchObject({
        code: 'DATA_DOUBTFUL',
        details: { codes: ['LEAK_NEAR_DUPLICATE'] },
      });
    } finally {
      await close();
    }
  });

  it('between the folder to train on and that to test on', async () => {
    const folder = temporaryFolder();
    const [data, test] = [join(folder, 'study'), join(folder, 'test')];
    await study(data);
    for (let patient = 20; patient < 26; patient++)
      put(test, `${patient % 2 ? 'b' : 'a'}/p${patient}_0.png`, await blocks(100 + patient));
    put(test, 'a/p30_0.png', await blocks(0, 5));
    const { call, close } = await services(join(folder, 'workspace'));
    try {
      const plan = tinyPlan(data, { test: selection(test), epochs: 1 });
      await expect(call('run.start', plan)).rejects.toMatchObject({
        code: 'DATA_DOUBTFUL',
        details: { codes: ['LEAK_NEAR_DUPLICATE'] },
        message: expect.stringContaining('a/p30_0.png and a/p0_0.png'),
      });
      const { id } = await call('run.start', { ...plan, accept: ['LEAK_NEAR_DUPLICATE'] });
      await call('run.stop', { id });
    } finally {
      await close();
    }
  });
});

it('copies kept together make patients one, which the report says and the fingerprint holds', async () => {
  const folder = temporaryFolder();
  await study(folder);
  put(folder, 'a/p2_9.png', await blocks(0, 7));
  copyFileSync(join(folder, 'a/p4_0.png'), join(folder, 'a/p2_8.png'));
  const plain = await scanDataset(selection(folder), { salt: '' });
  const joined = await scanDataset({ ...selection(folder), copiesTogether: true }, { salt: '' });
  const groupOf = (file: string) => joined.images.find((image) => image.file === file)!.group;
  expect([plain.report.groups, joined.report.groups]).toEqual([16, 14]);
  expect(new Set(['a/p0_1.png', 'a/p2_0.png', 'a/p4_1.png'].map(groupOf)).size).toBe(1);
  expect(joined.report.fingerprint).not.toBe(plain.report.fingerprint);
  expect(joined.report.warnings).toContainEqual({
    code: 'COPIES_TOGETHER',
    message: 'As chosen, copies are kept together: 16 patients are counted as 14, since patients with images that are equal or look the same are one.', // prettier-ignore
  });
  expect(joined.report.warnings.map(({ code }) => code)).not.toContain('NEAR_DUPLICATE_GROUPS');
  // Whatever the split: nothing is in two parts.
  for (let seed = 0; seed < 20; seed++) expect(leaksIn(joined, plannedSplit(joined, { ...PLAN, seed }, { testFolder: false }))).toEqual([]); // prettier-ignore
  // Where no patient is known either.
  const alone = await scanDataset({ folder, copiesTogether: true }, { salt: '' });
  expect(alone.report.groups).toBe(alone.images.length - 2);
});

it('images that no part has are no leak, and nothing is asked where nothing leaks', async () => {
  const folder = temporaryFolder();
  await study(folder);
  put(folder, 'a/p2_9.png', await blocks(0, 7));
  const dataset = await scanDataset(selection(folder), { salt: '' });
  const only = dataset.images.map(({ file }) => (file === 'a/p2_9.png' ? undefined : ('train' as const)));
  expect(leaksIn(dataset, only)).toEqual([]);
  expect(requireNoLeaks(dataset, [only], [])).toEqual([]);
});
