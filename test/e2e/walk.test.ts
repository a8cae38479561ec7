import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeSampleStudy } from '../../src-main/engine/data/sample.ts';
import { installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile } from '../support/folder.ts';
import { keyboard, mouse, type Hands } from '../support/hands.ts';
import { LONG } from '../support/long.ts';
import { put, smallPng } from '../support/pictures.ts';
import { serveWindow } from '../support/serve.ts';
import { sharedData } from '../support/shared.ts';
import { walk, type Study } from '../support/walk.ts';

const minute = 60_000;
const folder = folderForFile();
const images = (page: Page) => page.getByRole('listbox', { name: /image/ }).getByRole('option');
/** Looking at what is drawn is the test's own doing. */
const own = (complaint: string) => complaint.startsWith('Canvas2D');

/** Walks through a study with these hands, in a workspace and a window of its own. */
async function walkThrough(
  name: string,
  handsOf: (page: Page) => Hands,
  studyOf: (page: Page, hands: Hands) => Study,
): Promise<void> {
  const workspace = join(folder, name);
  mkdirSync(workspace);
  const { url } = await serveWindow(workspace);
  const { page, complaints } = await openWindow(url);
  const hands = handsOf(page);
  await walk(page, hands, workspace, { ...studyOf(page, hands), ...pictures(page, name) });
  expect(complaints.filter((each) => !own(each))).toEqual([]);
}

/** With CUTPOINT_WALK_PICTURES=FOLDER the walk leaves a picture of every part of it there. */
function pictures(page: Page, name: string): Pick<Study, 'seen'> {
  const into = process.env.CUTPOINT_WALK_PICTURES;
  if (!into) return {};
  mkdirSync(join(into, name), { recursive: true });
  let at = 0;
  const next = (part: string) => join(into, name, `${String(++at).padStart(2, '0')} ${part}.png`);
  return { seen: (part) => page.screenshot({ path: next(part) }) };
}

/** The sample study, and in it one picture twice, once in each class. */
async function sampleWithCopies(into: string): Promise<string> {
  const { folder: study, labels } = await writeSampleStudy(into);
  const picture = await smallPng(99, 96);
  for (const label of ['clear', 'nodular']) {
    put(study, `${label}/copy.png`, picture);
    appendFileSync(labels, `${label}/copy.png,${label},COPY\n`);
  }
  return study;
}

/** Resolved by leaving the copies out. */
const sample =
  (path: string) =>
  (page: Page, hands: Hands): Study => ({
    folder: path,
    settings: { 'Input size': '48', Epochs: '1' },
    async findings() {
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      await page.getByText('DUPLICATE_LABELS').waitFor({ timeout: minute });
      await hands.press(button('Show 2 images'));
      await expect.poll(() => images(page).count()).toBe(2);
      await hands.press(button('Leave 2 images out'));
      await expect.poll(() => page.getByText('DUPLICATE_LABELS').count(), { timeout: minute }).toBe(0);
      await page.getByText('240 images · 40 patients · 2 classes').waitFor();
      // What was sorted out is not looked for any more.
      await expect.poll(() => images(page).count()).toBeGreaterThan(2);
      return 240;
    },
  });

describe.skipIf(!installedChromium())('the whole journey, from a folder to an exported file that answers', () => {
  // The one by keyboard, and by mouse that on X-rays, take the same way.
  it.runIf(LONG)('by mouse', async () => {
    const study = await sampleWithCopies(join(folder, 'study'));
    await walkThrough('by mouse', mouse, sample(study));
  });

  it('by keyboard alone', async () => {
    const study = await sampleWithCopies(join(folder, 'another'));
    await walkThrough('by keyboard', keyboard, sample(study));
  });
});

const cxr = sharedData('dicom_cxr');
const lesions = sharedData('skin_lesions');
describe.skipIf(!installedChromium())('the whole journey on real images', () => {
  const settings = { 'Input size': '48', Epochs: '1' };

  it.skipIf(!cxr)('chest X-rays in DICOM files of several encodings', async () => {
    const study = (page: Page, hands: Hands): Study => ({
      ...{ folder: cxr!, settings },
      async findings() {
        await page.getByText('168 images · 168 patients · 2 classes').waitFor({ timeout: minute });
        // Those whose values have no window share one scale, and look like the others.
        await hands.press(page.getByRole('button', { name: 'Show 24 images' }));
        await page.getByText('24 of 168 images').waitFor();
        await hands.press(page.getByRole('button', { name: 'Show all' }));
        return 168;
      },
    });
    await walkThrough('dicom_cxr', mouse, study);
  });

  it.runIf(LONG && lesions)('dermatoscopy of seven classes, with a table that names the lesions', async () => {
    const study = (page: Page, hands: Hands): Study => ({
      ...{ folder: lesions!, settings },
      async findings() {
        await page.getByText('610 images · 610 patients · 7 classes').waitFor({ timeout: minute });
        await hands.press(page.getByRole('button', { name: 'Look at labels and patients' }));
        await page.getByLabel('Patient column').waitFor();
        // A class that is too small to be divided is left out.
        await hands.press(page.getByRole('tab', { name: 'Classes' }));
        await hands.press(page.getByRole('button', { name: 'What can be done with df' }));
        await hands.press(page.getByRole('menuitem', { name: 'Leave out' }));
        await page.getByText('580 images · 580 patients · 6 classes').waitFor({ timeout: minute });
        return 580;
      },
    });
    await walkThrough('skin_lesions', mouse, study);
  });
});
