import { describe, expect, it } from 'vitest';
import { TooltipProvider } from 'reka-ui';
import { createSSRApp, defineComponent, h, type Component } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { DecisionCurve } from '../../src-main/contract/decisionCurve.ts';
import type { Operating } from '../../src-main/contract/operating.ts';
import { cutoffsOf } from '../../src-main/engine/metrics/cutoffs.ts';
import { figuresAt } from '../../src-main/engine/metrics/operating.ts';
import { decisionOption, rocPoints } from '../../src-renderer/features/results/threshold/charts.ts';
import OutcomePanel from '../../src-renderer/features/results/threshold/OutcomePanel.vue';
import PrevalencePanel from '../../src-renderer/features/results/threshold/PrevalencePanel.vue';
import RulePanel from '../../src-renderer/features/results/threshold/RulePanel.vue';
import type { Colours } from '../../src-renderer/ui/chartColours.ts';
import { words } from '../../src-renderer/text/index.ts';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

const positive = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0);
const scores = Float32Array.of(0.9, 0.8, 0.3, 0.6, 0.2, 0.2, 0.1, 0.1);
const groups = [...positive.keys()].map(String);
const cutoffs = cutoffsOf(positive, scores);
const measured = await figuresAt({ positive, scores, groups }, 0.5, { confidence: 0.95, resamples: 10, seed: 0 });
const figures = { ...measured, on: 'validation', images: 8, groups: 8, grouping: 'image', confidence: 0.95 } as const;
const found: Operating = {
  ...{ run: 'r', classes: ['a', 'b'], positive: 'b', rule: { kind: 'youden' }, threshold: 0.25, why: null, kept: null },
  ...{ validation: figures, part: null, cutoffs },
};

async function textOf(component: Component, props: Record<string, unknown>): Promise<string> {
  const root = defineComponent(() => () => h(TooltipProvider, () => h(component, props)));
  const html = await renderToString(createSSRApp(root).use(windowWith({})).use(words).use(addresses()));
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('the threshold', () => {
  it('stands with its counts, and each share with its interval and denominator', async () => {
    const text = await textOf(OutcomePanel, { columns: [figures], positive: 'b' });
    expect(text).toContain('‘b’ 2 1 Other images 1 4');
    expect(text).toMatch(/Sensitivity 0\.667 \(0\.\d{3} to 0\.\d{3}\), 2 of 3/);
    expect(text).toContain('8 images');
    expect(text).toContain('chosen here: optimistic');
  });

  it('has a dash where there is nothing to take a share of', async () => {
    const none = await figuresAt({ positive, scores, groups }, 0.99, { confidence: 0.95, resamples: 10, seed: 0 });
    const text = await textOf(OutcomePanel, { columns: [{ ...figures, ...none }], positive: 'b' });
    expect(text).toContain('PPV, at their prevalence – (no such image)');
    const there = await textOf(PrevalencePanel, {
      figures: { ...figures, ...none },
      validation: cutoffs,
      positive: 'b',
    });
    expect(there).toContain('PPV – Nothing is called so here');
  });

  it('says what a call and a probability mean at the prevalence of the images', async () => {
    const text = await textOf(PrevalencePanel, { figures, validation: cutoffs, positive: 'b' });
    // 3 of 8: what was measured, and probabilities as they were given.
    expect(text).toContain('PPV 0.667');
    expect(text).toContain('NPV 0.800');
    expect(text).toContain('37.5 % of which are ‘b’');
    expect(text).toMatch(/multiplied by 1\.00\. Uncorrected, they would be right there/);
  });

  it('can be kept, or it is said why there is none', async () => {
    const text = await textOf(RulePanel, { found });
    expect(text).toContain('Sensitivity 1.000 · Specificity 0.800');
    expect(text).toContain('Not kept yet.');
    const why = 'No threshold does better than chance on the validation images.';
    expect(await textOf(RulePanel, { found: { ...found, threshold: null, why, validation: null } })).toContain(why);
  });

  it('lies on a curve that begins above every threshold and ends below', () => {
    expect(rocPoints(cutoffs).at(0)).toEqual([0, 0]);
    expect(rocPoints(cutoffs).at(-1)).toEqual([1, 1]);
  });
});

it('a decision curve is drawn without what is not a number', () => {
  const lines = { model: [0.3, 0.1], low: [0.2, null], high: [0.4, null], all: [0.29, -0.4] };
  const curve = { thresholds: [0.1, 0.5], ...lines } as unknown as DecisionCurve;
  const colours = {
    series: ['#111', '#222'],
    text: '#000',
    muted: '#333',
    line: '#444',
    surface: '#fff',
  } as unknown as Colours;
  expect(JSON.stringify(decisionOption(curve, colours))).not.toMatch(/NaN|Infinity/);
  const { yAxis } = decisionOption(curve, colours) as { yAxis: { min: number; max: number } };
  expect([yAxis.min < 0, yAxis.max > 0.4]).toEqual([true, true]);
});
