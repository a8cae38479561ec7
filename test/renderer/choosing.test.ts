// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { SourceSummary } from '../../src-main/contract/source.ts';
import LabelOptions from '../../src-renderer/features/data/LabelOptions.vue';
import NetworkOffers from '../../src-renderer/features/network/NetworkOffers.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
import { useSettings } from '../../src-renderer/features/train/settingsStore.ts';
import { shown } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

// What is chosen brings with it what belongs to it, and nothing of what was chosen before.

it('another backbone brings its suggested cut', async () => {
  const pinia = windowWith({});
  const network = useNetwork();
  const table = shown(NetworkOffers, pinia);
  await table.press('All');
  await table.tick(/^ResNet-34/);
  expect(network.backbone).toBe('resnet34');
  const suggested = network.cutIndex;
  network.cutIndex = 0;
  await table.tick(/^ResNet-18/);
  expect([network.backbone, network.cut?.name]).toEqual(['resnet18', 'layer3.1']);
  await table.tick(/^ResNet-34/);
  expect(network.cutIndex).toBe(suggested);
  await table.enter('input[type=search]', 'alex');
  await table.tick(/^AlexNet/);
  expect(network.summary?.family).toBe('AlexNet');
});

it('dense layers are cuts with weights that have them, and images that fit', async () => {
  const source = (name: string, parameters: number): SourceSummary => ({
    ...{ name, backbone: 'vgg16_keras', parameters, file: '/w.h5', format: 'keras-h5', sha256: '', bytes: 1 },
    ...{ addedAt: '2026-11-29T10:00:00Z', matched: 26, missing: 0, catalogue: null, preprocessing: null, origin: null },
  });
  const listed = [source('notop', 14_714_688), source('whole', 138_357_544 - 4_097_000)];
  windowWith({ 'source.list': () => listed, 'catalogue.list': () => [] });
  const network = useNetwork();
  await network.refresh();
  network.choose('vgg16_keras');
  expect([network.source, network.cuts.at(-1)!.name]).toEqual(['notop', 'block5_pool']);
  expect(network.aboutDense).toContain('“notop” have no dense layers');
  network.cutIndex = network.cuts.length - 1;
  expect([network.whole, network.planned.strategy]).toEqual([true, 'full']);

  network.source = 'whole';
  expect(network.cuts.slice(-2).map(({ name, block }) => [name, block])).toEqual([
    ['fc1_relu', 'dense'],
    ['fc2_relu', 'dense'],
  ]);
  expect([network.cut!.name, network.whole]).toEqual(['block5_pool', true]);
  network.cutIndex = network.cuts.length - 1;
  expect(network.planned).toMatchObject({ strategy: 'truncated', cut: 'fc2_relu' });
  expect(network.truncated).toEqual(network.full);
  expect(network.aboutDense).toContain('needs no pooling');

  // With other weights or images it waits, and comes back with those that fit.
  network.source = 'notop';
  expect(network.planned.cut).toBeUndefined();
  network.source = null;
  expect(network.planned.cut).toBe('fc2_relu');
  useSettings().settings.input = 96;
  expect([network.cut!.name, network.planned.cut]).toEqual(['block5_pool', undefined]);
  expect(network.aboutDense).toContain('read a map of 7 × 7, and images of 96 × 96 pixels leave one of 3 × 3');
});

it('another table brings its columns; a column that was picked stays while the table does', async () => {
  const pinia = windowWith({});
  const { form, audit } = useData();
  form.folder = '/d';
  const csvFiles = [
    { path: '/d/a.csv', columns: ['file', 'label', 'patient_id'] },
    { path: '/d/b.csv', columns: ['image_id', 'diagnosis', 'age'] },
  ];
  audit.result = { csvFiles } as never;
  const options = shown(LabelOptions, pinia);
  await options.tick(/^Labels from a table/);
  const first = { csv: '/d/a.csv', fileColumn: 'file', labelColumn: 'label', groupColumn: 'patient_id' };
  expect(form).toMatchObject(first);
  await options.choose('Patient column', 'None');
  await options.tick(/^Class = name/);
  await options.tick(/^Labels from a table/);
  expect(form).toMatchObject({ ...first, groupColumn: '' });
  await options.enter('input[list]', '/d/b.csv');
  expect(form).toMatchObject({ csv: '/d/b.csv', fileColumn: 'image_id', labelColumn: 'diagnosis', groupColumn: '*' });
  // Of one that is not known yet, nobody knows the columns.
  await options.enter('input[list]', '/d/c.csv');
  expect(form).toMatchObject({ csv: '/d/c.csv', fileColumn: 'image_id', labelColumn: 'diagnosis', groupColumn: '*' });
});
