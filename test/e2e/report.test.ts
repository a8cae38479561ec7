import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { reportFile } from '../../src-main/contract/report.ts';
import { services, tinyPlan } from '../engine/services/inProcess.ts';
import { violations } from '../support/axe.ts';
import { browserForTest, clipped, installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile } from '../support/folder.ts';
import { LONG } from '../support/long.ts';
import { serveForFile, serveWindow } from '../support/serve.ts';
import { severalLabelsData, severalLabelsStudy, SHOWN } from '../support/severalLabels.ts';
import { sharedData } from '../support/shared.ts';
import { failure, json } from './support/cutpoint.ts';

const minute = 60_000;
const folder = folderForFile();
const workspace = join(folder, 'workspace');
const sample = join(folder, 'sample');
const command = (...words: string[]) => [...words, '--workspace', workspace];

/** A report as whoever gets it opens it: with scripts off. What it asks for beside itself is listed. */
async function opened(path: string) {
  const browser = await browserForTest();
  const complaints: string[] = [];
  const fetched: string[] = [];
  const pageIn = async (options: Parameters<Browser['newContext']>[0]) => {
    const page = await (await browser.newContext(options)).newPage();
    page.on('request', (request) => fetched.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`file://${path}`);
    return page;
  };
  const page = await pageIn({ javaScriptEnabled: false, viewport: { width: 1100, height: 900 } });
  // Axe is a script: it is let in past the policy, which lets none in.
  const examined = await pageIn({ bypassCSP: true });
  return { page, complaints, fetched, violations: await violations(examined) };
}

async function checked(path: string, ...titles: string[]): Promise<string> {
  const found = await opened(path);
  expect(found.complaints).toEqual([]);
  expect(found.fetched.filter((url) => !url.startsWith('data:'))).toEqual([`file://${path}`, `file://${path}`]);
  expect(found.violations).toEqual([]);
  expect((await stat(path)).size).toBeLessThan(5e6);
  for (const name of titles) expect(await found.page.getByRole('heading', { name, exact: true }).count(), name).toBe(1);
  const { width, whole } = {
    width: 1100,
    whole: await found.page.locator('html').evaluate((html) => html.scrollWidth),
  };
  expect(whole).toBeLessThanOrEqual(width);
  const text = await found.page.locator('body').innerText();
  expect(text).not.toMatch(/NaN|undefined|\[object/);
  return text;
}

describe.skipIf(!installedChromium())('the report', () => {
  let run: string;
  let study: string | null;
  let tournament: string;
  let labelled: string;

  beforeAll(async () => {
    const engine = await services(workspace);
    const { labels } = await engine.call('data.sample', { folder: sample });
    const data = { folder: sample, labels: { csv: labels, groupColumn: 'group' } };
    const base = tinyPlan(sample, { data, epochs: 1, batch: 16 });
    const trained = await (await engine.train({ ...base, cut: 'block_2_add' })).end;
    ({ id: run, study } = trained);
    const { cut, ...whole } = base;
    const { id } = await engine.call('comparison.start', {
      ...{ kind: 'tournament', base: whole, strategies: ['full', 'truncated'], cuts: [cut!] },
      ...{ seeds: [0], folds: { kind: 'groups', k: 2 } },
    });
    await engine.call('comparison.watch', { id });
    tournament = id;
    const several = join(folder, 'several');
    await severalLabelsStudy(several);
    const small = { backbone: 'cbr_tiny', cut: 'layer3.pool', initialisation: 'random', batch: 16, epochs: 1 } as const;
    const findings = { ...severalLabelsData(several), groupPattern: '^(p\\d+)_' };
    labelled = (await (await engine.train(tinyPlan(several, { ...small, data: findings, accept: ['all'] }))).end).id;
    await engine.close();
  }, 8 * minute);
  serveForFile(workspace);

  it('of a run is one page that asks nothing of anybody, without figures of test images before they are opened', async () => {
    const out = join(folder, 'run.html');
    const written = await json(contract['report.write'].output, command('report', run, '--out', out));
    expect(written).toMatchObject({ path: out, tested: false, pdf: null });
    const text = await checked(out, 'Summary', 'Flow of images', 'Errors', 'Where the network looks', 'Checklists');
    expect(text).toContain('The test set is sealed.');
    expect(text).toMatch(/\d+ of 44 CLAIM 2024 items are filled here/);
    const report = reportFile.parse(JSON.parse(await readFile(written.json, 'utf8')));
    expect(report.figures.map(({ on }) => on)).toEqual(['validation']);
    // Names of files and of whoever is on them are in none of the three.
    const all = text + JSON.stringify(report) + (await readFile(written.card, 'utf8'));
    expect(all).not.toMatch(/p\d\d\d|\.dcm|\.png|labels\.csv/);
    expect(all).not.toContain(sample);
  });

  it('shows figures of test images once they are opened, is replaced only where asked, and is printed', async () => {
    const out = join(folder, 'tested.html');
    const write = (...words: string[]) =>
      json(contract['report.write'].output, command('report', run, '--out', out, '--open-test', ...words));
    expect(await write('--no-images')).toMatchObject({ tested: true });
    expect(await readFile(out, 'utf8')).not.toContain('data:image');
    expect((await failure(command('report', run, '--out', out))).code).toBe('FILE_EXISTS');
    const { pdf } = await write('--overwrite', '--pdf');
    expect((await readFile(pdf!)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await checked(out)).toContain('On the test images');
  });

  it('of a tournament has its verdict and its table', async () => {
    const out = join(folder, 'tournament.html');
    await json(contract['report.write'].output, command('report', tournament, '--out', out, '--open-test'));
    const text = await checked(out, 'Comparison', 'Checklists');
    expect(text).toMatch(/Full fine-tuning/);
    expect(text).toContain('2-fold cross-validation');
  });

  it('of several labels an image holds in every section', async () => {
    const out = join(folder, 'several.html');
    await json(contract['report.write'].output, command('report', labelled, '--out', out, '--open-test'));
    const text = await checked(out, 'Data in each part', 'Results', 'Calibration', 'Decisions', 'Errors');
    for (const name of SHOWN) expect(text).toContain(`Probabilities given to images of ${name}`);
    expect(text).not.toMatch(/p\d+_\d\.png|labels\.csv/);
  });

  it('is written in the window, from the room Export', async () => {
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    await page.waitForURL(/#\/home/, { timeout: minute });
    await page.goto(`${new URL(url).origin}/#/study/${study}/export/${run}`);
    const out = join(folder, 'window.html');
    const panel = page.getByRole('region', { name: 'Report' });
    await panel.getByLabel('File of the report').fill(out);
    await panel.getByRole('button', { name: 'Write the report' }).click();
    await panel.getByText(`Written: ${out}`).waitFor({ timeout: 2 * minute });
    expect(await panel.innerText()).toMatch(/CLAIM 2024: \d+ of 44 items filled, \d+ for the author/);
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    // There is one now: it is asked whether it may be replaced.
    await panel.getByRole('button', { name: 'Write the report' }).click();
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('button', { name: 'Replace it' }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  const histology = sharedData('histology_lung');
  it.runIf(LONG && histology)(
    'of a run on histology of the lung',
    async () => {
      const trained = await json(contract['run.get'].output, command(
      ...['train', '--data', histology!, '--labels', join(histology!, 'labels.csv'), '--backbone', 'mobilenet_v2_keras'],
      ...['--cut', 'block_2_add', '--input', '48', '--epochs', '1'],
    )); // prettier-ignore
      const out = join(folder, 'histology.html');
      await json(contract['report.write'].output, command('report', trained.id, '--out', out));
      expect(await checked(out, 'Results')).toContain('adenocarcinoma');
    },
    10 * minute,
  );

  const skin = sharedData('skin_lesions');
  it.runIf(LONG && skin)(
    'of a tournament on lesions of the skin',
    async () => {
      const compared = await json(contract['comparison.get'].output, command(
      ...['tournament', '--data', skin!, '--labels', join(skin!, 'labels.csv'), '--backbone', 'mobilenet_v2_keras'],
      ...['--strategies', 'full,truncated', '--cuts', 'block_2_add', '--folds', '2'],
      ...['--input', '32', '--epochs', '1'],
    )); // prettier-ignore
      const out = join(folder, 'skin.html');
      await json(contract['report.write'].output, command('report', compared.id, '--out', out, '--open-test'));
      expect(await checked(out, 'Comparison', 'Results')).toContain('Each class against the rest');
    },
    15 * minute,
  );
});
