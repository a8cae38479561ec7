import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CutpointError, type ErrorCode } from '../../../src-main/contract/errors.ts';
import type { EpochRecord } from '../../../src-main/contract/run.ts';
import type { Evaluation } from '../../../src-main/contract/evaluation.ts';
import type { SplitName } from '../../../src-main/engine/data/types.ts';
import { openWorkspace, type OwnWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

function open(folder = temporaryFolder()): OwnWorkspace {
  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  return workspace;
}

function thrown(work: () => unknown): CutpointError {
  try {
    work();
  } catch (error) {
    if (error instanceof CutpointError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const code = (work: () => unknown): ErrorCode => thrown(work).code;

const plan = { data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' };
const newRun = { plan, classes: ['benign', 'malignant'], parameters: 683_074, macs: 1_234_567 };

const epoch = (number: number): EpochRecord => ({
  epoch: number,
  stage: 'fine-tuning',
  trainLoss: 1 / number,
  validationLoss: 0.1 + 0.2,
  validationAuroc: 0.9,
  validationAuprc: null,
  validationAccuracy: 0.5,
  validationBalancedAccuracy: 0.5,
  learningRate: 1e-4,
  seconds: 1.5,
  liveTensors: 321,
});

const evaluation = (run: string, on: 'test' | 'data'): Evaluation => ({
  run,
  on,
  images: 4,
  groups: 2,
  classes: ['benign', 'malignant'],
  problems: [],
  metrics: {
    auroc: 0.75,
    auprc: null,
    accuracy: 0.5,
    balancedAccuracy: 0.5,
    sensitivity: 1,
    specificity: 0,
    loss: 0.7,
    perClass: [],
    confusionMatrix: [
      [0, 2],
      [0, 2],
    ],
  },
});

const everyFile = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

describe('datasets', () => {
  test('a dataset comes back as it was, under an id that stands for exactly these images', () => {
    const { store } = open();
    const dataset = exampleDataset();
    const id = store.datasets.save(dataset);
    expect(store.datasets.load(id)).toEqual(dataset);
    expect(store.datasets.save(dataset)).toBe(id);
    expect(store.datasets.save(exampleDataset({ folder: '/elsewhere' }))).not.toBe(id);
    const renamed = exampleDataset();
    renamed.images[0]!.file = 'benign/a-renamed-file.png';
    expect(store.datasets.save(renamed)).not.toBe(id);
    expect(store.datasets.load(id)).toEqual(dataset);
  });

  test('a patient identifier in place of its salted hash is refused, and no byte of it reaches the disk', () => {
    const workspace = open();
    const planted = 'PLANTED-PATIENT-4711-Doe';
    const dataset = exampleDataset();
    dataset.images[3]!.group = planted;
    expect(() => workspace.store.datasets.save(dataset)).toThrow(/CHECK constraint/);
    workspace.store.datasets.save(exampleDataset());
    workspace.close();
    const files = everyFile(workspace.folder);
    expect(files.some((bytes) => bytes.includes(exampleDataset().images[0]!.group))).toBe(true);
    expect(files.some((bytes) => bytes.includes(planted))).toBe(false);
  });
});

describe('runs', () => {
  test('a new run is queued, its plan complete, its id sorted by time', () => {
    const { store } = open();
    const run = store.runs.create(newRun);
    expect(run.id).toMatch(/^\d{8}-\d{6}-[2-9a-z]{4}$/);
    expect(run).toMatchObject({ status: 'queued', finishedAt: null, bestEpoch: null, split: null, epochs: [] });
    expect(run.plan).toMatchObject({ ...plan, batch: 16, optimiser: { kind: 'adam' } });
    expect(store.runs.get(run.id)).toEqual(run);
  });

  test('a plan that breaks the contract is not stored', () => {
    const { store } = open();
    expect(() => store.runs.create({ ...newRun, plan: { ...plan, epochs: 0 } })).toThrow(/epochs/);
    expect(store.runs.list()).toEqual([]);
  });

  test('a run trains while it is running, not while it waits, pauses or is over', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    const trains = (['queued', 'running', 'paused', 'running', 'completed'] as const).map((status) => {
      store.runs.setStatus(id, status);
      return store.runs.someTrains();
    });
    expect(trains).toEqual([false, true, false, true, false]);
  });

  test('the status carries error and engine; going on clears the error', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    store.runs.setStatus(id, 'running', { engine: 'tensorflow' });
    store.runs.setStatus(id, 'failed', { error: { code: 'OUT_OF_MEMORY', message: 'Too large.' } });
    expect(store.runs.get(id)).toMatchObject({
      status: 'failed',
      engine: 'tensorflow',
      error: { message: 'Too large.' },
    });
    expect(store.runs.get(id).finishedAt).not.toBeNull();
    store.runs.setStatus(id, 'running');
    expect(store.runs.get(id)).toMatchObject({
      status: 'running',
      error: null,
      finishedAt: null,
      engine: 'tensorflow',
    });
  });

  test('an unknown run names the ones there are', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    for (const work of [() => store.runs.get('x'), () => store.runs.setStatus('x', 'running')]) {
      expect(thrown(work)).toMatchObject({ code: 'RUN_UNKNOWN', details: { valid: [id] } });
      expect(thrown(work).remedy).toContain(id);
    }
  });

  test('runs that a dead engine left in the middle are interrupted at the next start; finished ones are not', () => {
    const first = open();
    const ids = (['queued', 'running', 'paused', 'completed', 'failed', 'stopped'] as const).map((status) => {
      const { id } = first.store.runs.create(newRun);
      first.store.runs.setStatus(id, status);
      return id;
    });
    first.close();
    const second = open(first.folder);
    expect(ids.map((id) => second.store.runs.get(id).status)).toEqual([
      'interrupted',
      'interrupted',
      'interrupted',
      'completed',
      'failed',
      'stopped',
    ]);
  });
});

describe('splits', () => {
  const prepared = (store: OwnWorkspace['store']) => {
    const dataset = exampleDataset();
    const { id } = store.runs.create(newRun);
    store.runs.setDataset(id, store.datasets.save(dataset), null);
    const names: SplitName[] = ['train', 'train', 'train', 'train', 'validation', 'test'];
    const split = new Map(dataset.images.map((image, index) => [image.file, names[Math.floor(index / 2)]!]));
    return { id, dataset, split };
  };

  test('a split comes back in the order of the dataset, counted in images and patients', () => {
    const { store } = open();
    const { id, split } = prepared(store);
    store.splits.save(id, [...split].reverse());
    expect([...store.splits.load(id)]).toEqual([...split]);
    expect(store.runs.get(id).split).toEqual({
      train: { images: 8, groups: 4 },
      validation: { images: 2, groups: 1 },
      test: { images: 2, groups: 1 },
    });
  });

  test('with a test set of its own, that is what the test counts say', () => {
    const { store } = open();
    const { id, dataset, split } = prepared(store);
    const apart = store.datasets.save(exampleDataset({ patients: 5, folder: '/test' }));
    store.runs.setDataset(id, store.datasets.save(dataset), apart);
    store.splits.save(id, split);
    expect(store.runs.get(id).split?.test).toEqual({ images: 10, groups: 5 });
    expect(store.runs.datasets(id).test).toBe(apart);
  });

  test('once fixed, neither split nor dataset of a run can change', () => {
    const { store } = open();
    const { id, dataset, split } = prepared(store);
    store.splits.save(id, split);
    store.splits.save(id, split);
    const other = new Map(split).set(dataset.images[0]!.file, 'test');
    expect(() => store.splits.save(id, other)).toThrow(/already fixed/);
    const another = store.datasets.save(exampleDataset({ folder: '/other' }));
    const { dataset: own } = store.runs.datasets(id);
    expect(() => store.runs.setDataset(id, another, null)).toThrow(/already fixed/);
    expect(() => store.runs.setDataset(id, own!, another)).toThrow(/already fixed/);
    store.runs.setDataset(id, own!, null);
    expect([...store.splits.load(id)]).toEqual([...split]);
  });

  test('a file that the dataset does not have is refused, and no half split stays', () => {
    const { store } = open();
    const { id, split } = prepared(store);
    expect(() => store.splits.save(id, [...split, ['nowhere.png', 'test']])).toThrow(/no image nowhere.png/);
    expect(store.splits.load(id).size).toBe(0);
  });
});

describe('epochs', () => {
  test('last, best and all epochs, to the last bit', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    expect(store.epochs.last(id)).toBeNull();
    expect(store.epochs.best(id)).toBeNull();
    for (const n of [1, 2, 3])
      store.epochs.add(id, epoch(n), { checkpoint: `epoch-${n}.safetensors`, crc32: 1, isBest: n !== 3 });
    expect(store.epochs.last(id)).toEqual({ record: epoch(3), checkpoint: 'epoch-3.safetensors', crc32: 1 });
    expect(store.epochs.best(id)).toEqual({ record: epoch(2), checkpoint: 'epoch-2.safetensors', crc32: 1 });
    expect(store.runs.get(id)).toMatchObject({ bestEpoch: 2, epochs: [epoch(1), epoch(2), epoch(3)] });
  });

  test('an epoch is stored once, and never without its run', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    store.epochs.add(id, epoch(1), { checkpoint: 'a', crc32: 1, isBest: true });
    expect(() => store.epochs.add(id, epoch(1), { checkpoint: 'b', crc32: 1, isBest: true })).toThrow(/UNIQUE/);
    expect(() => store.epochs.add('nobody', epoch(1), { checkpoint: 'b', crc32: 1, isBest: true })).toThrow(
      /FOREIGN KEY/,
    );
    expect(store.epochs.last(id)?.checkpoint).toBe('a');
  });
});

describe('predictions and evaluations', () => {
  test('predictions keep order and every bit of their probabilities, one list per set', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    const rows = ['b.png', 'a.png'].map((file, label) => ({
      file,
      label,
      probabilities: new Float32Array([0.1, 0.9]),
    }));
    store.predictions.save(id, 'validation', rows);
    store.predictions.save(id, 'data:abc', rows.slice(0, 1));
    expect(store.predictions.load(id, 'validation')).toEqual(rows);
    expect(store.predictions.load(id, 'test')).toEqual([]);
    store.predictions.save(id, 'validation', rows.slice(1));
    expect(store.predictions.load(id, 'validation')).toEqual(rows.slice(1));
    expect(store.predictions.load(id, 'data:abc')).toEqual(rows.slice(0, 1));
  });

  test('the evaluation on the test split is part of the run, once it was opened; one on other data is not', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    store.evaluations.save(id, evaluation(id, 'data'), 'data:abc');
    expect(store.runs.get(id).test).toBeNull();
    store.evaluations.save(id, evaluation(id, 'test'));
    expect(store.runs.get(id)).toMatchObject({ test: null, sealed: true });
    store.runs.openTest(id);
    expect(store.runs.get(id).test).toEqual(evaluation(id, 'test'));
    expect(store.evaluations.load(id, 'data:abc')).toEqual(evaluation(id, 'data'));
    expect(() => store.evaluations.save(id, evaluation(id, 'data'))).toThrow(/is not test/);
  });
});

test('a better epoch after the test removes the numbers of the model before; a worse one leaves them', () => {
  const { store } = open();
  const { id } = store.runs.create(newRun);
  const rows = [{ file: 'a.png', label: 0, probabilities: new Float32Array([0.1, 0.9]) }];
  store.epochs.add(id, epoch(1), { checkpoint: 'a', crc32: 1, isBest: true });
  store.predictions.save(id, 'validation', rows);
  store.predictions.save(id, 'test', rows);
  store.evaluations.save(id, evaluation(id, 'test'));
  store.runs.openTest(id);
  store.epochs.add(id, epoch(2), { checkpoint: 'b', crc32: 1, isBest: false });
  expect(store.runs.get(id).test).toEqual(evaluation(id, 'test'));
  store.epochs.add(id, epoch(3), { checkpoint: 'c', crc32: 1, isBest: true });
  expect(store.runs.get(id).test).toBeNull();
  expect(store.predictions.load(id, 'test')).toEqual([]);
  expect(store.predictions.load(id, 'validation')).toEqual(rows);
});

describe('sources, exports, log', () => {
  const source = {
    name: 'ImageNet',
    backbone: 'resnet18',
    file: '/w/resnet18.h5',
    format: 'h5',
    sha256: 'ab',
    bytes: 9,
    addedAt: '2026-01-01T00:00:00.000Z',
    matched: 62,
    missing: 3,
    parameters: 62,
    catalogue: 'resnet18-imagenet',
    preprocessing: { mean: [0.5, 0.5, 0.5] as [number, number, number], std: [1, 1, 1] as [number, number, number] },
    origin: null,
  };

  test('a source name is taken once, whatever its case; an unknown one names those there are', () => {
    const { store } = open();
    store.sources.add(source, { weightsFile: 'imagenet.safetensors', crc32: 7 });
    expect(store.sources.list()).toEqual([source]);
    expect(store.sources.get('imagenet')).toEqual({ ...source, weightsFile: 'imagenet.safetensors', crc32: 7 });
    expect(code(() => store.sources.add({ ...source, name: 'IMAGENET' }, { weightsFile: 'x', crc32: 7 }))).toBe(
      'SOURCE_EXISTS',
    );
    expect(thrown(() => store.sources.get('radimagenet'))).toMatchObject({
      code: 'SOURCE_UNKNOWN',
      remedy: 'Sources in this workspace: ImageNet.',
    });
  });

  test('exports of a run', () => {
    const { store } = open();
    const [a, b] = [store.runs.create(newRun).id, store.runs.create(newRun).id];
    const record = {
      run: a,
      format: 'onnx' as const,
      path: '/out/model.onnx',
      bytes: 10,
      sha256: 'cd',
      createdAt: '2026-01-01T00:00:00.000Z',
      parity: {
        images: 32,
        largestDifference: 1e-6,
        meanDifference: 1e-7,
        changedDecisions: 0,
        runtime: 'onnxruntime-node 1.30.0',
        wholePath: null,
      },
      stored: { images: 32, largestDifference: 2e-7, tolerance: 1e-4, changedDecisions: 0 },
      options: { precision: 'float16' as const, foldBatchNorm: true, anySize: false },
      certificate: '/out/model.onnx.certificate.json',
      card: '/out/model.onnx.card.md',
      latency: null,
      effect: {
        on: 'test' as const,
        images: 40,
        auroc: { before: 0.9, after: null },
        accuracy: { before: 0.8, after: 0.7 },
        changedDecisions: 4,
      },
    };
    store.exports.add(record);
    store.exports.add({ ...record, run: b, format: 'tfjs' });
    expect(store.exports.list(a)).toEqual([record]);
    expect(store.exports.list()).toHaveLength(2);
    const rows = [{ network: 'exported' as const, batch: 1, milliseconds: 2.5 }];
    const latency = { runtime: 'onnxruntime 1.30.0', cpu: 'some', threads: 2, runs: 50, rows };
    store.exports.setLatency({ ...record, latency });
    expect(store.exports.list(a)).toEqual([{ ...record, latency }]);
    expect(store.exports.list(b)).toMatchObject([{ latency: null }]);
  });

  test('what happened is in the log, oldest first', () => {
    const { store } = open();
    const { id } = store.runs.create(newRun);
    store.runs.setStatus(id, 'running');
    // The process that trains says so once more.
    store.runs.setStatus(id, 'running', { engine: 'wasm' });
    store.log.append('run.resumed', id);
    expect(store.log.list().map(({ what, object }) => `${what} ${object}`)).toEqual([
      expect.stringMatching(/^study\.created /),
      `run.created ${id}`,
      `run.running ${id}`,
      `run.resumed ${id}`,
    ]);
  });
});
