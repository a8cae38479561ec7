import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { beginStudy, room } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { severalLabelsStudy, SHOWN } from '../support/severalLabels.ts';

const minute = 60_000;
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });
const grid = (page: Page) => page.getByRole('listbox', { name: /image/ });

async function fits(page: Page): Promise<void> {
  expect(await clipped(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
}

describe.skipIf(!installedChromium())('several labels an image, in the window', () => {
  it('are chosen from a table, learnt, and looked at one by one', async () => {
    const [workspace, study] = [temporaryFolder(), join(temporaryFolder(), 'study')];
    await severalLabelsStudy(study, { patients: 40 });
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    await beginStudy(page, study);

    await grid(page).getByRole('option').first().waitFor({ timeout: minute });
    await tab(page, 'Labels').click();
    await page.getByLabel('several labels, with a column each').check();
    for (const name of SHOWN) expect(await page.getByRole('checkbox', { name }).isChecked()).toBe(true);
    await button(page, 'Look again with these settings').last().click();
    await page.getByText(`3 labels`).first().waitFor({ timeout: minute });
    await tab(page, 'Classes').click();
    await page.getByText(/of 80 images have none of the labels, one has at most [23]\./).waitFor({ timeout: minute });
    await page.getByRole('columnheader', { name: 'Not known' }).waitFor();
    await fits(page);

    await page.getByLabel('Label', { exact: true }).selectOption('?Disc');
    await expect.poll(() => grid(page).getByRole('option').count()).toBeLessThan(30);
    for (const name of await grid(page).getByRole('option').allTextContents())
      expect(name).toContain('Disc (not known)');
    await page.getByLabel('Label', { exact: true }).selectOption('Disc');
    await grid(page).getByRole('option').first().click();
    const drawer = page.getByRole('complementary', { name: 'Image', exact: true });
    await drawer.getByText('Disc').first().waitFor({ timeout: minute });
    expect(await drawer.getByRole('button', { name: /label/i }).count()).toBe(0);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await button(page, 'Show all').click();
    await tab(page, 'Split').click();
    await page.getByText('none of the labels', { exact: true }).last().waitFor({ timeout: minute });

    await room(page, 'Network').click();
    await page.getByText('A support vector machine in place of the head is made for one class an image.').waitFor({ timeout: minute }); // prettier-ignore
    await button(page, 'All').click();
    await page.getByRole('radio', { name: /CBR.?Tiny/i }).check();
    await expect.poll(() => button(page, 'Quick look').isEnabled()).toBe(true);
    await fits(page);
    await room(page, 'Compare').click();
    await page.getByRole('radio', { name: /^Tournament/ }).waitFor({ timeout: minute });
    await room(page, 'Train').click();
    await page.getByText('Several labels: one probability each').waitFor();
    await page.getByLabel(/^Input size/).fill('32');
    await page.getByLabel(/^Epochs/).fill('2');
    await page.getByText('steps of this network, timed just now').waitFor({ timeout: 2 * minute });
    await fits(page);
    await button(page, 'Start training').click({ timeout: minute });
    await button(page, 'See the results').click({ timeout: 3 * minute });

    const labels = page.getByRole('table', { name: 'Each label against not having it' });
    await labels.waitFor({ timeout: minute });
    for (const name of SHOWN) expect(await labels.getByRole('row', { name }).count()).toBe(1);
    await page.getByText('mean over 3 labels').first().waitFor();
    await page.getByLabel('Label', { exact: true }).selectOption('Disc');
    await page.waitForURL(/label=Disc/);
    await page.getByText(/Images of which it is known whether they have ‘Disc’/).waitFor();
    await fits(page);
    await button(page, /‘Disc’: has it, not called/).click();
    await page.waitForURL(/images=1-0/);
    for (const [section, sentence] of [
      ['Calibration', 'Probabilities of several labels are not calibrated'],
      ['Hand to a person', 'Nothing can be promised of several labels at once'],
    ] as const) {
      await tab(page, section).click();
      await page.getByText(sentence).waitFor({ timeout: minute });
      await fits(page);
    }
    await tab(page, 'Subgroups').click();
    await page.getByLabel('Divide by').selectOption({ label: 'Bright (labels.csv)' }, { timeout: minute });
    await button(page, 'Show the subgroups').click();
    await page.getByText(/‘Disc’ against not having it, on the \d+ of \d+ images/).waitFor({ timeout: minute });
    await fits(page);
    await tab(page, 'Threshold').click();
    await page.getByLabel('Label', { exact: true }).selectOption('Stripes', { timeout: minute });
    await button(page, 'Keep with the run').click({ timeout: minute });
    await button(page, 'Take back').waitFor({ timeout: minute });
    await page
      .getByRole('heading', { name: /[Dd]ecision/ })
      .first()
      .waitFor({ timeout: minute });

    await room(page, 'Explain').click();
    await page.getByRole('combobox', { name: 'Show' }).selectOption('all', { timeout: minute });
    await page.locator('.map-row img, .map-row canvas').first().waitFor({ timeout: minute });
    await page.getByRole('combobox', { name: 'Label explained' }).selectOption('Bright');
    await page
      .getByText(/Bright 0\.\d+/)
      .first()
      .waitFor({ timeout: minute });
    await fits(page);

    await room(page, 'Export').click();
    await page.getByRole('region', { name: 'Report' }).getByLabel('File of the report').waitFor({ timeout: minute });
    await button(page, 'Export').click();
    await button(page, 'Try it')
      .first()
      .click({ timeout: 2 * minute });
    await button(page, 'Take a validation image').click();
    await page.getByText('Each label has a probability of its own').waitFor({ timeout: minute });
    await fits(page);
    expect(complaints).toEqual([]);
  });
});
