import { expect, test } from 'vitest';
import { inspect } from '../../../src-main/backbone/inspect.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { describeProbe } from '../../../src-main/cli/text/probe.ts';
import { folderForFile, temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const workspace = folderForFile();
const data = { folder, groupPattern: '(p\\d+)_' };
const network = { kind: 'backbone', backbone: 'cbr_tiny', seed: 3 } as const;
const refusal = (of: object) => expect.objectContaining(of);

test('probes every cut of a network, and of a run before and after its training', async () => {
  await smallStudy(folder, { patients: 20, each: 2 });
  const { call, train, close } = await services(workspace);
  const events: string[] = [];
  const asked = { network, data, input: 32, folds: 3 };
  const report = await call('probe.sweep', asked, ({ doing }) => events.push(doing));
  expect(new Set(events)).toEqual(new Set(['reading', 'pass', 'probing']));
  // A fifth of the patients of each class is what a run would be tested on.
  expect(report).toMatchObject({ images: 32, patients: 16, leftOut: { test: 8, limit: 0 }, classes: ['a', 'b'] });
  const { cuts } = inspect(findBackbone(network.backbone), { classes: 2, input: 32 });
  expect(report.cuts.map(({ name, parameters, macs }) => [name, parameters, macs])).toEqual(
    cuts.map(({ name, parameters, macs }) => [name, parameters, macs]),
  );
  const text = describeProbe(report);
  expect(text).toContain('cbr_tiny, random weights, seed 3: 32 images of 16 patients, 3 folds by patient');
  expect(text).toContain(report.best);
  for (const { name } of cuts) expect(text).toContain(name);

  const { seconds, origin, ...again } = await call('probe.sweep', { ...asked, again: true });
  expect(again).toEqual({ ...report, seconds: undefined, origin: undefined });
  expect([seconds, origin]).not.toEqual([report.seconds, report.origin]);
  const other = await call('probe.sweep', { ...asked, network: { ...network, seed: 4 } });
  expect(other.cuts.map(({ logMe }) => logMe)).not.toEqual(report.cuts.map(({ logMe }) => logMe));

  const fewer = await call('probe.sweep', { ...asked, split: { validation: 0.15, test: 0 }, limit: 22 });
  expect(fewer.leftOut).toEqual({ test: 0, limit: 40 - fewer.images });
  expect(fewer.images).toBeLessThanOrEqual(22);
  expect(fewer.images).toBe(2 * fewer.patients);

  const run = await train(tinyPlan(folder, { epochs: 1, learningRate: 1e-2 }));
  await run.end;
  await call('run.openTest', { id: run.id });
  const probe = (at: 'initial' | 'best', more = {}) =>
    call('probe.sweep', { network: { kind: 'run', run: run.id, at }, folds: 3, ...more });
  const [before, after] = [await probe('initial'), await probe('best')];
  // Validation and test: a quarter of the patients each.
  expect(before).toMatchObject({ images: 24, patients: 12 });
  // Nothing in the names 'a' and 'b' says which of them is the finding.
  expect(before.warnings.map(({ code }) => code)).toEqual(['POSITIVE_UNCERTAIN']);
  expect(before.cuts.at(-1)!.name).toBe('block_2_add');
  expect(after.cuts.map(({ logMe }) => logMe)).not.toEqual(before.cuts.map(({ logMe }) => logMe));
  const seen = await probe('best', { data });
  expect(seen.warnings.map(({ code }) => code)).toEqual(['SEEN_IN_TRAINING', 'POSITIVE_UNCERTAIN']);
  await close();
}, 60_000);

test('what cannot be probed is refused, saying what would work', async () => {
  const { call, close } = await services(temporaryFolder());
  const small = temporaryFolder();
  await smallStudy(small, { patients: 10 });
  const asked = { network, data: { folder: small, groupPattern: '(p\\d+)_' }, input: 32 };
  await expect(call('probe.sweep', { ...asked, folds: 8 })).rejects.toEqual(
    refusal({ code: 'TOO_FEW_GROUPS', remedy: 'What works with these images: 2, 3, 4 folds.' }),
  );
  const drawn = { ...asked, folds: 4, limit: 10, split: { validation: 0.15, test: 0 } };
  await expect(call('probe.sweep', drawn)).rejects.toEqual(
    refusal({ code: 'TOO_FEW_GROUPS', remedy: 'Take more than 10 images, or fewer folds.' }),
  );
  await expect(call('probe.sweep', { network, input: 32 })).rejects.toEqual(refusal({ code: 'INPUT_INVALID' }));
  const unknown = { kind: 'backbone', backbone: 'resnet5' } as const;
  await expect(call('probe.sweep', { ...asked, network: unknown })).rejects.toEqual(
    refusal({ code: 'BACKBONE_UNKNOWN' }),
  );
  const controller = new AbortController();
  const cancelled = call('probe.sweep', { ...asked, folds: 2 }, () => controller.abort(), controller.signal);
  await expect(cancelled).rejects.toThrow();
  await close();
}, 60_000);
