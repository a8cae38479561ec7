import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { drop } from '../support/drop.ts';
import { temporaryFolder } from '../support/folder.ts';
import { put, smallDicom, smallPng } from '../support/pictures.ts';
import { beginStudy, place, room } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { sharedData } from '../support/shared.ts';
import { writeCsv, writeStudy } from './support/study.ts';

const minute = 60_000;
const root = resolve(import.meta.dirname, '../..');
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const grid = (page: Page) => page.getByRole('listbox', { name: /image/ });
const images = (page: Page) => grid(page).getByRole('option');
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Image', exact: true });
/** How many images pass the filters, and how many there are. */
const shownOf = (page: Page) => page.getByRole('search').getByRole('status');

/** Sum over the levels of a canvas, which tells whether something was drawn, and whether it is another thing now. */
const inked = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    if (width === 0) return 0;
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    return data.reduce((sum, level, at) => sum + (at % 4 === 3 ? 0 : level), 0);
  });

async function chooseAnother(page: Page, folder: string): Promise<void> {
  await button(page, 'Choose another folder').click();
  await page.getByLabel('Path of the folder').fill(folder);
  await button(page, 'Look at the images').click();
}

/** Changes the language in Settings, and comes back. */
async function speakGerman(page: Page): Promise<void> {
  await place(page, 'Settings').click();
  await page.getByLabel('Language').selectOption('de');
  await page.getByRole('link', { name: 'Daten', exact: true }).click();
}

describe.skipIf(!installedChromium())('the Data room', () => {
  it('begins with all images; filters, opens, windows and leaves out; a reload keeps it', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page);
    await images(page).first().waitFor({ timeout: minute });
    const all = Number(/^\d+/.exec((await shownOf(page).textContent())!.trim())![0]);
    expect(all).toBeGreaterThan(100);
    await expect.poll(() => inked(images(page).first().locator('canvas')), { timeout: minute }).toBeGreaterThan(0);
    // Only those in view are on the page.
    expect(await images(page).count()).toBeLessThan(all);
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);

    const label = (await page.getByLabel('Class', { exact: true }).locator('option').nth(1).getAttribute('value'))!;
    await page.getByLabel('Class', { exact: true }).selectOption(label);
    await expect.poll(() => shownOf(page).textContent()).toMatch(new RegExp(`^\\s*\\d+ of ${all} images`));
    for (const name of await images(page).evaluateAll((each) => each.map((one) => one.getAttribute('aria-label')!))) {
      expect(name.startsWith(`${label}, `)).toBe(true);
    }
    await page.getByLabel('Name of the file').fill('.dcm');

    await grid(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const image = drawer(page).getByRole('img').first();
    await expect.poll(() => inked(image), { timeout: minute }).toBeGreaterThan(0);
    expect(page.url()).toMatch(/image=.*\.dcm/);
    const before = await inked(image);
    const box = (await image.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 10, box.y + box.height / 2 + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => inked(image)).toBeLessThan(before);
    await button(page, /^As it was opened/).click();
    await expect.poll(() => inked(image)).toBe(before);
    await button(page, /^Inverted/).click();
    await expect.poll(() => inked(image)).not.toBe(before);
    await button(page, /^What the network sees/).click();
    await expect.poll(() => inked(drawer(page).locator('figure canvas')), { timeout: minute }).toBeGreaterThan(0);
    await drawer(page).getByText('Header', { exact: true }).click();
    await drawer(page).getByRole('cell', { name: 'PatientID' }).waitFor({ timeout: minute });
    expect(
      await drawer(page)
        .getByRole('row', { name: /PatientID/ })
        .textContent(),
    ).toContain('masked');
    expect(await violations(page)).toEqual([]);

    const address = page.url();
    const some = await shownOf(page).textContent();
    expect(address).toMatch(/label=.*text=\.dcm|text=\.dcm.*label=/);
    await page.reload();
    await expect.poll(() => inked(image), { timeout: minute }).toBe(before);
    expect(page.url()).toBe(address);
    expect(await shownOf(page).textContent()).toBe(some);
    await room(page, 'Network').click();
    await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();
    await page.goBack();
    await expect.poll(() => shownOf(page).textContent(), { timeout: minute }).toBe(some);
    expect(page.url()).toBe(address);
    const opened = page.waitForEvent('popup');
    await page.evaluate(() => void window.open(location.href));
    const second = await opened;
    await expect.poll(() => shownOf(second).textContent(), { timeout: minute }).toBe(some);
    await second.close();
    await button(page, 'Leave out').click();
    await expect.poll(() => shownOf(page).textContent(), { timeout: minute }).toContain(String(all - 1));
    // The button is gone, and the focus is not.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('group');
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'detached' });
    await page.reload();
    await expect.poll(() => shownOf(page).textContent(), { timeout: minute }).toContain(String(all - 1));
    await page.getByText('As decided, 1 file is left out: 1 by hand.').waitFor();
    await button(page, 'Undo decision 1').click();
    await expect.poll(() => shownOf(page).textContent(), { timeout: minute }).toContain(`${all} images`);
    for (const name of ['Classes', 'Labels', 'Files', 'Split']) {
      await tab(page, name).click();
      expect(await violations(page), name).toEqual([]);
      expect(await clipped(page), name).toEqual([]);
    }
    // Looking at what is drawn is this test's own doing.
    expect(complaints.filter((each) => !each.startsWith('Canvas2D'))).toEqual([]);
  });

  it('findings act: copies are shown and left out, classes joined, and taken back', async () => {
    const folder = join(temporaryFolder(), 'study');
    for (let index = 0; index < 24; index++)
      put(folder, `${['a', 'b', 'c'][index % 3]}/${index}.png`, await smallPng(index));
    for (const name of ['a', 'b']) put(folder, `${name}/copy.png`, await smallPng(99));
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, folder);
    await page.getByText('DUPLICATE_LABELS').waitFor({ timeout: minute });
    await button(page, 'Show 2 images').click();
    await expect.poll(() => images(page).count()).toBe(2);
    await button(page, 'Leave 2 images out').click();
    await page.getByText('2 images are left out').first().waitFor({ timeout: minute });
    await expect.poll(() => page.getByText('DUPLICATE_LABELS').count(), { timeout: minute }).toBe(0);
    await tab(page, 'Classes').click();
    await button(page, 'What can be done with c').click();
    await page.getByRole('menuitem', { name: 'Join with another…' }).click();
    await page.getByLabel('Counted as').fill('b');
    await button(page, 'Join').click();
    await expect.poll(() => page.getByRole('rowheader').allInnerTexts(), { timeout: minute }).toEqual(['a', 'b']);
    await button(page, 'Separate ‘b’ again').click();
    await expect.poll(() => page.getByRole('rowheader').allInnerTexts(), { timeout: minute }).toEqual(['a', 'b', 'c']);
    await speakGerman(page);
    await tab(page, /^Befunde/).click();
    await page
      .getByText('Wie entschieden: 2 Dateien sind ausgelassen, und zwar 2 doppelte.')
      .waitFor({ timeout: minute });
  });

  it('asks about masks before they become a class', async () => {
    const folder = join(temporaryFolder(), 'study');
    await writeStudy(folder);
    for (let index = 0; index < 8; index++) put(folder, `masks/${index}.png`, await smallPng(index));
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, folder);
    await page.getByRole('heading', { name: 'Before the images are read' }).waitFor({ timeout: minute });
    expect(await violations(page)).toEqual([]);
    expect(await grid(page).count()).toBe(0);
    await button(page, 'Leave out masks').click();
    await tab(page, 'Classes').click({ timeout: minute });
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(['dark', 'light']);
    expect(await button(page, 'Network →').isEnabled()).toBe(true);
  });

  it('says what is wrong with a folder, in a small window, and keeps the way closed', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url, { width: 1024, height: 700 });
    await beginStudy(page, '/nowhere/at/all');
    await page.getByText('FOLDER_NOT_FOUND').waitFor({ timeout: minute });
    expect(await button(page, 'Network →').isDisabled()).toBe(true);
    expect(await clipped(page)).toEqual([]);
    await page.getByLabel('Path of the folder').fill('images/cxr');
    await button(page, 'Look at the images').click();
    await page.getByText('is not a full path').waitFor({ timeout: minute });
    await page.getByLabel('Path of the folder').fill('C:\\images');
    await button(page, 'Look at the images').click();
    await page.getByText('is a path of Windows').waitFor({ timeout: minute });
    await speakGerman(page);
    await page.getByText('ist ein Pfad von Windows').waitFor({ timeout: minute });
    expect(await clipped(page)).toEqual([]);
  });

  it('takes the table of a folder that knows the patients, leaves it with one press, and none of it goes to another folder', async () => {
    const [first, second] = [join(temporaryFolder(), 'first'), join(temporaryFolder(), 'second')];
    const files = await writeStudy(first);
    writeCsv(
      join(first, 'labels.csv'),
      files.map((file, at) => [file, file.split('/')[0]!, `p${at >> 1}`]),
      ['file', 'label', 'patient_id'],
    );
    await writeStudy(second, { classes: ['one', 'two'] });
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, first);
    await page.getByText(`${files.length} images · ${files.length / 2} patients`).waitFor({ timeout: minute });
    // A column picked by hand stays when the images are looked at again.
    await tab(page, 'Labels').click();
    await page.getByLabel('Patient column').selectOption('None');
    await button(page, 'Look again with these settings').first().click();
    await page.getByText(`${files.length} images · 2 classes`).waitFor({ timeout: minute });
    await button(page, 'Take the sub-folders as classes instead').click();
    await expect
      .poll(() => page.getByRole('radio', { name: 'Class = name of the sub-folder' }).isChecked(), { timeout: minute })
      .toBe(true);
    await chooseAnother(page, second);
    await tab(page, 'Classes').click({ timeout: minute });
    await expect.poll(() => page.getByRole('rowheader').allInnerTexts(), { timeout: minute }).toEqual(['one', 'two']);
  });

  it('asks about a table from another machine, and takes it by the ends of its paths with one press', async () => {
    const folder = join(temporaryFolder(), 'study');
    const files = await writeStudy(folder);
    writeCsv(
      join(folder, 'labels.csv'),
      files.map((file, at) => [
        ['C:', 'Users', 'x', 'study', ...file.split('/')].join('\\'),
        at % 2 ? 'nan' : file.split('/')[0]!,
      ]),
      ['file', 'label'],
    );
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, folder);
    await page.getByText('FOUND_BY_END').waitFor({ timeout: minute });
    expect(await violations(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);
    await button(page, /^Take the labels from labels\.csv, matching \d+ rows by the ends of their paths$/).click();
    await page
      .getByText(`${files.length / 2} images · `)
      .first()
      .waitFor({ timeout: minute });
    await tab(page, /^Findings/).click();
    await page.getByText('LABELS_MISSING').waitFor({ timeout: minute });
    await tab(page, 'Labels').click();
    expect(await page.getByLabel('Match by the ends of paths').isChecked()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  it('offers the study where no patient is known', async () => {
    const folder = join(temporaryFolder(), 'study');
    for (let index = 0; index < 16; index++) {
      put(folder, `${index < 8 ? 'x' : 'y'}/${index}.dcm`, smallDicom(index, 'ANONYMOUS', { study: `s${index >> 1}` }));
    }
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url, { width: 1024, height: 700 });
    await beginStudy(page, folder);
    await page.getByText('carry the PatientID ‘ANONYMOUS’').waitFor({ timeout: minute });
    await button(page, 'Keep together by 8 imaging studies').click();
    await page.getByText('16 images · 8 imaging studies').waitFor({ timeout: minute });
    expect(await clipped(page)).toEqual([]);
  });

  it('takes a folder dropped on it as a copy, with the digests of what arrived', async () => {
    const folder = join(temporaryFolder(), 'my study');
    execFileSync(process.execPath, [resolve(root, 'bin/cutpoint.mjs'), 'sample', folder], { stdio: 'ignore' });
    const workspace = temporaryFolder();
    const { url } = await serveWindow(workspace);
    const { page } = await openWindow(url);
    const small = join(temporaryFolder(), 'small');
    await writeStudy(small, { patients: 4 });
    await beginStudy(page, small);
    await images(page).first().waitFor({ timeout: minute });
    await button(page, 'Choose another folder').click();
    await drop(page, page.getByRole('region', { name: 'Folder of images' }), folder);
    await page.getByText('the originals were not touched').waitFor({ timeout: 2 * minute });
    const copy = join(workspace, 'dropped', readdirSync(join(workspace, 'dropped'))[0]!);
    const arrived = readdirSync(copy, { recursive: true }).filter((name) => name !== '.cutpoint-sha256');
    expect(arrived.sort()).toEqual(readdirSync(folder, { recursive: true }).sort());
  });
});

const cxr = sharedData('dicom_cxr');
describe.skipIf(!installedChromium() || !cxr)('the Data room on chest X-rays', () => {
  it('shows how they are stored, the right way round, and does not mirror them', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, cxr!);
    await images(page)
      .first()
      .waitFor({ timeout: 2 * minute });
    await tab(page, 'Files').click();
    await page.getByRole('cell', { name: /^MONOCHROME1/ }).waitFor();
    expect(await page.getByRole('row', { name: /^MONOCHROME1/ }).textContent()).toContain('48');
    await page.getByText(/A run whose training images are so does not mirror them/).waitFor();
    await tab(page, 'Split').click();
    await expect.poll(() => page.getByRole('row', { name: /^Training/ }).textContent()).toMatch(/1\d\d/);
    await room(page, 'Train').click();
    await page.getByText('Mirror left–right').first().waitFor({ state: 'attached', timeout: minute });
    // Left to the run, which does not: see test/engine/cohort/decided.test.ts.
    expect(await page.getByLabel('Mirror left–right').inputValue()).toBe('byTraining');
  });
});

// How long it takes with 20,000 is measured by `npm run bench:window`.
describe.skipIf(!installedChromium())('the Data room with many images', () => {
  it('draws those in view, wherever one scrolls to, and keeps few of them', async () => {
    const count = 3000;
    const folder = join(temporaryFolder(), 'many');
    const contents = await Promise.all(Array.from({ length: 40 }, (_, seed) => smallPng(seed, 48)));
    for (const name of ['a', 'b']) mkdirSync(join(folder, name), { recursive: true });
    for (let index = 0; index < count; index++)
      put(folder, `${index % 2 ? 'a' : 'b'}/p${String(index).padStart(4, '0')}.png`, contents[index % 40]!);
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, folder);
    const drawn = page.locator('[role=listbox] [role=option]', { has: page.locator('canvas') });
    await drawn.first().waitFor({ timeout: 3 * minute });
    for (const share of [0.5, 1, 0.25]) {
      await page.locator('[role=listbox]').evaluate((list, to) => (list.scrollTop = list.scrollHeight * to), share);
      const blank = () =>
        page.locator('[role=listbox]').evaluate((list) => {
          const view = list.getBoundingClientRect();
          return [...list.querySelectorAll('[role=option]')].filter((each) => {
            const { top, bottom } = each.getBoundingClientRect();
            return bottom > view.top && top < view.bottom && !each.querySelector('canvas');
          }).length;
        });
      await expect.poll(blank, { timeout: minute }).toBe(0);
      expect(await images(page).count()).toBeGreaterThan(0);
      expect(await images(page).count()).toBeLessThan(300);
    }
    await page.locator('[role=listbox]').evaluate((list) => (list.scrollTop = list.scrollHeight));
    await expect.poll(() => images(page).last().textContent(), { timeout: minute }).toContain('p2998.png');
  });
});
