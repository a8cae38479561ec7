import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src-main/contract/run.ts';
import { services, tinyPlan } from '../engine/services/inProcess.ts';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile, serveWindow } from '../support/serve.ts';

const minute = 60_000;
const folder = folderForFile();
const workspace = join(folder, 'workspace');
const sample = join(folder, 'sample');

/** One small trained run, of which every tab of the room asks something else. */
let run: RunSummary;

describe.skipIf(!installedChromium())('the room Results', () => {
  beforeAll(async () => {
    const engine = await services(workspace);
    const { labels } = await engine.call('data.sample', { folder: sample });
    const data = { folder: sample, labels: { csv: labels, groupColumn: 'group' } };
    run = await (await engine.train(tinyPlan(sample, { data, epochs: 2, batch: 16 }))).end;
    await engine.close();
  }, 4 * minute);
  serveForFile(workspace);

  /** The room at one of its tabs, for the validation images. */
  const opened = async (section: string) => {
    const { url } = await serveWindow(workspace);
    const window = await openWindow(url, { width: 1440, height: 900 });
    // The link leads to Home; from there on addresses are followed.
    await window.page.waitForURL(/#\/home/, { timeout: minute });
    const query = section === '' ? '' : `?section=${section}`;
    await window.page.goto(`${new URL(url).origin}/#/study/${run.study}/results/${run.id}${query}`);
    return window;
  };

  it('shows calibration, and keeps a way to better probabilities', async () => {
    const { page, complaints } = await opened('calibration');
    await page.getByRole('heading', { name: 'Reliability: As the network gives them' }).waitFor({ timeout: minute });
    const scaling = page.getByRole('radio', { name: /^Temperature scaling/ });
    await scaling.check();
    await page.locator('.chosen', { hasText: 'Temperature scaling' }).waitFor({ timeout: minute });
    await page.getByRole('heading', { name: 'Reliability: Temperature scaling' }).waitFor();
    expect(await scaling.isChecked()).toBe(true);
    expect(
      await page
        .getByRole('table', { name: /How well calibrated/ })
        .getByRole('row')
        .count(),
    ).toBe(9);
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.getByRole('radio', { name: /^As the network gives them/ }).check();
    await page.locator('.chosen', { hasText: 'As the network gives them' }).waitFor({ timeout: minute });
  });

  it('opens with the figures', async () => {
    const { page, complaints } = await opened('');
    const tab = page.getByRole('tab', { name: 'Figures' });
    await tab.waitFor({ timeout: minute });
    expect(await tab.getAttribute('aria-selected')).toBe('true');
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('has all figures of images, and of patients where each is counted once', async () => {
    const { page, complaints } = await opened('figures');
    const table = page.getByRole('table', { name: /^All figures of/ });
    await table.waitFor({ timeout: minute });
    // Eight of the class and, without the two that need an order, six of both.
    expect(await table.getByRole('row').count()).toBe(1 + 8 + 6);
    const sensitivity = table.getByRole('row', { name: /^Sensitivity/ });
    expect(await sensitivity.textContent()).toMatch(/\d of \d+ images/);
    await page.getByLabel('Counted').selectOption('max');
    await page.waitForURL(/counted=max/);
    expect(await sensitivity.textContent()).toMatch(/\d of \d+ (patients|groups)/);
    expect(await page.getByRole('table', { name: 'Each class against the rest' }).getByRole('row').count()).toBe(3);
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('keeps a threshold, and says what it does at another prevalence and as a decision curve', async () => {
    const { page, complaints } = await opened('threshold');
    const keep = page.getByRole('button', { name: 'Keep with the run' });
    await keep.waitFor({ timeout: minute });
    await page.getByRole('slider', { name: 'Threshold' }).fill('0.4');
    await page.getByRole('heading', { name: 'What it calls' }).waitFor();
    await keep.click();
    await page.getByText(/^Kept since/).waitFor({ timeout: minute });
    const before = await page.getByText('Share of those called').locator('..').innerText();
    await page.getByRole('slider', { name: 'Prevalence' }).fill('0.01');
    await page.getByText('1.0 %').first().waitFor();
    expect(await page.getByText('Share of those called').locator('..').innerText()).not.toBe(before);
    await page.getByRole('img', { name: /^Net benefit of the model/ }).waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    // Where it goes from here is said before it goes.
    await page.getByRole('link', { name: 'Export' }).first().click();
    await page.getByText(/^Kept with this run, and carried in card and certificate: .* from 0\.400/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('divides the images by what a table or their headers say of them, and names the largest gaps', async () => {
    const { page, complaints } = await opened('subgroups');
    const by = page.getByLabel('Divide by');
    await by.waitFor({ timeout: minute });
    await by.selectOption({ label: 'age (patients.csv)' });
    await page.getByLabel('Edges of bands').fill('50');
    await page.getByLabel('Fewest patients of a subgroup').fill('2');
    await page.getByRole('button', { name: 'Show the subgroups' }).click();
    const table = page.getByRole('table');
    await table.getByText('50 and over', { exact: true }).waitFor({ timeout: minute });
    await table.getByText('under 50', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Largest gaps' }).waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says what it would hand to a person, or why that cannot be promised', async () => {
    const { page, complaints } = await opened('abstention');
    await page.getByRole('heading', { name: 'What would be handed to a person' }).waitFor({ timeout: minute });
    // Ten validation patients are too few for one miss in ten.
    await page.getByText('No sets are shown').waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
