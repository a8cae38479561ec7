import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation, FilterLayer, Localisation } from '../../src-main/contract/explain.ts';
import { overlayPixels } from '../../src-main/contract/overlay.ts';
import type { PredictedImage } from '../../src-main/contract/prediction.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';
import type { SimilarityReport } from '../../src-main/contract/similarity.ts';
import { rowsOf } from '../../src-main/contract/table.ts';
import { fixed } from '../../src-renderer/logic/locale.ts';
import { services, tinyPlan } from '../engine/services/inProcess.ts';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile, serveWindow } from '../support/serve.ts';

const minute = 60_000;
const folder = folderForFile();
const workspace = join(folder, 'workspace');
const sample = join(folder, 'sample');

/** A truncated and a whole network of the same study, and what the engine itself says of them. */
let truncated: RunSummary;
let full: RunSummary;
let images: PredictedImage[];
let maps: Explanation[];
/** Of two images the same finding, as a box and as a mask. */
let located: Localisation;
let similar: SimilarityReport;
let filters: FilterLayer;
const BOX = '4 6 20 24';

describe.skipIf(!installedChromium())('from the results of a run to its maps and its export', () => {
  beforeAll(async () => {
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

    const rows = ['file,box,mask'];
    for (const [at, { file }] of images.slice(0, 2).entries()) {
      const { width, height } = await sharp(join(sample, file)).metadata();
      const [left, top, right, bottom] = BOX.split(' ').map(Number) as [number, number, number, number];
      const inside = {
        create: { width: right - left + 1, height: bottom - top + 1, channels: 3, background: '#fff' },
      } as const;
      await sharp({ create: { width, height, channels: 3, background: '#000' } })
        .composite([{ input: await sharp(inside).png().toBuffer(), left, top }])
        .png()
        .toFile(join(sample, `mask-${at}.png`));
      rows.push(`${file},${BOX},mask-${at}.png`);
    }
    writeFileSync(join(folder, 'regions.csv'), `${rows.join('\n')}\n`);
    const regions = {
      folder: sample,
      csv: join(folder, 'regions.csv'),
      column: { kind: 'boxes', name: 'box' } as const,
    };
    located = await engine.call('explain.localise', { run: truncated.id, regions });
    const state = (at: 'initial' | 'best') => ({ kind: 'run', run: truncated.id, at }) as const;
    similar = await engine.call('similarity.compare', { a: state('initial'), b: state('best') });
    [filters] = (await engine.call('explain.filters', { of: { run: truncated.id }, channels: 3 })).layers as [
      FilterLayer,
    ];
    await engine.close();
  }, 5 * minute);
  serveForFile(workspace);

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

  /** How many pixels of the charts are neither grey nor nearly so; a chart may have several canvases. */
  const coloured = (page: Page): Promise<number> =>
    page.locator('.chart canvas').evaluateAll((all) => {
      let found = 0;
      for (const canvas of all as HTMLCanvasElement[]) {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) {
          const rgb = [data[at]!, data[at + 1]!, data[at + 2]!];
          if (Math.max(...rgb) - Math.min(...rgb) > 40) found++;
        }
      }
      return found;
    });

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
    const figures = page.getByRole('region', { name: 'Figures of each layer' });
    for (const { a, meanSvcca, cka, random } of similar.pairs) {
      const row = (await figures.getByRole('row', { name: a }).textContent())!;
      for (const value of [meanSvcca, cka, random.mean, ...random.band!]) expect(row).toContain(fixed(value, 3));
    }
    expect(await violations(page)).toEqual([]);

    await page.getByLabel('Layers').selectOption('matrix');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('img', { name: new RegExp(`of ${similar.pairs.length} layers of the first network with`) }).waitFor({ timeout: minute }); // prettier-ignore
    // The cells of the heat map fill most of the chart.
    await expect.poll(() => coloured(page), { timeout: minute }).toBeGreaterThan(100_000);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Filters' }).click();
    await page.getByLabel('Channels').fill('3');
    await page.getByRole('button', { name: 'Draw the filters' }).click();
    for (const { channel, kind } of filters.filters)
      await page.getByRole('img', { name: `Channel ${channel}: ${kind ?? 'no response'}` }).waitFor({ timeout: 2 * minute }); // prettier-ignore
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('boxes and masks lie on the images, and the pointing game is the engine’s', async () => {
    const { page, complaints, at } = await opened('explain', { width: 1024, height: 700 });
    await page.goto(`${at}?part=validation&show=one&at=0`);
    await page.getByText('Do the maps lie on the finding?').click();
    await page.getByLabel('Table').fill(join(folder, 'regions.csv'));
    await page.getByLabel('Column', { exact: true }).fill('box');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const table = page.getByRole('region', { name: /^Pointing game and overlap: 2 images/ });
    const rates = [located.pointing, located.pointingStrict, located.iou].map(({ images: share }) => fixed(share, 3));
    await table.waitFor({ timeout: minute });
    const cells = await table.getByRole('row').evaluateAll((all) => all.slice(1).map((row) => row.children[2]!.textContent)); // prettier-ignore
    expect(cells).toEqual(rates);

    const box = page.locator('.map-row svg rect').first();
    const place = await box.evaluate((rect) => ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)))); // prettier-ignore
    expect(place).toEqual([4, 6, 17, 19]);
    const [{ strictHit, hit, iou }] = located.perImage as [Localisation['perImage'][number]];
    const where = strictHit ? 'within' : hit ? 'near' : 'beside';
    await page.getByText(`Peak ${where} the finding, overlap ${fixed(iou, 3)}`).waitFor({ timeout: minute });
    expect(await violations(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);

    await page.getByLabel('Its findings are').selectOption('masks');
    await page.getByLabel('Column', { exact: true }).fill('mask');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const outline = page.locator('.map-row svg path').first();
    await outline.waitFor({ timeout: minute });
    expect(await outline.getAttribute('d')).toBe('M4 6H21M4 25H21M4 6V25M21 6V25');
    // The same place in another form: the same numbers.
    await expect.poll(() => table.getByRole('row').evaluateAll((all) => all.slice(1).map((row) => row.children[2]!.textContent))).toEqual(rates); // prettier-ignore

    // What was found of one method says nothing of another.
    await page.getByRole('combobox', { name: 'Method' }).selectOption('layer-cam');
    await expect.poll(() => page.getByText(/^Peak .* the finding, overlap/).count()).toBe(0);
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
