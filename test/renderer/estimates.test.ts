import { TooltipProvider } from 'reka-ui';
import { expect, test } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { EstimateRanking } from '../../src-main/contract/transferability.ts';
import { agreementsOf } from '../../src-main/engine/services/transferability/agreement.ts';
import { words } from '../../src-renderer/text/index.ts';
import EstimateRankings from '../../src-renderer/ui/EstimateRankings.vue';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

async function textOf(props: object): Promise<string> {
  const root = defineComponent(() => () => h(TooltipProvider, () => h(EstimateRankings, props as never)));
  const html = await renderToString(createSSRApp(root).use(windowWith({})).use(words).use(addresses()));
  return html.replace(/<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim(); // prettier-ignore
}

const items = [0.7, 0.8, 0.75, 0.9].map((measured, at) => ({
  measured,
  estimates: { logMe: [1, 2, 4, 3][at]!, hScore: measured },
}));
const ranking = (against: EstimateRanking['against']): EstimateRanking => ({
  ...{ over: 'sources', against, runs: 4, epochs: 10 },
  items: items.map(({ measured }, at) => ({ name: `source ${at}`, measured, runs: [] })),
  agreements: agreementsOf(items),
});

test('each estimate stands with its measured rank correlation, and with what it is no ground for', async () => {
  const text = await textOf({ over: 'sources', rankings: [ranking('fineTuned'), ranking('probe')] });
  expect(text).toContain('mean validation AUROC of 4 runs (10 epochs) of 4 sources');
  expect(text).toContain(
    'On your own images LogME ranked 4 sources as fine-tuning did with Kendall’s τ 0.33 (p = 0.750): this is no ground to choose by it.',
  );
  expect(text).toContain('Beside the linear probe H-score ranked 4 sources with Kendall’s τ 1.00 (p = 0.083).');
  expect(text).toContain('by themselves they are no ground to choose');
  expect(text).not.toContain('Whether such estimates');
});

test('without runs it says that nothing is known, of the one estimate that is asked about', async () => {
  const text = await textOf({ over: 'cuts', rankings: [ranking('probe')], only: 'logMe' });
  expect(text).toContain('Whether such estimates rank the cuts as fine-tuning does is not known');
  expect(text).not.toContain('H-score');
  expect(text).toContain('Neighbouring cuts are alike');
});
