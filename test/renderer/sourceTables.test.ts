// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { TooltipProvider } from 'reka-ui';
import { CutpointError } from '../../src-main/contract/errors.ts';
import { analyseSources } from '../../src-main/engine/sourceAnalysis/index.ts';
import FromTables from '../../src-renderer/features/sources/tables/FromTables.vue';
import { useSourceTables } from '../../src-renderer/features/sources/tables/tablesStore.ts';
import { distancesOption, distancesTable, meansOption, meansTable, transferOption, transferTable } from '../../src-renderer/features/sources/analysis/charts.ts'; // prettier-ignore
import { svgOf } from '../../src-renderer/ui/charts.ts';
import type { Colours } from '../../src-renderer/ui/chartColours.ts';
import { speak, words } from '../../src-renderer/text/index.ts';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';
import golden from '../golden/sourceAnalysis.json' with { type: 'json' };

// Rendered without a browser: what is read, not how it looks.
const analysis = analyseSources(golden.rows, golden.distances, { confidence: 0.95 });
const chest = analysis.means.filter(({ target }) => target === 'chest');

async function textOf(pinia: ReturnType<typeof windowWith>): Promise<string> {
  const root = defineComponent(() => () => h(TooltipProvider, () => h(FromTables)));
  const html = await renderToString(createSSRApp(root).use(pinia).use(words).use(addresses()));
  return html.replace(/<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim(); // prettier-ignore
}
afterEach(() => speak('en'));

test('two tables are named, and what they show is told in sentences and figures', async () => {
  const asked: unknown[] = [];
  const pinia = windowWith({
    'sourceStudy.analyse': (input) => {
      asked.push(input);
      return { ...analysis, files: [] };
    },
  });
  expect(await textOf(pinia)).not.toContain('What the results show');
  const tables = useSourceTables();
  Object.assign(tables.form, { results: ' /papers/results.csv ', distances: '' });
  await tables.analyse();
  tables.form.distances = '/papers/distances.csv';
  await tables.analyse();
  expect(asked).toMatchObject([
    { results: '/papers/results.csv', confidence: 0.95 },
    { results: '/papers/results.csv', distances: '/papers/distances.csv' },
  ]);
  expect(asked[0]).not.toHaveProperty('distances');
  const text = await textOf(pinia);
  expect(text).toContain('What the results show');
  for (const sentence of analysis.said) expect(text).toContain(sentence);
  expect(text).toContain('Mean AUC on lesions');
  expect(text).toContain('Over all targets');
  expect(text).toMatch(/Spearman’s ρ on lesions/);
  expect(text).toMatch(/Pairs of one target are not independent\./);
  expect(text).not.toMatch(/NaN|undefined|sources\.(tables|analysis)/);
});

test('in German every sentence is German, too', async () => {
  const pinia = windowWith({ 'sourceStudy.analyse': () => ({ ...analysis, files: [] }) });
  await speak('de');
  const tables = useSourceTables();
  tables.form.results = 'r.csv';
  await tables.analyse();
  const text = await textOf(pinia);
  expect(text).toContain('Was die Ergebnisse zeigen');
  for (const sentence of analysis.said) expect(text).not.toContain(sentence);
  expect(text).toContain('ohne Übertragung');
});

test('a table that is refused is said, and nothing else is shown', async () => {
  const message = 'Row 3 of r.csv has "high" for auc, which is no number.';
  const pinia = windowWith({
    'sourceStudy.analyse': () => {
      throw new CutpointError('INPUT_INVALID', message, { remedy: 'Mend the table, then do it again.' });
    },
  });
  const tables = useSourceTables();
  tables.form.results = 'r.csv';
  await tables.analyse();
  const text = await textOf(pinia);
  expect(text).toContain('high');
  expect(text).not.toContain('What the results show');
});

test('charts are drawn of what the tables have', () => {
  const colours = { text: '#111', muted: '#777', line: '#ccc', surface: '#fff', accent: '#06c', second: '#c60', font: 12, series: ['#06c', '#c60', '#393'] } as Colours; // prettier-ignore
  const distances = analysis.distances!;
  for (const [option, names] of [
    [meansOption(chest, colours), ['natural', 'no transfer']],
    [transferOption(analysis.transfers, colours), ['lesions', 'Distance']],
    [distancesOption(distances, colours), ['natural', 'tissue']],
  ] as const) {
    const svg = svgOf(option, 600, 400);
    for (const name of names) expect(svg).toContain(name);
    expect(svg).not.toContain('NaN');
  }
  expect(meansTable(chest)).toHaveLength(chest.length + 1);
  const drawn = (transferOption(analysis.transfers, colours)['series'] as { data: unknown[] }[]).flatMap(({ data }) => data); // prettier-ignore
  expect(drawn).toHaveLength(golden.pairs);
  expect(transferTable(analysis.transfers)).toHaveLength(analysis.transfers.length + 1);
  expect(distancesTable(distances)[0]).toEqual(['source', ...distances.targets]);
});
