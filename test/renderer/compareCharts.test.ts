import { expect, test } from 'vitest';
import type { TournamentRow } from '../../src-main/contract/comparison/tournament.ts';
import { paretoOption, paretoTable, type Numbered } from '../../src-renderer/features/compare/charts.ts';
import type { Colours } from '../../src-renderer/ui/chartColours.ts';

const colours = { series: [], font: 12 } as unknown as Colours;
const numbered = (number: number, parameters: number, auroc: number, pareto = false): Numbered => ({
  ...{ number, title: `model ${number}` },
  row: {
    ...{ parameters, macs: parameters, latency: null, pareto },
    aurocInterval: { value: auroc, low: auroc - 0.1, high: auroc + 0.05 },
  } as TournamentRow,
});

test('models of one size stand beside each other in the plot, each with its own interval', () => {
  const rows = [numbered(1, 1000, 0.8), numbered(2, 50, 0.9), numbered(3, 50, 0.9, true), numbered(4, 51, 0.7)];
  const { series } = paretoOption(rows, 'parameters', [], colours) as {
    series: { type: string; data: { value: number[]; number: number; symbolOffset: number[] }[] }[];
  };
  const points = series.filter(({ type }) => type === 'scatter').flatMap(({ data }) => data);
  const aside = new Map(points.map(({ number, symbolOffset }) => [number, symbolOffset[0]]));
  expect([1, 2, 3, 4].map((number) => aside.get(number))).toEqual([0, -26, 0, 26]);
  const bars = series.find(({ type }) => type === 'custom')!.data.map(({ value }) => value);
  expect(bars.map(([x, , , by]) => [x, by])).toEqual([[1000, 0], [50, -26], [50, 0], [51, 26]]); // prettier-ignore
  // The numbers of the plot are not moved.
  expect(paretoTable(rows, 'parameters').map((row) => row[2])).toEqual(['parameters', 1000, 50, 50, 51]);
  // What was not measured is in no plot.
  expect(paretoTable(rows, 'latency')).toHaveLength(1);
});
