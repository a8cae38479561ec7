import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src-main/contract/explain.ts';
import { overlayPixels } from '../../src-main/contract/overlay.ts';
import type { PredictedImage } from '../../src-main/contract/prediction.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';
import { rowsOf } from '../../src-main/contract/table.ts';
import { services, tinyPlan } from '../engine/services/inProcess.ts';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile } from '../support/folder.ts';
import { serveWindow } from '../support/serve.ts';

const root = resolve(import.meta.dirname, '../..');
const minute = 60_000;
const folder = folderForFile();
const workspace = join(folder, 'workspace');
const sample = join(folder, 'sample');

/** A truncated and a whole network of the same study, and what the engine itself says of them. */
let truncated: RunSummary;
let full: RunSummary;
let images: PredictedImage[];
let maps: Explanation[];

describe.skipIf(!installedChromium())('from the results of a run to its maps and its export', () => {
  beforeAll(async () => {
    const vite = resolve(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '-c', 'renderer.config.ts'], { cwd: root, stdio: 'ignore' });
    const engine = await services(workspace);
    const { labels } = await engine.call('data.sample', { folder: sample });
    const plan = (changes: object) =>
      tinyPlan(sample, {
        ...{
          data: { folder: sample, labels: { csv: labels, groupColumn: 'group' } },
          epochs: 1,
          batch: 16,
          ...changes,
        },
      });
    truncated = await (await engine.train(plan({}))).end;
    full = await (await engine.train(plan({ cut: undefined, strategy: 'full' }))).end;
    images = rowsOf((await engine.call('run.predictions', { id: truncated.id, part: 'validation' })).images);
    const [at] = errors();
    const pictures = [{ split: 'validation' as const, index: at! }];
    maps = [];
    for (const { id } of [truncated, full])
      maps.push(...(await engine.call('explain.map', { run: id, pictures, image: true })).maps);
    await engine.close();
  }, 5 * minute);

  /** Places of the mistakes that the matrix has most of. */
  const errors = (): number[] => {
    const wrong = images.flatMap((image, index) => (image.correct ? [] : [{ ...image, index }]));
    const [largest] = [...Map.groupBy(wrong, ({ class: name, predicted }) => `${name} ${predicted}`).values()].sort(
      (a, b) => b.length - a.length,
    );
    return (largest ?? []).map(({ index }) => index);
  };

  const opened = async (room: string, size = { width: 1440, height: 900 }) => {
    const { url } = await serveWindow(workspace);
    const window = await openWindow(url, size);
    // The link leads to Home; from there on addresses are followed.
    await window.page.waitForURL(/#\/home/, { timeout: minute });
    const at = `${new URL(url).origin}/#/study/${truncated.study}/${room}/${truncated.id}`;
    await window.page.goto(at);
    return { ...window, at };
  };

  /** The pixels of a canvas, four bytes each, once something was drawn on it. */
  const pixels = async (page: Page, selector: string): Promise<number[]> => {
    const canvas = page.locator(selector).first();
    await canvas.waitFor({ timeout: minute });
    return canvas.evaluate((element: HTMLCanvasElement) => [
      ...element.getContext('2d')!.getImageData(0, 0, element.width, element.height).data,
    ]);
  };

  it('the cell of a mistake opens its images; a reload lands on the same; the test set stays sealed', async () => {
    const { page, complaints, at } = await opened('results');
    await page.getByRole('heading', { name: /^Results of / }).waitFor({ timeout: minute });
    await page.getByText('AUROC', { exact: true }).first().waitFor({ timeout: minute });
    const [first] = errors().map((index) => images[index]!);
    const own = images.filter((each) => each.class === first!.class && each.predicted === first!.predicted);
    const cell = page.getByRole('button', { name: `‘${first!.class}’ taken for ‘${first!.predicted}’` });
    expect(await cell.textContent()).toContain(String(own.length));
    await cell.click();
    const tiles = page.locator('#images li');
    await expect.poll(() => tiles.count()).toBe(Math.min(own.length, 24));
    await expect.poll(() => page.locator('#images li canvas').count(), { timeout: minute }).toBe(Math.min(own.length, 24)); // prettier-ignore
    const names = await tiles.locator('.name').evaluateAll((all) => all.map((each) => each.getAttribute('title')));
    expect([...names].sort()).toEqual(own.map(({ file }) => file).sort());

    await page.reload();
    await expect.poll(() => tiles.locator('.name').evaluateAll((all) => all.map((each) => each.getAttribute('title'))), { timeout: minute }).toEqual(names); // prettier-ignore
    expect(await cell.getAttribute('aria-pressed')).toBe('true');
    expect(await violations(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);

    await page.goto(`${at}?part=test`);
    await page.getByRole('heading', { name: 'The test set is sealed' }).waitFor();
    expect(await page.locator('main dl').count()).toBe(0);
    await page.getByRole('button', { name: 'Open the test set' }).click();
    await page.getByText(/^Opened on /).waitFor({ timeout: minute });
    expect(await page.locator('.figures .value').first().textContent()).toMatch(/^0\.\d{3}|1\.000|> 0\.999$/);
    expect(complaints).toEqual([]);
  });

  it('maps of the truncated and the whole network stand side by side, and are the engine’s own', async () => {
    const { page, complaints, at } = await opened('explain');
    const [index] = errors();
    const address = `${at}?part=validation&show=one&at=${index}&with=${full.id}`;
    await page.goto(address);
    const look = async () => {
      for (const [run, map] of [truncated, full].map(({ id }, place) => [id, maps[place]!] as const)) {
        const drawn = await pixels(page, `figure[data-run="${run}"] canvas`);
        const rgba = async (png: Uint8Array) =>
          new Uint8Array(await sharp(png).toColourspace('srgb').ensureAlpha().raw().toBuffer());
        expect(drawn).toEqual([...overlayPixels(await rgba(map.image!), await rgba(map.restored.png))]);
      }
    };
    await look();
    await page.reload();
    await look();

    await page.getByRole('button', { name: /^Can this map be trusted/ }).first().click(); // prettier-ignore
    await page.locator('.check').first().waitFor({ timeout: minute });
    await page.getByRole('combobox', { name: 'Method' }).selectOption('layer-cam');
    await expect.poll(() => page.url()).toContain('method=layer-cam');
    await page.locator(`figure[data-run="${full.id}"] canvas`).waitFor({ timeout: minute });
    await page.getByRole('combobox', { name: 'Show' }).selectOption('errors');
    const wrong = images.filter(({ correct }) => !correct).length;
    await expect.poll(() => page.locator('.map-row figure[data-run] canvas').count(), { timeout: minute }).toBe(2 * Math.min(wrong, 12)); // prettier-ignore
    expect(await violations(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Movement' }).click();
    await page.getByRole('heading', { name: 'Movement block by block' }).waitFor({ timeout: minute });
    await page.getByRole('tab', { name: 'Similarity' }).click();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { name: 'Similarity layer by layer' }).waitFor({ timeout: minute });
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('an export is not replaced without a word, and answers as the application does', async () => {
    const { page, complaints } = await opened('export', { width: 1024, height: 700 });
    const out = join(folder, 'out', 'model.onnx');
    await page.getByLabel('Destination').fill(out);
    await page.getByText('Measure the speed on this machine').click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByText('Computes the same as this app').waitFor({ timeout: 2 * minute });
    expect(existsSync(out)).toBe(true);

    await page.getByRole('button', { name: 'Try it', exact: true }).click();
    await page.getByRole('button', { name: 'Take a validation image' }).click();
    await page.getByText(/^Both say ‘(clear|nodular)’; the largest difference is /).waitFor({ timeout: minute });
    await page.getByRole('button', { name: 'Read the card' }).click();
    await expect.poll(() => page.getByRole('dialog').locator('pre').textContent()).toContain('# ');
    await page.keyboard.press('Escape');
    expect(await violations(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);

    await page.getByText('Merge batch normalisation into the convolutions').click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('alertdialog', { name: 'Replace the earlier export?' }).waitFor({ timeout: minute });
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByText('batch normalisation merged').waitFor({ timeout: 2 * minute });
    expect(complaints).toEqual([]);
  });
});
