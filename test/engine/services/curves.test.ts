import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CutCurves } from '../../../src-main/contract/cutCurves.ts';
import { foldInterval } from '../../../src-main/contract/foldInterval.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  await smallStudy(study, { patients: 16, each: 3 });
  engine = await services(join(folder, 'workspace'));
});
afterAll(() => engine.close());

const backbone = 'mobilenet_v2_keras';
const curves = (at = study): Promise<CutCurves> => engine.call('backbone.curves', { backbone, folder: at });

it('has nothing where nothing was measured', async () => {
  expect(await curves()).toEqual({ backbone, probes: [], similarities: [], runs: [], latencies: [] });
  await expect(engine.call('backbone.curves', { backbone: 'resnet51' })).rejects.toMatchObject({
    code: 'BACKBONE_UNKNOWN',
  });
});

it('has probes, similarity before and after training, and runs at their cuts', async () => {
  const { data } = tinyPlan(study);
  const network = { kind: 'backbone', backbone, source: null } as const;
  const own = await engine.call('study.create', { data });
  const probe = await engine.call('probe.sweep', { network, data, input: 32, folds: 3 });
  const truncated = await (await engine.train(tinyPlan(study, { epochs: 1 }))).end;
  const whole = await (await engine.train(tinyPlan(study, { epochs: 1, strategy: 'full', cut: undefined }))).end;
  const state = (at: 'initial' | 'best') => ({ kind: 'run' as const, run: truncated.id, at });
  const similarity = await engine.call('similarity.compare', { a: state('initial'), b: state('best') });
  // Neither a network that was trained on the images nor a matrix is a curve over the cuts.
  await engine.call('probe.sweep', { network: state('best'), folds: 2 });
  await engine.call('similarity.compare', { a: state('best'), b: state('best'), pairs: 'matrix' });

  const latency = await engine.call('backbone.latency', { backbone, input: 32, cuts: ['block_2_add'] });

  const found = await curves();
  expect(found.latencies).toEqual([
    expect.objectContaining({ job: latency.origin!.job, input: 32, cuts: latency.cuts, disturbed: false }),
  ]);
  expect(await engine.call('backbone.curves', { backbone, study: own.id })).toEqual(found);
  const other = await engine.call('study.create', { name: 'other' });
  expect(await engine.call('backbone.curves', { backbone, study: other.id })).toMatchObject({
    ...{ probes: [], similarities: [], runs: [] },
  });
  expect(found.probes).toHaveLength(1);
  expect(found.probes[0]).toMatchObject({
    from: { kind: 'job', id: probe.origin!.job },
    images: probe.images,
    folds: 3,
  });
  expect(found.probes[0]!.points).toEqual(
    probe.cuts.map(({ name, auroc, auprc, logMe, hScore }) => ({
      cut: name,
      auroc: auroc.mean,
      interval: foldInterval(auroc),
      auprc: auprc.mean,
      ...{ logMe, hScore, nLeep: null, parc: null },
    })),
  );
  expect(found.similarities).toHaveLength(1);
  expect(found.similarities[0]).toMatchObject({ job: similarity.origin!.job, run: truncated.id });
  expect(found.similarities[0]!.points).toEqual(
    similarity.pairs.map(({ a, meanSvcca, random }) => ({
      cut: a,
      svcca: meanSvcca,
      random: random.mean,
      band: random.band,
    })),
  );
  const ends = await engine.call('backbone.inspect', { backbone });
  const last = ends.cuts.at(-1)!.name;
  expect(found.runs.map(({ run, cut, strategy }) => [run, cut, strategy]).sort()).toEqual(
    [
      [truncated.id, 'block_2_add', 'truncated'],
      [whole.id, last, 'full'],
    ].sort(),
  );
  const point = found.runs.find(({ run }) => run === truncated.id)!;
  expect(point.auroc).toBeCloseTo(truncated.epochs.at(-1)!.validationAuroc!, 5);
  expect(await curves(`${study}-elsewhere`)).toMatchObject({ probes: [], similarities: [], runs: [] });
});

it('has the probes and the runs of a search', async () => {
  const base = tinyPlan(study, { cut: undefined, epochs: 1 });
  const { id } = await engine.call('comparison.start', { kind: 'search', method: 'fast', base, seeds: [0] });
  const search = await engine.call('comparison.watch', { id });
  expect(search.status).toBe('completed');
  const found = await curves();
  const own = found.probes.find(({ from }) => from.kind === 'comparison')!;
  expect(own.from.id).toBe(id);
  const { cuts } = await engine.call('backbone.inspect', { backbone });
  expect(own.points.map(({ cut }) => cut)).toEqual(cuts.map(({ name }) => name));
  const runs = search.cells.flatMap(({ run }) => run ?? []);
  expect(
    found.runs
      .filter(({ comparison }) => comparison === id)
      .map(({ run }) => run)
      .sort(),
  ).toEqual(runs.sort());
});
