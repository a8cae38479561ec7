import { expect, test } from 'vitest';
import { describeFigures } from '../../../src-main/cli/text/figures.ts';
import { figuresOf } from '../../../src-main/engine/metrics/figures.ts';

const classes = ['mild', 'none', 'severe'];
const labels = Array.from({ length: 40 }, (_, image) => image % 2);
const probabilities = Float32Array.from(labels.flatMap((label, image) => {
  const sure = 0.4 + ((image * 7) % 10) / 20;
  return label === 0 ? [sure, 1 - sure, 0] : [1 - sure, sure, 0];
})); // prettier-ignore

test('every figure with its intervals and its cases, of images and of patients; what there is not has a dash and a reason', async () => {
  const groups = labels.map((label, image) => (image < 4 ? 'mixed' : `p${label}.${image % 12}`));
  const { figures } = await figuresOf({ labels, probabilities, groups }, classes, { resamples: 100 });
  const text = describeFigures(figures, { grouping: 'patient', aggregation: 'noisy-or' });
  expect(text).toMatch(/^All figures, each image a case: 40 images\n/);
  expect(text).toMatch(/^AUPRC \(average precision\) +mean of classes +[01]\.\d{4} +[01]\.\d{4} to [01]\.\d{4} \(BCa\); [01]\.\d{4} to [01]\.\d{4} \(percentile\)/m); // prettier-ignore
  expect(text).toMatch(/^Sensitivity +none +[01]\.\d{4} +\d+ of 20 +.* \(Wilson\)/m);
  expect(text).toMatch(/^AUROC +severe +– +The class does not occur\.$/m);
  expect(text).toMatch(/^PPV +severe +– +The class was never predicted\.$/m);
  expect(text).toContain('Each patient a case, by the noisy-or of the probabilities of its images: 12 patients; left out, because their images are of several classes: 1'); // prettier-ignore
  expect(text).toContain('100 draws of patients, each with all its images');
  expect(text).toMatch(/none < mild < severe, by their names\.$/);
  expect(text.match(/Not in the means, because it does not occur: severe\./g)).toHaveLength(2);
  expect(text).not.toContain('NaN');
});

test('without an order of the classes it says so, and of two classes nothing', async () => {
  const groups = labels.map((_, image) => `p${image}`);
  const { figures } = await figuresOf({ labels, probabilities, groups }, ['x', 'y', 'z'], { resamples: 20 });
  const text = describeFigures(figures, { grouping: 'image', aggregation: 'mean' });
  expect(text).toMatch(/The classes are in no known order\. Say in which: --class-order\.$/);
  expect(text).not.toContain('Each image a case, by');
  const two = Float32Array.from(labels.flatMap((label) => [1 - 0.3 - label * 0.4, 0.3 + label * 0.4]));
  const binary = await figuresOf({ labels, probabilities: two, groups }, ['a', 'b'], { resamples: 20 });
  expect(describeFigures(binary.figures, { grouping: 'image', aggregation: 'mean' })).not.toMatch(/order|linear/);
});
