import { expect, test } from 'vitest';
import { exportOptions } from '../../src-main/contract/model.ts';
import { factsOf, latencyRows, variantOf, verdictOf } from '../../src-renderer/features/export/exports.ts';

const parity = {
  images: 32,
  largestDifference: 1e-6,
  meanDifference: 1e-7,
  changedDecisions: 0,
  runtime: 'x',
  wholePath: null,
};

test('a plain export computes the same; one of fewer bits is judged by its decisions on the test images', () => {
  const options = exportOptions.parse({});
  expect(verdictOf({ options, parity, effect: null }).words).toBe('Computes the same as this app');
  expect(variantOf(options)).toEqual([]);
  const change = { before: 0.9, after: 0.9 };
  const effect = { on: 'test' as const, images: 120, auroc: change, accuracy: change, changedDecisions: 3 };
  const int8 = exportOptions.parse({ precision: 'int8', anySize: true });
  expect(verdictOf({ options: int8, parity, effect })).toEqual({
    tone: 'attention',
    words: 'Decides differently on 3 of 120 test images',
  });
  expect(verdictOf({ options: int8, parity, effect: { ...effect, on: 'validation' } }).words).toBe(
    'Decides differently on 3 of 120 validation images',
  );
  expect(verdictOf({ options: int8, parity, effect: { ...effect, changedDecisions: 0 } }).tone).toBe('good');
  expect(variantOf(int8)).toEqual(['8-bit', 'images of any size']);
});

test('latencies stand beside those of the uncut network, batch by batch', () => {
  const row = (network: 'exported' | 'full', batch: number, milliseconds: number) => ({ network, batch, milliseconds });
  const rows = [row('full', 16, 400), row('exported', 16, 300), row('exported', 1, 21.04), row('full', 1, 30)];
  expect(latencyRows({ runtime: 'x', cpu: 'y', threads: 2, runs: 50, rows })).toEqual([
    { batch: 1, exported: '21.0 ms', full: '30.0 ms', share: '70 %' },
    { batch: 16, exported: '300 ms', full: '400 ms', share: '75 %' },
  ]);
});

test('differences have two digits, whether large or small', () => {
  const record = {
    run: 'r',
    format: 'onnx',
    path: '/m.onnx',
    bytes: 9,
    sha256: 'ab',
    createdAt: '2026-01-01T00:00:00Z',
  } as const;
  const rest = {
    options: exportOptions.parse({}),
    certificate: null,
    card: null,
    latency: null,
    effect: null,
    stored: null,
  };
  const difference = (largestDifference: number) =>
    factsOf({ ...record, ...rest, parity: { ...parity, largestDifference } }).find(({ name }) =>
      name.startsWith('Largest'),
    );
  expect(difference(0.012256808578968071)!.value).toBe('0.012');
  expect(difference(2.04e-7)!.value).toBe('2.0e−7');
  expect(difference(0)!.value).toBe('0');

  const stored = { images: 32, largestDifference: 3e-7, tolerance: 1e-4, changedDecisions: 0 };
  const compared = (given: typeof stored | null) =>
    factsOf({ ...record, ...rest, stored: given, parity }).find(({ name }) => name === 'Against stored results');
  expect(compared(stored)).toMatchObject({ value: '3.0e−7', note: '32 held-out images; limit 1.0e−4' });
  expect(compared(null)).toBeUndefined();
});

test('a file that resizes is judged from the pictures’ own pixels on: the larger difference is the one that is shown', () => {
  const wholePath = {
    images: 60,
    of: 75,
    largestDifference: 0.11,
    meanDifference: 0.02,
    changedDecisions: 5,
    runtime: 'x',
  };
  const options = exportOptions.parse({ anySize: true });
  const rest = { stored: null, certificate: null, card: null, latency: null, effect: null, options };
  const record = {
    run: 'r',
    format: 'onnx',
    path: '/m',
    bytes: 9,
    sha256: 'ab',
    createdAt: '2026-01-01T00:00:00Z',
  } as const;
  const facts = factsOf({ ...record, ...rest, parity: { ...parity, wholePath } });
  const fact = (name: string) => facts.find((each) => each.name === name)!;
  expect(fact('Largest difference').value).toBe('0.11');
  expect(fact('Largest difference').note).toContain('original pixels');
  expect(fact('Network alone').value).toBe('1.0e−6');
  expect(fact('Compared on')).toMatchObject({ value: '60 images', note: 'of 75 held out; run by x' });
});
