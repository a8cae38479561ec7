import { expect, test } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { TooltipProvider } from 'reka-ui';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import { figuresOf } from '../../src-main/engine/metrics/figures.ts';
import { computeMetrics } from '../../src-main/engine/metrics/metrics.ts';
import AllFigures from '../../src-renderer/features/results/figures/AllFigures.vue';
import CountedSwitch from '../../src-renderer/features/results/figures/CountedSwitch.vue';
import FiguresSection from '../../src-renderer/features/results/figures/FiguresSection.vue';
import { words } from '../../src-renderer/text/index.ts';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';
import { drawnPredictions } from '../engine/metrics/drawn.ts';

// Rendered without a browser: what is read, not how it looks.

/** Three classes, the last of which is never predicted; patients with several images, some of several classes. */
async function evaluated(classes: string[]): Promise<Evaluation> {
  const k = classes.length;
  const { labels, probabilities, groups } = drawnPredictions({ seed: 3, n: 60, k, levels: 0, shares: k === 2 ? [0.5] : [0.5, 0.4], lift: 0.4, patients: 50 }); // prettier-ignore
  if (k === 3) for (let image = 0; image < 60; image++) probabilities[image * 3 + 2] = 0.01;
  const { figures, curves, intervals } = await figuresOf({ labels, probabilities, groups }, classes, { resamples: 50 });
  return {
    ...{ run: 'r', on: 'test', images: 60, groups: new Set(groups).size, grouping: 'patient', classes, problems: [] },
    metrics: computeMetrics(labels, probabilities, classes),
    ...{ figures, curves, intervals },
  };
}

async function textOf(component: object, props: object): Promise<string> {
  const root = defineComponent(() => () => h(TooltipProvider, () => h(component, props)));
  const html = await renderToString(createSSRApp(root).use(windowWith({})).use(words).use(addresses()));
  return html.replace(/<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim(); // prettier-ignore
}

test('of two classes: the headline, all figures, and both classes', async () => {
  const text = await textOf(FiguresSection, { evaluation: await evaluated(['no', 'yes']) });
  expect(text).toContain('Each patient: noisy-or of its images');
  expect(text).toContain('All figures of ‘yes’ against the rest, and of both classes');
  expect(text).toContain('Each class against the rest');
  expect(text).toMatch(/Bootstrap: 50 draws of the patients/);
  expect(text).not.toMatch(/Weighted by|Order of the classes|Kappa, linear|NaN/);
});

test('of several classes: means, what they are not defined for, and the order of the classes', async () => {
  const evaluation = await evaluated(['mild', 'severe', 'none']);
  const text = await textOf(FiguresSection, { evaluation });
  expect(text).toContain('Weighted by how frequent each class is');
  expect(text).toMatch(/PPV – ‘none’: The class was never predicted\./);
  expect(text).toContain('Order of the classes: none &lt; mild &lt; severe, by their names.');
  const { whole } = evaluation.figures!.images;
  expect(whole.find(({ name }) => name === 'kappaQuadratic')!.value).not.toBeNull();
});

test('of patients: what was left out, and that the rest of the tab counts images', async () => {
  const evaluation = await evaluated(['no', 'yes']);
  const { mixed } = evaluation.figures!.groups!;
  expect(mixed).toBeGreaterThan(1);
  const text = await textOf(CountedSwitch, { evaluation, counted: 'max', average: 'macro' });
  expect(text).toContain(`${mixed} patients with images of several classes are left out`);
  expect(text).toContain('The matrix, the curves and the images below count each image.');
  const table = await textOf(AllFigures, { evaluation, counted: 'max', average: 'macro' });
  expect(table).toMatch(/Accuracy .* of \d+ patients/);
});
