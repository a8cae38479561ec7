import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';
import { folderForFile } from '../support/folder.ts';
import { LONG } from '../support/long.ts';
import { sharedData } from '../support/shared.ts';
import { json } from './support/cutpoint.ts';

const weights = sharedData('pretrained', 'mobilenet_v2_imagenet');
const workspace = ['--workspace', join(folderForFile(), 'workspace')];
const network = ['--backbone', 'mobilenet_v2_keras', '--source', 'imagenet', '--cut', 'block_9_add', '--epochs', '5'];

beforeAll(async () => {
  if (!weights) return;
  const file = readdirSync(weights).find((name) => name.endsWith('.h5'))!;
  const added = await json(contract['source.add'].output, [
    ...['source', 'add', join(weights, file), '--backbone', 'mobilenet_v2_keras', '--name', 'imagenet'],
    ...workspace,
  ]);
  // Trainable parameters, as README.md of the data has them (2,257,984) less the 34,112 moving statistics.
  expect(added.source.parameters).toBe(2_223_872);
  expect(added.report).toMatchObject({ missing: [], mismatched: [], unexpected: [] });
});

/** Trains with the default settings but for `args`, and says how it went. */
async function train(folder: string, ...args: string[]): Promise<RunSummary & { minutes: number }> {
  const started = performance.now();
  const run = await json(contract['run.get'].output, [
    ...['train', '--data', folder, ...network, ...args, '--open-test', 'how good the network is'],
    ...workspace,
  ]);
  const minutes = (performance.now() - started) / 60_000;
  const { auroc, auprc } = run.test!.metrics;
  const numbers = `AUROC ${auroc!.toFixed(4)}, AUPRC ${auprc!.toFixed(4)} on ${run.test!.images} test images`;
  console.log(`${folder}: ${numbers}, ${minutes.toFixed(1)} min with ${String(run.engine)}`);
  expect(run.epochs.length).toBeLessThanOrEqual(5);
  const half = run.epochs.map(({ liveTensors }) => liveTensors);
  expect(half[4]).toBe(half[1]);
  return { ...run, minutes };
}

const cells = sharedData('blood_cells');
test.skipIf(!weights || !cells)('blood_cells: macro one-versus-rest AUROC of at least 0.99 in 5 minutes', async () => {
  const labels = ['--labels', join(cells!, 'labels.csv'), '--group-column', 'group'];
  // Twice the size of the images is no gain: 80 × 80 pixels.
  const run = await train(cells!, ...labels, '--input', '96');
  expect(run.classes).toEqual(['Platelets', 'RBC', 'WBC']);
  expect(run.test!.metrics.auroc).toBeGreaterThanOrEqual(0.99);
  expect(run.minutes).toBeLessThan(5);
  const record = await json(contract['model.export'].output, [
    ...['export', run.id, '--format', 'onnx', '--out', join(workspace[1]!, 'cells.onnx')],
    ...workspace,
  ]);
  expect(record.parity.images).toBe(32);
  expect(record.parity.largestDifference).toBeLessThanOrEqual(1e-4);
});

const chests = sharedData('dicom_cxr');
test.runIf(LONG && weights && chests)('dicom_cxr: AUROC of at least 0.95, patients from the DICOM files', async () => {
  const report = await json(contract['data.audit'].output, ['audit', chests!, ...workspace]);
  expect(report).toMatchObject({ images: 168, groups: 168, groupSource: 'dicom', problems: [], obstacles: [] });
  const run = await train(chests!);
  expect(run.test!.metrics.auroc).toBeGreaterThanOrEqual(0.95);
});
