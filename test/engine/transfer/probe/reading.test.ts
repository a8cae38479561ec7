import { expect, test } from 'vitest';
import { describeProbe } from '../../../../src-main/cli/text/probe.ts';
import type { ProbedCut } from '../../../../src-main/contract/probe.ts';
import { readSweep } from '../../../../src-main/engine/transfer/probe/reading.ts';

const cut = (name: string, at: number, mean: number, deviation: number): ProbedCut => ({
  name,
  block: name,
  endsBlock: true,
  parameters: 1000 * at,
  macs: 1e6 * at,
  channels: 8,
  stride: 2,
  auroc: { mean, deviation, n: 4 },
  auprc: { mean, deviation, n: 4 },
  logMe: 0.1,
  hScore: 0.5,
});
const report = (cuts: ProbedCut[]) => ({
  network: { kind: 'backbone', backbone: 'net', source: 'imagenet', initialisation: 'pretrained', seed: 0 } as const,
  cuts,
  images: 120,
  patients: 60,
  grouping: 'patient' as const,
  folds: 4,
  seconds: { pass: 3, probes: 1 },
  classes: ['a', 'b'],
  leftOut: { test: 30, limit: 0 },
  warnings: [],
  ...readSweep(cuts),
});

test('the first cut within one standard error of the best', () => {
  // The standard error of the best is 0.06 / √4 = 0.03.
  const cuts = [
    cut('one', 1, 0.8, 0.1),
    cut('two', 2, 0.87, 0.01),
    cut('three', 3, 0.9, 0.06),
    cut('four', 4, 0.88, 0),
  ];
  expect(readSweep(cuts)).toEqual({ first: 'two', best: 'three' });
  const text = describeProbe(report(cuts));
  expect(text).toContain(
    'net, imagenet: 120 images of 60 patients, 4 folds by patient; left out: 30 images of the test',
  );
  expect(text).toContain(
    'two (AUPRC 0.870, 2.000 k of 4.000 k parameters) is the first cut within one standard error of the best, three (0.900).',
  );
  expect(text).toContain('0.900 ± 0.060');
});

test('the best itself where none before it comes near', () => {
  const cuts = [cut('one', 1, 0.8, 0.1), cut('two', 2, 0.9, 0.01)];
  expect(readSweep(cuts)).toEqual({ first: 'two', best: 'two' });
  expect(describeProbe(report(cuts))).toContain(
    'The best cut for a linear classifier is two (AUPRC 0.900), the end of the network; none before it is within one standard error.',
  );
});
