import { expect, test } from 'vitest';
import type { DataMeasures, ExpertReport } from '../../src-main/contract/distance.ts';
import { expertReport } from '../../src-main/engine/datasetSimilarity/experts.ts';
import { besideRows, distanceText, hammingRows } from '../../src-renderer/features/sources/distance/beside.ts';
import { distanceRows } from '../../src-renderer/features/sources/distance/distanceCharts.ts';

const answers = {
  origin: 'medical',
  colour: 'grey',
  content: 'objects',
  type: 'lungs',
  diversity: 'low',
  classes: '2',
};
const report: ExpertReport = expertReport([
  { dataset: 'chest', observer: 'a', ...answers },
  { dataset: 'chest', observer: 'b', ...answers, type: 'bones' },
  { dataset: 'skin', observer: 'a', ...answers, colour: 'colour', type: '' },
]);
const measures: DataMeasures = {
  ...{ name: 'x-rays', images: 40, classes: 2, colour: 0.25, width: 512, height: 400, looked: 40 },
  entropy: { mean: 6.714, deviation: 0.5 },
  diversity: { pairwise: 0.4321, clusters: 4, silhouette: 0.3, effective: 3.25, within: 0.1 },
};

test('votes stand beside what was measured of the data set of that name', () => {
  const rows = besideRows(report, new Map([['chest', measures], ['other', measures]])); // prettier-ignore
  expect(rows).toHaveLength(18);
  const of = (name: string, feature: string) => rows.find((row) => row.name === name && row.feature === feature)!;
  expect(of('chest', 'colour')).toMatchObject({
    vote: 'grey (2 of 2)',
    measured: expect.stringMatching(/^25 % of the images have colour$/) as string,
  });
  expect(of('chest', 'type')).toMatchObject({ vote: 'no majority: lungs, bones', measured: '–' });
  expect(of('chest', 'classes').measured).toBe('2 classes');
  expect(of('skin', 'type')).toMatchObject({ vote: '–', measured: '–' });
  expect(of('other', 'diversity')).toMatchObject({
    vote: '–',
    measured: 'mean distance 0.432; effectively 3.3 of 4 clusters',
  });
});

test('a distance by fewer features says by how many, and tables hold each pair in both directions', () => {
  const [, there] = report.distances;
  expect(distanceText(there!)).toBe('0.200 (of 5 features)');
  expect(hammingRows(report)).toEqual([
    ['source', 'target', 'distance'],
    ['chest', 'skin', 0.2],
    ['skin', 'chest', 0.2],
  ]);
  const row = { deviation: null, pairs: 1, asymmetric: -0.05 };
  const distances = ['aa', 'ab', 'ba'].map((pair, at) => ({
    ...row,
    source: pair[0]!,
    target: pair[1]!,
    distance: at,
  }));
  expect(distanceRows(distances, 'distance').slice(1)).toEqual([
    ['a', 'b', 1],
    ['b', 'a', 2],
  ]);
  expect(distanceRows(distances, 'asymmetric')[1]).toEqual(['a', 'b', -0.05]);
});
