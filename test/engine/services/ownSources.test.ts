import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../src-main/contract/index.ts';
import { asLineage, lineageOf } from '../../../src-main/contract/origin.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { bestCheckpoint } from '../../../src-main/engine/network/checkpoint.ts';
import { openWorkspace, type OwnWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { loadSource } from '../../../src-main/engine/transfer/source.ts';
import { folderForFile, temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
const [textures, target] = [join(folder, 'textures'), join(folder, 'target')];
beforeAll(async () => {
  await pictures(textures, 0);
  await pictures(target, 100);
});

/** 16 patients of two classes with two pictures each, whose content depends on `seed`. */
async function pictures(to: string, seed: number): Promise<void> {
  for (let at = 0; at < 32; at++)
    put(to, `${(at >> 1) % 2 === 0 ? 'a' : 'b'}/p${at >> 1}_${at % 2}.png`, await smallPng(seed + at));
}

const BACKBONE = 'cbr_tiny';

/** A plan that trains a whole small network in a second. */
const tiny = (data: string, changes: object = {}) => ({
  data: { folder: data, groupPattern: '(p\\d+)_' },
  backbone: BACKBONE,
  input: 32,
  epochs: 2,
  batch: 8,
  split: { validation: 0.25, test: 0.25 },
  ...changes,
});
const pretraining = (name: string, changes: object = {}): InputOf<'source.train'> => ({
  ...tiny(textures),
  name,
  nature: 'natural',
  ...changes,
});

/** What lies in a workspace whose engine has closed. */
async function reading<T>(path: string, look: (workspace: OwnWorkspace) => T | Promise<T>): Promise<T> {
  const workspace = openWorkspace(path);
  try {
    return await look(workspace);
  } finally {
    workspace.close();
  }
}

describe('a source of one’s own', () => {
  test('is trained as a run, and has the weights of its best epoch, its origin, its figures and a card', async () => {
    const path = join(temporaryFolder(), 'workspace');
    const { call, follow, close } = await services(path);
    const started = await call('source.train', pretraining('textures'));
    expect(started.plan).toMatchObject({ strategy: 'full', source: null, schedule: { kind: 'step', every: 30 } });
    expect(await call('source.wishes', {})).toEqual([
      { run: started.id, name: 'textures', nature: 'natural', failure: null, status: expect.any(String) },
    ]);
    const run = await follow(started).end;
    expect(run.status).toBe('completed');
    expect(await call('source.wishes', {})).toEqual([]);
    const { source, lineage, card } = await call('source.get', { name: 'textures' });
    expect(lineage).toEqual(['random weights', 'textures']);
    const best = run.epochs.find(({ epoch }) => epoch === run.bestEpoch)!;
    expect(source).toMatchObject({ backbone: BACKBONE, missing: 0, catalogue: null });
    expect(source.origin).toMatchObject({
      run: run.id,
      nature: 'natural',
      parents: [],
      data: { images: 32, grouping: 'patient', split: run.split, grey: 32 },
      seen: { images: run.split!.train.images + run.split!.validation.images },
      epochs: { best: run.bestEpoch, done: 2 },
      testSealed: false,
    });
    const { validation, test: tested, data } = source.origin!;
    expect(validation.auroc.value).toBeCloseTo(best.validationAuroc!, 6);
    expect(validation.accuracy.value).toBeCloseTo(best.validationAccuracy, 6);
    expect(validation.accuracy.low!).toBeLessThanOrEqual(validation.accuracy.value!);
    // Opened for it, which the log says.
    const now = await call('run.get', { id: run.id });
    expect(tested!.accuracy.value).toBe(now.test!.metrics.accuracy);
    const { entries } = await call('activity.list', {});
    expect(entries).toContainEqual(
      expect.objectContaining({ what: 'test.opened', object: run.id, purpose: 'source', reason: 'pretraining of the source textures' }), // prettier-ignore
    );
    expect(data.classes.reduce((sum, { train }) => sum + train, 0)).toBe(run.split!.train.images);
    for (const words of ['`random weights` → `textures`', 'Natural images. None of them has colour.', source.sha256])
      expect(card).toContain(words);
    expect(card).not.toContain(folder);
    await close();

    const [own, trunk] = await reading(path, async (workspace) => [
      await loadSource(workspace, 'textures', BACKBONE),
      await bestCheckpoint(workspace, run.id),
    ]);
    expect(own.size).toBeGreaterThan(0);
    for (const [key, value] of own) expect(value, key).toEqual(trunk!.weights.get(key));
    expect([...trunk!.weights.keys()].filter((key) => !own.has(key)).every((key) => key.startsWith('head_'))).toBe(
      true,
    );

    // Damaged or gone, the weights are taken from the run again.
    const again = await reading(path, async (workspace) => {
      for (const file of readdirSync(workspace.paths.sources))
        if (file.startsWith('textures')) writeFileSync(join(workspace.paths.sources, file), 'another file');
      return loadSource(workspace, 'textures', BACKBONE);
    });
    expect(again).toEqual(own);
    await expect(
      reading(path, (workspace) => {
        for (const file of readdirSync(workspace.paths.sources))
          if (file.startsWith('textures')) rmSync(join(workspace.paths.sources, file));
        rmSync(join(workspace.paths.checkpoints, run.id), { recursive: true });
        return loadSource(workspace, 'textures', BACKBONE);
      }),
    ).rejects.toMatchObject({ code: 'SOURCE_DAMAGED', message: expect.stringContaining(run.id) });
  });

  test('comes of a run that was interrupted and resumed by another engine, with the same weights as one left alone', async () => {
    const path = join(temporaryFolder(), 'workspace');
    const first = await services(path);
    await first.follow(await first.call('source.train', pretraining('alone'))).end;
    const run = first.follow(await first.call('source.train', pretraining('resumed')));
    await run.until((event) => event.kind === 'epoch');
    await first.close();
    const second = await services(path);
    const id = run.id;
    if ((await second.call('run.get', { id })).status !== 'completed') {
      expect(await second.call('source.wishes', {})).toMatchObject([
        { run: id, name: 'resumed', status: 'interrupted' },
      ]);
      await second.follow(await second.call('run.resume', { id })).end;
    }
    const sources = await second.call('source.list', {});
    const sha256Of = (name: string) => sources.find((source) => source.name === name)!.sha256;
    expect(sha256Of('resumed')).toBe(sha256Of('alone'));
    await second.close();
  });

  test('is made by the next engine where one was killed between the end of the run and the source', async () => {
    const path = join(temporaryFolder(), 'workspace');
    const first = await services(path);
    const run = await first.follow(await first.call('run.start', tiny(textures, { strategy: 'full' }))).end;
    await first.close();
    await reading(path, ({ store }) => {
      store.runChoices.save(run.id, 'source', { name: 'late', nature: 'unknown', failure: null });
    });
    const second = await services(path);
    await expect
      .poll(async () => (await second.call('source.list', {})).map(({ name }) => name), { timeout: 30_000 })
      .toContain('late');
    await expect.poll(() => second.call('source.wishes', {}), { timeout: 30_000 }).toEqual([]);
    await second.close();
  });

  test('a source of a source says what it descends from; who removes the parent keeps its name', async () => {
    const path = join(temporaryFolder(), 'workspace');
    const { call, follow, close } = await services(path);
    const parent = await follow(await call('source.train', pretraining('textures'))).end;
    await follow(await call('source.train', pretraining('study', { ...tiny(target), source: 'textures', nature: 'medical' }))).end; // prettier-ignore
    const { source, lineage, card } = await call('source.get', { name: 'study' });
    expect(lineage).toEqual(['random weights', 'textures', 'study']);
    const { sha256 } = (await call('source.get', { name: 'textures' })).source;
    expect(source.origin!.parents).toEqual([{ name: 'textures', sha256, catalogue: null, nature: 'natural' }]);
    expect(card).toContain(`- \`textures\`, natural images, trained here, SHA-256 \`${sha256}\``);
    // Images of both.
    expect(source.origin!.seen.images).toBe(2 * (parent.split!.train.images + parent.split!.validation.images));
    const kept = await call('source.list', {});
    await call('storage.remove', { kind: 'source', ids: ['textures'], withRuns: true, dryRun: false });
    expect(await call('source.list', {})).toEqual(kept.filter(({ name }) => name !== 'textures'));
    expect(asLineage(lineageOf(source))).toBe('random weights → textures → study');
    await close();
  });
});

describe('the backbone of a finished run', () => {
  test('is taken over without opening its test set, and refused where it is not whole', async () => {
    const { call, train, close } = await services(join(temporaryFolder(), 'workspace'));
    const whole = await (await train(tiny(textures, { strategy: 'full', channels: 1 }))).end;
    const source = await call('source.fromRun', { run: whole.id, name: 'grey' });
    expect(source.origin).toMatchObject({ nature: 'unknown', test: null, testSealed: true });
    expect((await call('run.get', { id: whole.id })).testOpened).toBeNull();
    // On three equal channels it computes what the grey network computed: what it expects is the same for each.
    expect(new Set(source.preprocessing!.mean).size).toBe(1);
    const { card } = await call('source.get', { name: 'grey' });
    expect(card).toContain('The test set of the run is sealed');

    const cut = await (await train(tiny(textures, { cut: 'layer2.pool' }))).end;
    await expect(call('source.fromRun', { run: cut.id, name: 'part' })).rejects.toMatchObject({
      code: 'RUN_STATE',
      message: expect.stringContaining('has not the whole backbone, but cut after layer2.pool'),
    });
    const frozen = { source: 'grey', strategy: 'features', cut: 'layer4.pool', classifier: 'svm' };
    const features = await (await train(tiny(target, frozen))).end;
    await expect(call('source.fromRun', { run: features.id, name: 'same' })).rejects.toMatchObject({
      code: 'RUN_STATE',
      message: expect.stringContaining('trained no layer of its network'),
    });
    expect((await call('source.list', {})).map(({ name }) => name)).not.toContain('part');
    await close();
  });

  test('is kept with the reason where its source could not be made, and can be taken over under another name', async () => {
    const { call, follow, close } = await services(join(temporaryFolder(), 'workspace'));
    const before = await follow(await call('run.start', tiny(textures, { strategy: 'full' }))).end;
    const run = follow(await call('source.train', pretraining('taken', { epochs: 40 })));
    await run.until((event) => event.kind === 'stage');
    await call('source.fromRun', { run: before.id, name: 'Taken' });
    expect(await run.end).toMatchObject({ status: 'completed', testOpened: null });
    const [wish] = await call('source.wishes', {});
    expect(wish).toMatchObject({ run: run.id, name: 'taken', status: 'completed', failure: { code: 'SOURCE_EXISTS' } });
    await call('source.fromRun', { run: run.id, name: 'other' });
    expect(await call('source.wishes', {})).toEqual([]);
    await close();
  });
});

describe('refused before anything is trained', () => {
  test('a folder with one class, a name that is taken or asked for, weights of another backbone', async () => {
    const one = join(temporaryFolder(), 'one');
    for (let at = 0; at < 8; at++) put(one, `a/p${at}_0.png`, await smallPng(at));
    const { call, follow, close } = await services(join(temporaryFolder(), 'workspace'));
    await expect(call('source.train', pretraining('one', tiny(one)))).rejects.toMatchObject({
      code: 'ONE_CLASS',
    });
    const run = follow(await call('source.train', pretraining('textures', { epochs: 20 })));
    await expect(call('source.train', pretraining('Textures'))).rejects.toMatchObject({ code: 'SOURCE_EXISTS' });
    await run.end;
    await expect(call('source.train', pretraining('TEXTURES'))).rejects.toMatchObject({ code: 'SOURCE_EXISTS' });
    await expect(call('source.train', pretraining('none'))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(
      call('source.train', pretraining('other', { source: 'textures', backbone: 'cbr_small' })),
    ).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
    expect(rowsOf(await call('run.list', {}))).toHaveLength(1);
    await close();
  });

  test('a test on images that the source was trained on, its own or those of one before it, unless that is accepted', async () => {
    const { call, follow, train, close } = await services(join(temporaryFolder(), 'workspace'));
    await follow(await call('source.train', pretraining('textures'))).end;
    await follow(await call('source.train', pretraining('study', { ...tiny(target), source: 'textures' }))).end;
    // The same split: what is tested on was tested on then, too.
    const same = await (await train(tiny(textures, { strategy: 'full', source: 'study' }))).end;
    const { train: trained, validation } = same.split!;
    expect(await call('source.overlap', { run: same.id })).toEqual({
      ...{ source: 'study', images: trained.images + validation.images, train: trained.images },
      ...{ validation: validation.images, test: 0 },
    });
    const other = tiny(textures, { strategy: 'full', source: 'study', seed: 1 });
    await expect(train(other)).rejects.toMatchObject({
      code: 'DATA_DOUBTFUL',
      message: expect.stringMatching(/^\d+ of the 8 images to test on are among those .* source 'study' /),
      details: { codes: ['SOURCE_OVERLAP'] },
    });
    const compared = call('comparison.start', {
      ...{ kind: 'tournament', base: other, strategies: ['full'], seeds: [1], sources: ['study'] },
      folds: { kind: 'fixed' },
    });
    await expect(compared).rejects.toMatchObject({ details: { codes: ['SOURCE_OVERLAP'] } });
    const accepted = await (await train({ ...other, accept: ['SOURCE_OVERLAP'] })).end;
    expect(accepted.plan.accept).toEqual(['SOURCE_OVERLAP']);
    expect((await call('source.overlap', { run: accepted.id }))!.test).toBeGreaterThan(0);
    // Of random weights with the same spread nothing was seen.
    const drawn = await (await train({ ...other, initialisation: 'mean-var' })).end;
    expect(await call('source.overlap', { run: drawn.id })).toBeNull();
    const apart = await (await train(tiny(target, { strategy: 'full', source: 'textures' }))).end;
    expect(await call('source.overlap', { run: apart.id })).toBeNull();
    await close();
  });
});
