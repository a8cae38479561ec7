import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspect } from '../../../../src-main/backbone/inspect.ts';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import { folderForFile } from '../../../support/folder.ts';
import { smallStudy } from '../../../support/pictures.ts';
import { services, tinyPlan } from '../inProcess.ts';

const folder = folderForFile();
const workspace = folderForFile();
const data = { folder, groupPattern: '(p\\d+)_' };
const backbone = 'cbr_tiny';
const asked = { data, input: 32, folds: 2 };
const network = { kind: 'backbone', backbone, seed: 0 } as const;
const refusal = (of: object) => expect.objectContaining(of);
const cuts = inspect(findBackbone(backbone), { classes: 2, input: 32 }).cuts.map(({ name }) => name);
const end = cuts.at(-1)!;

let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  await smallStudy(folder, { patients: 16, each: 3 });
  engine = await services(workspace);
});
afterAll(() => engine.close());

const train = async (cut: string, { seed = 0, epochs = 1 } = {}) =>
  (await engine.train(tinyPlan(folder, { backbone, cut, seed, epochs }))).end;

test('estimates are measured at every cut where they are asked for, and LEEP where a run has its classifier', async () => {
  const plain = await engine.call('probe.sweep', { network, ...asked });
  expect(plain.cuts.every(({ estimates }) => estimates === undefined)).toBe(true);
  expect(plain.seconds.estimates).toBeUndefined();
  const found = await engine.call('probe.sweep', { network, ...asked, estimates: true });
  expect(found.cuts.map(({ estimates: _own, ...rest }) => rest)).toEqual(plain.cuts);
  for (const { estimates } of found.cuts) {
    expect(estimates!.nLeep).toBeLessThanOrEqual(0);
    expect(Math.abs(estimates!.parc!)).toBeLessThanOrEqual(1);
    expect(estimates!.leep).toBeNull();
  }
  const run = await train(end, { epochs: 2 });
  const state = (at: 'best' | 'initial') => ({ network: { kind: 'run', run: run.id, at } as const, ...asked });
  const [after, before] = [
    await engine.call('probe.sweep', { ...state('best'), estimates: true }),
    await engine.call('probe.sweep', { ...state('initial'), estimates: true }),
  ];
  expect(after.cuts.map(({ estimates }) => estimates!.leep !== null)).toEqual(
    after.cuts.map(({ name }) => name === end),
  );
  expect(after.cuts.at(-1)!.estimates!.leep).toBeLessThan(0);
  expect(before.cuts.every(({ estimates }) => estimates!.leep === null)).toBe(true);
}, 60_000);

test('how the estimates ranked the cuts is measured by runs on the same images with the same settings', async () => {
  const probe = await engine.call('probe.sweep', { network, ...asked, estimates: true });
  const from = { kind: 'job', id: probe.origin!.job } as const;
  const trained = cuts.slice(0, 4);
  expect(cuts.length).toBeGreaterThan(4);
  const runs = [];
  for (const cut of trained) runs.push(await train(cut));
  const second = await train(trained[0]!, { seed: 1 });
  // Of other settings, and of other images: neither says how these rank.
  await (
    await engine.train(tinyPlan(folder, { backbone, cut: cuts.at(-1)!, epochs: 1, learningRate: 1e-4 }))
  ).end;
  await (
    await engine.train(tinyPlan(folder, { backbone, cut: cuts.at(-1)!, epochs: 1, input: 48 }))
  ).end;

  const { rankings } = await engine.call('transferability.correlation', { from });
  expect(rankings.map(({ over, against }) => [over, against])).toEqual([
    ['cuts', 'fineTuned'],
    ['cuts', 'probe'],
  ]);
  const [tuned, probed] = rankings;
  expect(tuned!.items.map(({ name }) => name)).toEqual(trained);
  expect(tuned!.items[0]!.runs.toSorted()).toEqual([runs[0]!.id, second.id].toSorted());
  const aurocs = [runs[0]!, second].map(({ epochs }) => epochs[0]!.validationAuroc!);
  expect(tuned!.items[0]!.measured).toBeCloseTo((aurocs[0]! + aurocs[1]!) / 2, 5);
  expect([tuned!.runs, tuned!.epochs]).toEqual([5, 1]);
  expect(probed!.items.map(({ measured }) => measured)).toEqual(probe.cuts.map(({ auroc }) => auroc.mean));
  for (const { agreements } of rankings)
    expect(agreements.map(({ estimate }) => estimate)).toEqual(['logMe', 'hScore', 'nLeep', 'parc']);
  const kendall = (of: number): number => {
    const values = probe.cuts.slice(0, 4).map(({ logMe }) => logMe);
    const measured = tuned!.items.map((item) => item.measured);
    let [sum, tied] = [0, 0];
    for (let i = 0; i < of; i++)
      for (let j = 0; j < i; j++) {
        sum += Math.sign(values[i]! - values[j]!) * Math.sign(measured[i]! - measured[j]!);
        tied += measured[i] === measured[j] ? 1 : 0;
      }
    return sum / Math.sqrt(6 * (6 - tied));
  };
  const [logMe] = tuned!.agreements;
  expect(logMe!.n).toBe(4);
  // With four cuts, no order of them is rare enough.
  expect(logMe!.verdict).toBe(logMe!.kendall === null ? 'unknown' : 'noGround');
  if (logMe!.kendall) expect(logMe!.kendall.value).toBeCloseTo(kendall(4), 10);
}, 120_000);

test('sources are estimated side by side on the same images, and compared with runs that started from them', async () => {
  const run = await train(end, { epochs: 2 });
  const sources = [{ kind: 'random' }, { kind: 'random', seed: 1 }, { kind: 'run', run: run.id }] as const;
  const places: string[] = [];
  const report = await engine.call(
    'transferability.sources',
    { backbone, sources: [...sources], cut: end, ...asked },
    ({ position, of }) => places.push(`${position} of ${of}`),
  );
  expect(new Set(places)).toEqual(new Set(['1 of 3', '2 of 3', '3 of 3']));
  expect(report.rows.map(({ cut }) => cut)).toEqual(Array.from({ length: 3 }, () => end));
  expect(report.rows.map(({ estimates }) => estimates.leep !== null)).toEqual([false, false, true]);
  expect(report.warnings.map(({ code }) => code)).toContain('SEEN_IN_TRAINING');
  await engine.call('source.fromRun', { run: run.id, name: 'mine' });
  const own = { backbone, sources: [{ kind: 'source' as const, name: 'mine' }], cut: end, ...asked };
  const { train: trained, validation } = run.split!;
  expect((await engine.call('transferability.sources', own)).warnings).toContainEqual({
    code: 'SEEN_IN_TRAINING',
    message: expect.stringContaining(
      `${trained.images + validation.images} of the 48 images are among those that the source ‘mine’`,
    ),
  });
  // The first is what a probe of the network at that cut finds.
  const probe = await engine.call('probe.sweep', { network, ...asked, estimates: true });
  const { estimates, logMe, hScore, auroc } = probe.cuts.find(({ name }) => name === end)!;
  expect(report.rows[0]).toMatchObject({ estimates, logMe, hScore, auroc });

  const { rankings } = await engine.call('transferability.correlation', {
    from: { kind: 'job', id: report.origin!.job },
  });
  // Runs started from one of them alone: there is nothing to rank but the probes.
  expect(rankings.map(({ over, against }) => [over, against])).toEqual([['sources', 'probe']]);
  expect(rankings[0]!.agreements.find(({ estimate }) => estimate === 'leep')).toMatchObject({
    n: 1,
    verdict: 'unknown',
  });
  const again = await engine.call('transferability.sources', { backbone, sources: [...sources], cut: end, ...asked }); // prettier-ignore
  expect(again.origin).toMatchObject({ found: true, job: report.origin!.job });
}, 60_000);

test('runs that started from the sources themselves say how the estimates ranked them', async () => {
  const named = 'mobilenet_v2_050_keras';
  const cut = 'block_2_add';
  const start = async (source: string | null, changes = {}) =>
    (await engine.train(tinyPlan(folder, { backbone: named, cut, source, epochs: 1, ...changes }))).end;
  const [pretrained, random] = [await start('formula-pictures'), await start(null)];
  // The same weights set aside for random values, and those of another cut.
  const aside = await start('formula-pictures', { initialisation: 'random', seed: 1 });
  await start('formula-pictures', { cut: 'block_5_add' });
  const report = await engine.call('transferability.sources', {
    ...{ backbone: named, cut, sources: [{ kind: 'random' }, { kind: 'source', name: 'formula-pictures' }] },
    ...asked,
  });
  const { rankings } = await engine.call('transferability.correlation', {
    from: { kind: 'job', id: report.origin!.job },
  });
  expect(rankings.map(({ over, against }) => [over, against])).toEqual([['sources', 'fineTuned']]);
  const [{ items, agreements, runs }] = rankings as [(typeof rankings)[number]];
  expect(items.map(({ name, runs: own }) => [name, own.toSorted()])).toEqual([
    ['random weights', [random.id, aside.id].toSorted()],
    ['formula-pictures', [pretrained.id]],
  ]);
  expect(runs).toBe(3);
  expect(agreements.map(({ n, verdict }) => [n, verdict])).toEqual(agreements.map(() => [2, 'unknown']));
}, 60_000);

test('what cannot be compared is refused before anything is computed', async () => {
  const { id } = await train(end, { epochs: 2 });
  const compare = (sources: object[], more = {}) =>
    engine.call('transferability.sources', { backbone, sources: sources as never, ...asked, ...more });
  await expect(compare([{ kind: 'random' }, { kind: 'random' }])).rejects.toEqual(
    refusal({ code: 'INPUT_INVALID', message: 'The source random weights is named twice.' }),
  );
  await expect(compare([{ kind: 'source', name: 'nowhere' }])).rejects.toEqual(refusal({ code: 'SOURCE_UNKNOWN' }));
  await expect(compare([{ kind: 'random' }], { cut: 'nowhere' })).rejects.toEqual(refusal({ code: 'CUT_UNKNOWN' }));
  await expect(compare([{ kind: 'run', run: id }], { backbone: 'resnet18' })).rejects.toEqual(
    refusal({ code: 'INPUT_INVALID' }),
  );
  await expect(engine.call('transferability.correlation', { from: { kind: 'job', id: 'nowhere' } })).rejects.toEqual(
    refusal({ code: 'JOB_UNKNOWN' }),
  );
});
