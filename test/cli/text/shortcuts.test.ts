import { expect, test } from 'vitest';
import { describeShortcuts } from '../../../src-main/cli/text/shortcuts.ts';
import { exampleDataset } from '../../support/dataset.ts';

const { report } = exampleDataset();
const judged = { confidence: 0.95, images: 1200, groups: 400, classes: 2 };
const found = [
  { by: 'size', auroc: 0.931, low: 0.902, high: 0.953 },
  { by: 'border', auroc: 0.31, low: 0.2, high: 0.42 },
] as const;

test('what predicts the class is a table with intervals', () => {
  expect(describeShortcuts({ ...report, shortcuts: { ...judged, found: [...found] } })).toBe(
    [
      'The class predicted by  AUROC  Interval',
      'The size in pixels       0.93  0.90 to 0.95  see below',
      'The border pixels        0.31  0.20 to 0.42',
      'Cross-validated by patient on 1,200 images; 95 % intervals that hold together; below 0.5, what holds for some does not hold for others.',
    ].join('\n'),
  );
});

test('says of how many classes, and why not of any', () => {
  const classes = [...report.classes, { name: 'rare', images: 3, groups: 3 }];
  expect(describeShortcuts({ ...report, classes, shortcuts: { ...judged, found: [found[0]] } })).toContain(
    '2 of 3 classes were large enough.',
  );
  expect(describeShortcuts({ ...report, shortcuts: { ...judged, classes: 0, found: [] } })).toBe(
    'What predicts the class without the image: not judged, as fewer than two classes have 20 images of 10 patients.',
  );
  expect(describeShortcuts({ ...report, shortcuts: { ...judged, found: [] } })).toContain('nothing that is known');
  expect(describeShortcuts(report)).toBe('');
});
