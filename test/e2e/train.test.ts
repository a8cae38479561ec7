import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { beginStudy, room } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { json } from './support/cutpoint.ts';
import { writeStudy } from './support/study.ts';

const minute = 60_000;

describe.skipIf(!installedChromium())('the room Train', () => {
  it('starts by a preset, pauses, is there after a reload, stops with the best kept, and names the run', async () => {
    const [workspace, study] = [temporaryFolder(), join(temporaryFolder(), 'study')];
    await writeStudy(study);
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
    await beginStudy(page, study);
    await room(page, 'Train').click();
    await page.getByRole('radio', { name: /^Quick look/ }).check();
    await page.getByLabel('Positive class').selectOption('light', { timeout: minute });
    await page.getByText('steps of this network, timed just now').waitFor({ timeout: 2 * minute });
    await page.getByLabel(/^Input size/).fill('32');
    await page.getByLabel(/^Epochs/).fill('2000');
    expect(await page.getByRole('radio', { name: /^My own/ }).isChecked()).toBe(true);
    await page.getByLabel(/^Validation/).fill('95');
    await page.getByText('Less than 90 %.').first().waitFor();
    await page.getByLabel(/^Validation/).fill('20');
    expect(await violations(page)).toEqual([]);

    // What is typed is there again after a reload, also before anything was started.
    await page.waitForTimeout(600);
    await page.reload();
    await expect.poll(() => page.getByLabel(/^Epochs/).inputValue(), { timeout: minute }).toBe('2000');
    await button('Start training').click({ timeout: minute });
    await page.waitForURL(/\/train\/[^/]+$/, { timeout: minute });
    await page.getByText(/^[1-9]\d* of 2000$/).waitFor({ timeout: minute });
    for (const fact of ['Time left', 'Speed', 'Memory', 'Learning rate']) {
      expect(await page.locator('dt', { hasText: new RegExp(`^${fact}$`) }).count()).toBe(1);
    }
    const epochs = page.getByText(/^[1-9]\d* of 2000$/);
    const epoch = async () => parseInt((await epochs.first().textContent({ timeout: minute })) ?? '');
    await button('Pause').click();
    await page.getByText('nothing is computed until it is resumed').waitFor({ timeout: minute });
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.getByText('nothing is computed until it is resumed').waitFor({ timeout: minute });
    const paused = await epoch();
    await button('Resume').click();
    // Epochs this short end between two looks at the page: it is by their number that it goes on.
    await expect.poll(epoch, { timeout: 2 * minute }).toBeGreaterThan(paused);
    await page
      .getByText(/^(Training: looking at the training|Validating: predicting) images/)
      .waitFor({ timeout: minute });

    // Another one waits behind it, is put in the queue and leaves it.
    await page.getByRole('link', { name: 'All runs' }).click();
    await button('Add to the queue').click({ timeout: minute });
    await page.getByText('this one begins when it is its turn').waitFor({ timeout: minute });
    const queue = page.getByRole('region', { name: 'Queue' });
    await expect.poll(() => queue.getByRole('listitem').count(), { timeout: minute }).toBe(2);
    await button('Leave the queue').click();
    await expect.poll(() => queue.getByRole('listitem').count(), { timeout: minute }).toBe(1);
    await queue.getByRole('link').first().click();
    await button('Stop and keep the best').click({ timeout: minute });
    await page.getByText('Stopped by hand').waitFor({ timeout: minute });
    await button('See the results').waitFor();

    await page.getByRole('link', { name: 'All runs' }).click();
    const table = page.getByRole('region', { name: 'Runs of this study' }).last();
    await table
      .getByRole('row', { name: /Stopped/ })
      .getByRole('button', { name: /^Give .* a star$/ })
      .click();
    await table
      .getByRole('row', { name: /Stopped/ })
      .getByRole('checkbox')
      .check();
    await page.getByRole('heading', { name: 'Convergence' }).waitFor();
    await table
      .getByRole('row', { name: /Stopped/ })
      .getByRole('button', { name: /^What can be done/ })
      .click();
    await page.getByRole('menuitem', { name: 'Name and note…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Name and note…' });
    await dialog.getByLabel('Run').fill('First look');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await table.getByRole('link', { name: 'First look' }).click();
    await page.getByRole('heading', { name: 'First look', level: 1 }).waitFor();
    const id = page.url().split('/').at(-1)!;
    expect(await json(contract['run.get'].output, ['run', id, '--workspace', workspace])).toMatchObject({
      ...{ name: 'First look', starred: true, status: 'stopped' },
    });

    await button('New run from these settings').click();
    await expect.poll(() => button('Start training').isEnabled(), { timeout: minute }).toBe(true);
    expect(await page.getByLabel(/^Input size/).inputValue()).toBe('32');
    await page.setViewportSize({ width: 1024, height: 700 });
    expect(await clipped(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says what the test part can show, follows the split, and names what the best epoch is chosen by', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url, { width: 1440, height: 900 });
    await beginStudy(page);
    await room(page, 'Train').click();
    const panel = page.getByRole('region', { name: 'What this test set can show' });
    await panel.getByText(/^Of 51 images of 8 patients in the test part/).waitFor({ timeout: 2 * minute });
    await panel.getByText('± 0.30').first().waitFor({ timeout: minute });
    await panel.getByText('How many patients do I need?').click();
    await panel.getByRole('row', { name: /^AUROC 0\.85 ± 0\.296 240 Newcombe 2006/ }).waitFor();
    await page.getByLabel(/^Test/).fill('40');
    await panel.getByText(/^Of \d+ images of 16 patients in the test part/).waitFor({ timeout: minute });

    await page.getByLabel('Best epoch by').selectOption('Validation loss');
    await page.getByText('More settings').click();
    await page.getByText('Stop early when validation no longer improves (loss)').waitFor();
    await page.getByLabel('At the lowest rate').selectOption('End when the rate is below it');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1024, height: 700 });
    expect(await clipped(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
