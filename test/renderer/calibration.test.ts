import { describe, expect, it } from 'vitest';
import { reliabilityOption, reliabilityTable } from '../../src-renderer/features/results/calibration/charts.ts';
import {
  figureRows,
  measuredOf,
  reasons,
  scalingWords,
} from '../../src-renderer/features/results/calibration/figures.ts';
import type { Colours } from '../../src-renderer/ui/chartColours.ts';
import { calibrationReport } from '../support/calibration.ts';

const methods = measuredOf(calibrationReport.methods);
const colours = { series: [], font: 12 } as unknown as Colours;

describe('the tab Calibration', () => {
  it('has a column for each method that is offered, and a dash where there is no number', () => {
    const rows = figureRows(methods, 0);
    expect(rows.map(({ key }) => key)).toEqual(['slope', 'intercept', 'ratio', 'ece', 'debiased', 'brier', 'parts', 'logLoss']); // prettier-ignore
    expect(rows[0]).toMatchObject({ ideal: '1.000', values: ['0.700 (0.600 to 0.800)', '–'] });
    expect(rows[1]!.values[0]).toBe('−0.200 (−0.300 to −0.100)');
    expect(rows[3]!.values[0]).toBe('0.100 (by chance 0.060, at most 0.100)');
  });

  it('gives each reason once', () => {
    expect(reasons(methods, 0)).toEqual(["Slope: All images are of the class 'ill'.", 'Too few.']);
  });

  it('says how probabilities are changed', () => {
    expect(scalingWords({ method: 'temperature', temperature: 1.25 })).toBe('Temperature 1.250');
    expect(scalingWords({ method: 'platt', slope: 0.5, intercept: -0.25 })).toBe('Log odds × 0.500 − 0.250');
  });

  it('draws bins with intervals, the curve, and its band where there is one', () => {
    const [own, scaledOnes] = methods.map(({ measured }) => measured.classes[0]!);
    const series = (found: typeof own) =>
      (reliabilityOption(found!, colours) as { series: { type: string; stack?: string; data: number[][] }[] }).series;
    const bars = series(own).find(({ type }) => type === 'custom')!;
    expect(bars.data).toEqual([[0.3, 0.1, 0.37], [0.7, 0.63, 0.9]]); // prettier-ignore
    expect(series(own).filter(({ stack }) => stack).map(({ data }) => data)).toEqual([[[0.1, 0.01]], [[0.1, expect.closeTo(0.19, 12)]]]); // prettier-ignore
    expect(series(scaledOnes).filter(({ type }) => type === 'line')).toHaveLength(1);
    expect(reliabilityTable(own!)).toHaveLength(1 + 2 + 2);
  });
});
