import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { numbersOf, services, tinyPlan } from './inProcess.ts';

const activationsIn = (workspace: string) =>
  readdirSync(join(workspace, 'cache')).filter((name) => name.endsWith('.activations'));

it('layer-wise fine-tuning trains, shares what is frozen, is killed and resumed to the same numbers, tested and exported', async () => {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  await smallStudy(study, { patients: 16, each: 3 });
  const plan = tinyPlan(study, { strategy: 'layerwise', cut: 'block_15_add', frozenVariants: 2, epochs: 3 });

  const calm = join(folder, 'calm');
  const first = await services(calm);
  const { disk } = await first.call('run.estimate', { plan });
  const alone = await first.opened(await (await first.train(plan)).end);
  expect(alone).toMatchObject({ status: 'completed', error: null });
  // Two augmented variants, and the images as they are.
  const stored = activationsIn(calm);
  expect(stored.length).toBe(3);
  // What was estimated: decoded images, and beside the values of each record an index and a checksum.
  const bytes = stored.reduce((sum, name) => sum + statSync(join(calm, 'cache', name)).size, 0);
  const { train, validation, test } = alone.split!;
  const records = 3 * train.images + validation.images + test.images;
  expect(disk.cache).toBe(48 * 32 * 32 * 3 + bytes - 8 * records);
  // Another run with the same frozen layers finds them.
  const other = await (await first.train({ ...plan, learningRate: 1e-2 })).end;
  expect(other.status).toBe('completed');
  expect(activationsIn(calm)).toEqual(stored);
  const evaluated = await first.call('run.evaluate', { id: alone.id, data: { folder: study } });
  expect(evaluated.images).toBe(48);
  const out = join(folder, 'model.onnx');
  const { parity } = await first.call('model.export', { id: alone.id, format: 'onnx', out, latency: false });
  expect(parity.largestDifference).toBeLessThanOrEqual(1e-4);
  await first.close();

  const workspace = join(folder, 'workspace');
  const script = join(import.meta.dirname, 'fixtures/trainAndDie.ts');
  const args = [script, workspace, JSON.stringify(plan)];
  const { stdout: id, signal } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(signal).toBe('SIGKILL');
  const second = await services(workspace);
  const run = await second.call('run.get', { id });
  expect(run).toMatchObject({ status: 'interrupted', epochs: [] });
  const resumed = await second.follow(await second.call('run.resume', { id: run.id })).end;
  expect(resumed.status).toBe('completed');
  expect(numbersOf(await second.opened(resumed))).toEqual(numbersOf(alone));
  await second.close();
});
