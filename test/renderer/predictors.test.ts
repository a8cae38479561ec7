// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import type { Shortcuts } from '../../src-main/contract/shortcuts.ts';
import LabelPredictors from '../../src-renderer/features/data/LabelPredictors.vue';
import { speak } from '../../src-renderer/text/index.ts';
import { exampleDataset } from '../support/dataset.ts';
import { shown } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

afterEach(() => speak('en'));

const { report } = exampleDataset({ folder: '/d' });
const judged: Shortcuts = {
  ...{ confidence: 0.95, images: 1200, groups: 400, classes: 2 },
  found: [
    { by: 'size', auroc: 0.931, low: 0.902, high: 0.953 },
    { by: 'border', auroc: 0.31, low: 0.2, high: 0.42 },
  ],
};
const text = (shortcuts?: Shortcuts): string =>
  shown(LabelPredictors, windowWith({}), { report: { ...report, ...(shortcuts && { shortcuts }) } }).text();

it('what predicts the class is shown with intervals, and marked where it is worth a warning', () => {
  const found = text(judged);
  expect(found).toMatch(/the size in pixels ?warning ?0\.93 ?0\.90 to 0\.95/);
  expect(found).toMatch(/the border pixels ?0\.31 ?0\.20 to 0\.42/);
  expect(found).toContain('Cross-validated by patient on 1200 images; 95 % intervals that hold together. Below 0.5,');
});

it('says so in German', async () => {
  await speak('de');
  expect(text(judged)).toMatch(/die Größe in Bildpunkten ?Warnung ?0,93 ?0,90 bis 0,95/);
});

it.each([
  [{ ...judged, classes: 0, found: [] }, /: fewer than two classes have 20 images of 10 patients\.$/],
  [{ ...judged, found: [] }, /Nothing that is known of the files differs among them\.$/],
  // It was not asked.
  [undefined, /^$/],
])('says why there is no figure', (shortcuts, expected) => {
  expect(text(shortcuts)).toMatch(expected);
});
