// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import LabelOptions from '../../src-renderer/features/data/LabelOptions.vue';
import NetworkOffers from '../../src-renderer/features/network/NetworkOffers.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
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
