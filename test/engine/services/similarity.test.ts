import * as tf from '@tensorflow/tfjs-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

type Services = Awaited<ReturnType<typeof services>>;

describe('similarity', () => {
  let folder: string;
  let study: string;
  let engine: Services;
  let run: string;
  const random = (seed: number) => ({ kind: 'backbone', backbone: 'mobilenet_v2_keras', seed }) as const;
  const best = () => ({ kind: 'run', run }) as const;
  const initial = () => ({ kind: 'run', run, at: 'initial' }) as const;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cutpoint-'));
    study = join(folder, 'study');
    await smallStudy(study, { patients: 16, each: 4 });
    engine = await services(join(folder, 'workspace'));
    const training = await engine.train(tinyPlan(study, { epochs: 2, seed: 5 }));
    expect((await training.end).status).toBe('completed');
    run = training.id;
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('before against after, at every block end, over the validation images', async () => {
    const progress: string[] = [];
    const report = await engine.call('similarity.compare', { a: initial(), b: best() }, ({ doing, done, total }) => {
      progress.push(doing);
      expect(done).toBeLessThanOrEqual(total);
    });
    expect(report.pairs.map(({ a, b }) => [a, b])).toEqual(
      ['Conv1_relu', 'expanded_conv_project_BN', 'block_2_add'].map((cut) => [cut, cut]),
    );
    expect(report.images).toBe((await engine.call('run.get', { id: run })).split!.validation.images);
    expect(report.observations).toBe(report.images);
    for (const pair of report.pairs) {
      expect(pair.curve).toHaveLength(pair.coefficients);
      expect(pair.coefficients).toBe(Math.min(...pair.kept));
      expect(pair.curve).toEqual([...pair.curve].sort((a, b) => b - a));
      expect(pair.meanSvcca).toBeGreaterThan(0.5);
      expect(pair.cka).toBeGreaterThan(0.5);
      expect(pair.random.curve).toHaveLength(pair.curve.length);
      const [least, greatest] = pair.random.band!;
      expect(least).toBeLessThan(pair.random.mean);
      expect(greatest).toBeGreaterThan(pair.random.mean);
    }
    expect(new Set(progress)).toEqual(new Set(['reading', 'activations', 'comparing']));
  });

  it('gives the same for the same input and leaves no tensor behind', async () => {
    const input = { a: initial(), b: best(), spatial: { kind: 'sample', positions: 3 }, limit: 10 } as const;
    const { origin: _, ...first } = await engine.call('similarity.compare', input);
    const tensors = tf.memory().numTensors;
    expect(await engine.call('similarity.compare', { ...input, again: true })).toMatchObject(first);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(first).toMatchObject({ images: 10, observations: 30 });
    expect(first.warnings.map(({ code }) => code)).toContain('POSITIONS_DEPENDENT');
  });

  it('the start of a run is the network of its seed and initialisation', async () => {
    const data = { folder: study, groupPattern: '(p\\d+)_' };
    const report = await engine.call('similarity.compare', { a: initial(), b: random(5), data });
    expect(report.images).toBe(64);
    for (const { meanSvcca, cka } of report.pairs) {
      expect(meanSvcca).toBeCloseTo(1, 6);
      expect(cka).toBeCloseTo(1, 6);
    }
    const other = await engine.call('similarity.compare', { a: initial(), b: random(6) });
    expect(other.pairs[0]!.cka).toBeLessThan(0.999);
  });

  it('pretrained weights against Mean-Var ones, and without any run', async () => {
    const source = { kind: 'backbone', backbone: 'mobilenet_v2_050_keras', source: 'formula-pictures' } as const;
    const meanVar = { ...source, initialisation: 'mean-var' } as const;
    const cuts = ['Conv1_relu', 'block_2_add'];
    const resemblanceTo = (b: typeof source | typeof meanVar) =>
      engine.call('similarity.compare', { a: initial(), b, cuts });
    const [pretrained, scale] = [await resemblanceTo(source), await resemblanceTo(meanVar)];
    pretrained.pairs.forEach(({ cka }, at) => expect(Math.abs(cka - scale.pairs[at]!.cka)).toBeGreaterThan(1e-3));

    const alone = { a: source, b: meanVar, data: { folder: study }, cuts, limit: 20 };
    const report = await engine.call('similarity.compare', alone);
    expect(report.images).toBe(20);
    for (const { cka } of report.pairs) expect(cka).toBeLessThan(0.9999);
  });

  it('cut against cut in one network: a symmetric matrix with ones on its diagonal', async () => {
    const cuts = ['Conv1_relu', 'block_1_project_BN', 'block_2_add'];
    const report = await engine.call('similarity.compare', { a: best(), b: best(), pairs: 'matrix', cuts });
    expect(report.pairs).toHaveLength(9);
    const at = (i: number, j: number) => report.pairs[3 * i + j]!;
    for (let i = 0; i < 3; i++) {
      expect(at(i, i).meanSvcca).toBeCloseTo(1, 9);
      for (let j = 0; j < 3; j++) {
        expect([at(i, j).a, at(i, j).b]).toEqual([cuts[i], cuts[j]]);
        expect(at(i, j).cka).toBeCloseTo(at(j, i).cka, 9);
        expect(at(i, j).meanSvcca).toBeCloseTo(at(j, i).meanSvcca, 9);
        expect(at(i, j).random).toEqual(at(j, i).random);
      }
    }
  });

  it('between different backbones: a matrix, each with its own cuts', async () => {
    const report = await engine.call('similarity.compare', {
      a: best(),
      b: { kind: 'backbone', backbone: 'cbr_tiny' },
      pairs: 'matrix',
      cuts: ['block_2_add'],
    });
    expect(report.pairs.length).toBeGreaterThan(2);
    for (const pair of report.pairs)
      expect(pair).toMatchObject({ a: 'block_2_add', b: expect.stringMatching(/^layer\d/) });
  });

  it('says where there are too few images for SVCCA to say anything', async () => {
    const report = await engine.call('similarity.compare', { a: initial(), b: best(), limit: 5, share: 1 });
    expect(report.warnings[0]).toMatchObject({ code: 'TOO_FEW_IMAGES' });
    const { forced, coefficients, areaOverRandom } = report.pairs[0]!;
    expect(forced).toBe(coefficients);
    expect(areaOverRandom).toBeCloseTo(0, 9);
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const compare = engine.call(
      'similarity.compare',
      { a: initial(), b: best(), again: true },
      ({ doing }) => doing === 'activations' && controller.abort(),
      controller.signal,
    );
    await expect(compare).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it.each([
    ['a network with itself', () => ({ a: best(), b: best() }), 'INPUT_INVALID'],
    ['a cut that is none', () => ({ a: initial(), b: best(), cuts: ['block_99'] }), 'CUT_UNKNOWN'],
    ['a cut behind the end of the run', () => ({ a: initial(), b: best(), cuts: ['block_5_add'] }), 'CUT_UNKNOWN'],
    ['no common cut', () => ({ a: best(), b: { kind: 'backbone', backbone: 'cbr_tiny' } as const }), 'INPUT_INVALID'],
    ['no images', () => ({ a: random(0), b: random(1) }), 'INPUT_INVALID'],
    ['an unknown run', () => ({ a: best(), b: { kind: 'run', run: 'none' } as const }), 'RUN_UNKNOWN'],
    ['an unknown source', () => ({ a: best(), b: { ...random(0), source: 'none there' } }), 'SOURCE_UNKNOWN'],
  ])('refuses %s', async (_what, input, code) => {
    await expect(engine.call('similarity.compare', input())).rejects.toMatchObject({ code });
  });

  it('movement: how far each layer went from its start', async () => {
    const { nodes, blocks, epoch } = await engine.call('similarity.movement', { run });
    const summary = await engine.call('run.get', { id: run });
    expect(epoch).toBe(summary.bestEpoch);
    expect(nodes.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(summary.parameters);
    expect(blocks.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(summary.parameters);
    for (const { relativeDistance, cosine } of blocks) {
      expect(relativeDistance).toBeGreaterThan(0);
      expect(relativeDistance).toBeLessThan(1);
      expect(cosine).toBeGreaterThan(0.9);
    }
    expect(blocks.at(-1)!.name).toBe('head');
  });
});
