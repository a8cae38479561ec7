// `npm run bench:window`: how long the window needs until it can be used, what it fetches for that, and how long its page is
// busy at a stretch while the engine trains and reports. Options: --images N (of a folder whose grid is opened), --keep DIR.
import { mkdtempSync, rmSync, mkdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { buildWhereStale } from '../../scripts/start/build.mjs';
import { serve } from '../../scripts/screenshots/serve.ts';
import { findChromium } from '../../scripts/setup/chromium.mjs';
import { generator } from '../../src-main/engine/random.ts';
import { entry, gzipped, scriptOf, withImports } from '../support/builtCode.ts';

const { values } = parseArgs({
  options: { images: { type: 'string', default: '20000' }, keep: { type: 'string' } },
});
const count = Number(values.images);
const executablePath = findChromium();
if (!executablePath) throw new Error('There is no Chromium here; install one or name it in CUTPOINT_CHROMIUM.');
await buildWhereStale();

const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-window-'));
const folder = values.keep ?? join(scratch, 'images');
if (!existsSync(folder)) await writeImages(folder);
const shell = await serve(join(scratch, 'workspace'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const rows: [what: string, value: string][] = [];
const minute = 60_000;
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const began = performance.now();
  await page.goto(shell.url);
  await page.getByLabel('Path of the folder').waitFor();
  rows.push(['first screen can be used', seconds(performance.now() - began)]);
  const first = withImports(entry(), scriptOf('HomeScreen'));
  rows.push(['code for it, gzip', kilobytes(gzipped(first))]);

  await page.getByLabel('Path of the folder').fill(folder);
  await page.getByRole('button', { name: 'Begin with this folder' }).click();
  const cell = page.locator('[role=listbox] [role=option] canvas').first();
  await cell.waitFor({ timeout: 5 * minute });
  await page.getByRole('link', { name: 'Network', exact: true }).click();
  await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();
  const opened = performance.now();
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await cell.waitFor();
  rows.push([`grid of ${count.toLocaleString('en')} images opens`, seconds(performance.now() - opened)]);
  rows.push(['the longest blank at an even scroll', `${Math.round(await longestBlank(page))} ms`]);
  await page.reload();
  const again = performance.now();
  await cell.waitFor({ timeout: minute });
  rows.push(['after a reload', seconds(performance.now() - again)]);

  await watchLongTasks(page);
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: /^Start/ }).click({ timeout: minute });
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor({ timeout: 5 * minute });
  await page.evaluate(() => ((window as unknown as { long: number[] }).long.length = 0));
  await page.waitForTimeout(20_000);
  const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
  rows.push(['tasks of the page over 50 ms in 20 s of training', String(long.length)]);
  rows.push(['the longest', `${Math.round(Math.max(0, ...long))} ms`]);
} finally {
  await browser.close();
  await shell.close();
  rmSync(scratch, { recursive: true, force: true });
}
console.log('| the window | |\n|---|---:|');
for (const [what, value] of rows) console.log(`| ${what} | ${value} |`);

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

/** Milliseconds for which an image in view is not there while a wheel is turned evenly. */
function longestBlank(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const list = document.querySelector('[role=listbox]')!;
    const since = new Map<Element, number>();
    let longest = 0;
    for (let step = 0; step < 120; step++) {
      list.scrollTop += 60;
      await new Promise(requestAnimationFrame);
      const view = list.getBoundingClientRect();
      for (const each of list.querySelectorAll('[role=option]')) {
        const { top, bottom } = each.getBoundingClientRect();
        const isBlank = bottom > view.top && top < view.bottom && !each.querySelector('canvas');
        if (!isBlank) since.delete(each);
        else if (!since.has(each)) since.set(each, performance.now());
        else longest = Math.max(longest, performance.now() - since.get(each)!);
      }
    }
    return longest;
  });
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
}

/** Small grey noise in two classes, four images a patient. */
async function writeImages(to: string): Promise<void> {
  const SIDE = 48;
  // Of these the names say which is the positive one.
  const CLASSES = ['benign', 'malignant'] as const;
  for (const name of CLASSES) mkdirSync(join(to, name), { recursive: true });
  for (let index = 0; index < count; index++) {
    const random = generator(11, 'window', index);
    const grey = Uint8Array.from({ length: SIDE * SIDE }, () => 60 + (index % 2) * 40 + 80 * random());
    const file = join(to, CLASSES[index % 2]!, `p${index >> 2}_${index}.png`);
    await sharp(grey, { raw: { width: SIDE, height: SIDE, channels: 1 } })
      .png({ compressionLevel: 1 })
      .toFile(file);
  }
}
