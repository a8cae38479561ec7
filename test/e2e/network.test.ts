import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { drop } from '../support/drop.ts';
import { temporaryFolder } from '../support/folder.ts';
import { beginStudy, room } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { randomWeightsFile } from '../support/weights.ts';
import { writeStudy } from './support/study.ts';

const minute = 60_000;
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const slider = (page: Page) => page.getByRole('slider', { name: 'Cut', exact: true });
const cut = (page: Page) => slider(page).getAttribute('aria-valuetext');
/** Points of a curve under the map. */
const points = (page: Page, series: string) => page.locator(`circle[data-series=${series}]`);
/** The figure under its name in the readout. */
const figure = (page: Page, name: string) =>
  page.locator('dl > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
/** `3.37 M`, below ten thousand `994`. */
const parameters = async (page: Page): Promise<number> => {
  const [, value, millions] = /^([\d.,]+)( M)?$/.exec((await figure(page, 'Parameters').first().textContent())!)!;
  return Number(value!.replace(',', '')) * (millions ? 1e6 : 1);
};

describe.skipIf(!installedChromium())('the Network room', () => {
  it('begins with the cut: dragged and stepped, and the figures follow; what is measured stands under it', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page);
    await room(page, 'Network').click();
    await slider(page).waitFor({ timeout: minute });
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);

    // By the mouse, to the end of the network and back to its beginning.
    const box = (await slider(page).boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 60, { steps: 5 });
    const whole = await parameters(page);
    const last = await cut(page);
    await page.mouse.move(box.x + 4, box.y + 60, { steps: 5 });
    await page.mouse.up();
    const first = await cut(page);
    expect(first).not.toBe(last);
    expect(await parameters(page)).toBeLessThan(whole);
    // Let go, the cut stays where it is.
    await page.mouse.move(box.x + box.width * 0.7, box.y + 60);
    expect(await cut(page)).toBe(first);

    // By the keys.
    await slider(page).focus();
    await page.keyboard.press('End');
    expect([await cut(page), await parameters(page)]).toEqual([last, whole]);
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    const chosen = (await cut(page))!;
    await page.keyboard.press('ArrowLeft');
    expect(await cut(page)).not.toBe(chosen);
    await page.keyboard.press('ArrowRight');
    expect(await cut(page)).toBe(chosen);
    expect(await page.getByLabel('Cut after').locator('option:checked').textContent()).toContain(chosen);
    await expect.poll(() => figure(page, 'Memory to train').first().textContent(), { timeout: minute }).toMatch(/GB$/);
    expect(await figure(page, 'Sees').first().textContent()).toMatch(/^\d+ px$/);

    // The probe curve appears under the cut, and its figure in the readout.
    expect(await points(page, 'probe').count()).toBe(0);
    await expect.poll(() => button(page, 'Quick look').isEnabled(), { timeout: minute }).toBe(true);
    await button(page, 'Quick look').click();
    await points(page, 'probe')
      .first()
      .waitFor({ timeout: 3 * minute });
    const cuts = await page.getByLabel('Cut after').locator('option').count();
    expect(await points(page, 'probe').count()).toBe(cuts);
    // An estimate is drawn where it is asked for, with what may be said of it.
    expect(await points(page, 'logMe').count()).toBe(0);
    await page.getByLabel('Estimate of transferability').selectOption({ label: 'LogME' });
    await points(page, 'logMe').first().waitFor();
    expect(await points(page, 'logMe').count()).toBe(cuts);
    await page.getByText('Whether such estimates rank the cuts as fine-tuning does is not known').waitFor();
    await page.getByText(/^Beside the linear probe LogME ranked \d+ cuts with Kendall’s τ/).waitFor();
    expect(await figure(page, 'Probe AUROC').first().textContent()).toMatch(/^[01]\.\d{3}$/);

    // What is under the cut is saved as any chart.
    const saved = async (kind: string): Promise<Buffer> => {
      const download = page.waitForEvent('download');
      await button(page, 'Save the chart').click();
      await page.getByRole('menuitem', { name: kind }).click();
      return readFileSync(await (await download).path());
    };
    const png = await sharp(await saved('PNG image')).metadata();
    expect(png.width).toBeGreaterThan(2 * box.width);
    const svg = (await saved('SVG drawing')).toString();
    for (const words of ['stage1', '_blocks.0', 'AUROC', 'LogME', '● Linear probe']) expect(svg).toContain(words);
    expect(svg.match(/<circle/g)!.length).toBe(2 * cuts);
    const table = (await saved('CSV table')).toString().trim().split('\r\n');
    expect(table).toHaveLength(cuts + 1);
    expect(table[0]).toMatch(/^Cut,Block,Parameters,"Linear probe[^"]*"/);

    // Latency grows under it as it is measured.
    await button(page, 'Measure latency').click();
    await points(page, 'latency')
      .first()
      .waitFor({ timeout: 3 * minute });
    await expect.poll(() => button(page, 'Measure latency').isEnabled(), { timeout: 3 * minute }).toBe(true);
    await expect.poll(() => figure(page, 'Latency here').first().textContent()).toMatch(/ ms$/);
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);

    // A strategy that takes the network as a whole has no cut; a choice is kept as it is made.
    await page.getByRole('radio', { name: /^Mean-Var/ }).check();
    await page.getByText('Mean-Var takes the network as a whole').waitFor();
    await page.getByRole('radio', { name: /^Layer-wise/ }).check();
    const shown = {
      latency: await figure(page, 'Latency here').first().textContent(),
      probe: await figure(page, 'Probe AUROC').first().textContent(),
    };
    // What was typed last is kept after a moment.
    await page.waitForTimeout(1000);
    await page.reload();
    await points(page, 'probe').first().waitFor({ timeout: minute });
    expect(await cut(page)).toBe(chosen);
    expect(await page.getByRole('radio', { name: /^Layer-wise/ }).isChecked()).toBe(true);
    await expect.poll(() => figure(page, 'Latency here').first().textContent()).toBe(shown.latency);
    expect(await figure(page, 'Probe AUROC').first().textContent()).toBe(shown.probe);

    // The same as a table, and larger.
    await page.getByText('As a table', { exact: true }).click();
    expect(await page.getByRole('row', { name: chosen }).count()).toBeGreaterThan(0);
    const narrow = (await slider(page).boundingBox())!.width;
    await button(page, 'Zoom in').click();
    expect((await slider(page).boundingBox())!.width).toBeGreaterThan(1.2 * narrow);
    for (const size of [
      { width: 1024, height: 700 },
      { width: 2560, height: 1440 },
    ]) {
      await page.setViewportSize(size);
      expect([size, await clipped(page)]).toEqual([size, []]);
    }
    await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('finds the cut by itself, which is then one press away', async () => {
    const folder = join(temporaryFolder(), 'study');
    await writeStudy(folder, { classes: ['benign', 'malignant'] });
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page, folder);
    await room(page, 'Train').click();
    await page.getByLabel('Input size', { exact: false }).first().fill('64');
    await page.getByLabel(/^Epochs/).fill('1');
    await room(page, 'Network').click();
    await page.getByRole('radio', { name: /^All$/ }).or(button(page, 'All')).first().click();
    await page.getByRole('searchbox').fill('CBR-Tiny');
    await page.getByRole('radio', { name: /^CBR-Tiny/ }).check();
    await expect.poll(() => page.locator('#measure-blocked').allTextContents(), { timeout: minute }).toEqual([]);
    await button(page, 'Find the cut for me').click();
    await page.getByRole('link', { name: 'Watch it in Compare' }).waitFor({ timeout: minute });
    const found = page.getByText(/^The search chose /);
    await found.waitFor({ timeout: 5 * minute });
    const name = /The search chose (.*)\./.exec((await found.textContent())!)![1]!;
    await slider(page).focus();
    await page.keyboard.press('Home');
    await button(page, 'Use this cut').click();
    expect(await cut(page)).toBe(name);
    await expect.poll(() => points(page, 'runs').count(), { timeout: minute }).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    // The point of a run leads to what it belongs to.
    const leads = { name: /^AUROC .* open its comparison$/ };
    const point = page.getByRole('link', leads).first();
    if ((await point.count()) > 0) {
      await point.press('Enter');
    } else {
      // Where points lie on one another, a menu has them.
      await button(page, /results of runs$/).first().press('Enter'); // prettier-ignore
      await page.getByRole('menuitem', leads).first().press('Enter');
    }
    await page.waitForURL(/#\/study\/[^/]+\/compare\/.+/);
    expect(complaints).toEqual([]);
  });

  it('looks into a file of weights, finds the network that it fits, and adds one in part only with consent', async () => {
    const folder = temporaryFolder();
    const whole = await randomWeightsFile(folder, 'resnet18');
    const part = await randomWeightsFile(temporaryFolder(), 'resnet18', ['layer4.1.bn2.weight']);
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page);
    await room(page, 'Network').click();
    await button(page, 'All').click();
    await page.getByRole('searchbox').fill('resnet');
    await page.getByRole('radio', { name: /^ResNet-34/ }).check();

    const adding = page.getByRole('group', { name: 'Add weights from a file' });
    const look = async (file: string): Promise<void> => {
      await adding.getByLabel('File').fill(file);
      await button(page, 'Inspect').click();
    };
    // Dropped in a browser, which does not tell where a file lies.
    await drop(page, adding, whole);
    await adding.getByText('this is a copy in the workspace').waitFor({ timeout: minute });
    await button(page, 'Use it for ResNet-18').click({ timeout: minute });
    await adding.getByText('Fits ResNet-18 completely').waitFor({ timeout: minute });
    expect(await page.getByRole('radio', { name: /^ResNet-18/ }).isChecked()).toBe(true);
    expect(await clipped(page)).toEqual([]);
    await adding.getByLabel('Name').fill('mine');
    await button(page, 'Add').click();
    await adding.getByText('Added ‘mine’').waitFor({ timeout: minute });
    expect(await page.getByRole('radio', { name: /^mine/ }).isChecked()).toBe(true);

    await look(part);
    await adding.getByText('Fits ResNet-18 partly').waitFor({ timeout: minute });
    expect(await adding.getByRole('row', { name: /^Missing/ }).textContent()).toContain('layer4.1.bn2.weight');
    await adding.getByLabel('Name').fill('lacking');
    expect(await button(page, 'Add').isDisabled()).toBe(true);
    await adding.getByRole('checkbox', { name: /although it is incomplete/ }).check();
    await button(page, 'Add').click();
    const added = page.getByRole('radio', { name: /^lacking/ });
    await added.waitFor({ timeout: minute });
    expect(await added.isChecked()).toBe(true);
    await page.getByText('incomplete: 1 tensor at random values').waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
