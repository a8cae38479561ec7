import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  precision,
  precisionInput,
  sampleInput,
  testSampleOf,
  type Precision,
  type PrecisionInput,
} from '../../../src-main/contract/precision.ts';
import { precisionOf } from '../../../src-main/engine/metrics/precision.ts';

// scipy 1.17.1 and pmvalsampsize 0.2.1, see test/golden/precision.py.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/precision.json'), 'utf8')) as {
  cases: {
    input: PrecisionInput;
    designEffect: number;
    effective: number;
    half: Record<string, number>;
    wilson: [number, number];
    benefit: number;
    needed: Record<string, number>;
  }[];
  pmvalsampsize: { input: Partial<PrecisionInput>; 'Criteria 1 - O/E': number; 'Criteria 3 - C statistic': number };
};

const near = (found: number, expected: number, tolerance = 1e-9): void =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(tolerance);
const rowOf = ({ rows }: Precision, figure: string, source: string) =>
  rows.find((row) => row.figure === figure && row.source === source)!;
const of = (input: Partial<PrecisionInput>) => precisionOf(precisionInput.parse({ prevalence: 0.3, ...input }));

describe.each(golden.cases)('with $input.patients patients of prevalence $input.prevalence', (expected) => {
  const found = precisionOf(precisionInput.parse(expected.input));

  test('each interval has the width that scipy computes, and as many patients are needed', () => {
    near(found.designEffect, expected.designEffect);
    near(found.effective!, expected.effective);
    expect(found.rows.map(({ figure, source }) => `${figure} ${source}`).sort()).toEqual(
      Object.keys(expected.half).sort(),
    );
    for (const { figure, source, half, needed } of found.rows) {
      near(half!, expected.half[`${figure} ${source}`]!);
      expect(needed).toBe(expected.needed[`${figure} ${source}`]);
    }
    const sensitivity = rowOf(found, 'sensitivity', 'wilson');
    near(sensitivity.low!, expected.wilson[0]);
    near(sensitivity.high!, expected.wilson[1]);
    near(rowOf(found, 'net-benefit', 'netBenefit').value, expected.benefit);
  });

  test('with as many patients as are needed it is as narrow as was wanted, and with one less it is not', () => {
    const { width } = expected.input;
    for (const { figure, source, needed } of found.rows) {
      const halfWith = (patients: number) => rowOf(precisionOf({ ...expected.input, patients }), figure, source).half!;
      expect(halfWith(needed!)).toBeLessThanOrEqual(width!);
      expect(halfWith(needed! - 1)).toBeGreaterThan(width!);
    }
  });
});

test('pmvalsampsize asks for the same numbers of patients, but for its rounding', () => {
  const { input, ...theirs } = golden.pmvalsampsize;
  const found = of(input);
  near(rowOf(found, 'observed-expected', 'observedExpected').needed!, theirs['Criteria 1 - O/E'], 0.01);
  near(rowOf(found, 'auroc', 'newcombe').needed!, theirs['Criteria 3 - C statistic'], 0.01);
});

test('images of a patient count as often as they tell something new', () => {
  const patients = 40;
  const once = of({ patients });
  expect(of({ patients, imagesPerPatient: 5, icc: 1 }).rows).toEqual(once.rows);
  expect(of({ patients, imagesPerPatient: 5, icc: 0 }).rows).toEqual(of({ patients: 200 }).rows);
  const between = of({ patients, imagesPerPatient: 5, icc: 0.5 });
  expect(between).toMatchObject({ designEffect: 3, effective: 200 / 3, cases: 20, few: false });
});

test('without patients only what is needed is said; without a width only what there will be', () => {
  const needed = of({ width: 0.05 });
  expect(needed).toMatchObject({ effective: null, cases: null, others: null, few: false });
  for (const row of needed.rows) expect(row).toMatchObject({ half: null, low: null, reason: null, needed: expect.any(Number) }); // prettier-ignore
  for (const row of of({ patients: 60 }).rows) expect(row).toMatchObject({ half: expect.any(Number), needed: null, neededReason: null }); // prettier-ignore
});

test('where less than one image of a class is expected there is no number but a reason; few are said to be few', () => {
  const none = of({ patients: 9, prevalence: 0.1, width: 0.1 });
  for (const row of none.rows) expect(row).toMatchObject({ half: null, low: null, high: null, reason: 'no-case' });
  expect(none.rows.every(({ needed }) => needed! >= 10)).toBe(true);
  expect(of({ patients: 20, prevalence: 0.4 }).few).toBe(true);
  expect(of({ patients: 30, prevalence: 0.6 }).few).toBe(false);
});

test('at the ends of what is allowed every number is finite and within its bounds, or has its reason', () => {
  const [tiny, most] = [1e-12, 1 - 1e-12];
  for (const prevalence of [tiny, 0.5, most])
    for (const auroc of [0.5 + tiny, 0.999_999])
      for (const patients of [1, 2, 10_000_000])
        for (const width of [tiny, 0.499]) {
          const input = { patients, prevalence, auroc, width, sensitivity: most, specificity: tiny, threshold: 0.01 };
          const found = precision.parse(of(input));
          expect(JSON.parse(JSON.stringify(found))).toEqual(found);
          for (const { figure, half, low, high, reason, needed, neededReason } of found.rows) {
            expect([half === null, needed === null]).toEqual([reason !== null, neededReason !== null]);
            if (figure !== 'calibration-slope' && figure !== 'observed-expected' && high !== null)
              expect(high).toBeLessThanOrEqual(1);
            if (figure === 'auroc' && low !== null) expect(low).toBeGreaterThanOrEqual(0);
          }
        }
});

describe('a test set, counted', () => {
  const rows = (labels: string[]) => labels.map((label, group) => ({ label, group: Math.floor(group / 2) }));
  test('of two classes by the positive one, of several by the rarest', () => {
    const two = rows(['ill', 'ill', 'ill', 'well']);
    expect(testSampleOf(two, 'ill')).toEqual({ images: 4, groups: 2, classes: 2, class: 'ill', cases: 3 });
    expect(testSampleOf(two)).toMatchObject({ class: 'well', cases: 1 });
    const several = rows(['a', 'a', 'b', 'c', 'c', 'c']);
    expect(testSampleOf(several, 'c')).toEqual({ images: 6, groups: 3, classes: 3, class: 'b', cases: 1 });
    expect(sampleInput(testSampleOf(several)!)).toEqual({ patients: 3, imagesPerPatient: 2, prevalence: 1 / 6 });
  });
  test('one class, or none, has nothing to tell apart', () => {
    expect([testSampleOf([]), testSampleOf(rows(['a', 'a']), 'a')]).toEqual([null, null]);
  });
});
