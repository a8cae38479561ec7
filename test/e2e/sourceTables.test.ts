import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import golden from '../golden/sourceAnalysis.json' with { type: 'json' };
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile, temporaryFolder } from '../support/folder.ts';
import { put } from '../support/pictures.ts';
import { place } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { failure, json, run } from './support/cutpoint.ts';

const minute = 60_000;
const folder = folderForFile();
const workspace = ['--workspace', join(folder, 'workspace')];
const results = put(folder, 'results.csv', Buffer.from(['source,target,fold,auc', ...golden.rows.map(({ source, target, fold, auc }) => [source ?? target, target, fold, auc].join())].join('\n'))); // prettier-ignore
const distances = put(folder, 'distances.csv', Buffer.from(['source,target,distance', ...golden.distances.map(({ source, target, distance }) => [source, target, distance].join())].join('\n'))); // prettier-ignore

test('published tables by the command: the figures, the files, and a fault by its row', async () => {
  const out = join(folder, 'analysis');
  const args = ['source-study', 'analyse', '--results', results, '--distances', distances, ...workspace];
  const found = await json(contract['sourceStudy.analyse'].output, [...args, '--out', out]);
  expect(found.spearman!.value).toBeCloseTo(golden.spearman, 9);
  expect(found.kendall!.value).toBeCloseTo(golden.kendall, 9);
  expect(found).toMatchObject({ spearman: { n: golden.pairs }, kendall: { n: golden.pairs } });
  expect(readFileSync(join(out, 'transferability.csv'), 'utf8')).toMatch(/^target,source,n,transferability/);
  expect(found.files).toContain('means.png');
  const { stdout } = await run(args);
  expect(stdout).toMatch(/Spearman’s ρ +[−\d.]+ +[−\d.]+ to [−\d.]+ +[\d.]+ +exact +12/);
  expect(stdout).toContain('those of one target share its images and its baseline');
  const wrong = put(folder, 'wrong.csv', Buffer.from('source,target,fold,auc\n,t,1,80 %\n'));
  expect(await failure(['source-study', 'analyse', '--results', wrong, ...workspace])).toMatchObject({ code: 'INPUT_INVALID', message: 'Row 2 of wrong.csv has "80 %" for auc, which is no number.' }); // prettier-ignore
});

describe.skipIf(!installedChromium())('in the window', () => {
  it('published tables become figures, charts and sentences', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await place(page, 'Sources').click();
    await page.getByRole('tab', { name: 'From tables' }).click();
    await page.getByLabel('Table of results').fill(results);
    await page.getByLabel('Table of distances').fill(distances);
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
    await page.getByRole('heading', { name: 'What the results show' }).waitFor({ timeout: minute });
    await page.getByText('those of one target share its images').waitFor();
    await page.getByRole('heading', { name: 'Transferability against distance' }).waitFor();
    await page.getByLabel('Target', { exact: true }).selectOption('tissue');
    await page.getByRole('heading', { name: 'Mean AUC on tissue' }).waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
