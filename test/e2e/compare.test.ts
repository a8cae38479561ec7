import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { fixed } from '../../src-renderer/logic/locale.ts';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { beginStudy, room } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { json } from './support/cutpoint.ts';

const minute = 60_000;

describe.skipIf(!installedChromium())('the room Compare', () => {
  it('sets up a tournament on the sample study, watches it, and says its verdict, rows against rows', async () => {
    const workspace = temporaryFolder();
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
    await beginStudy(page);
    await room(page, 'Train').click();
    await page.getByRole('radio', { name: /^Quick look/ }).check();
    await page.getByLabel(/^Input size/).fill('32');
    await page.getByLabel(/^Epochs/).fill('1');

    await room(page, 'Compare').click();
    await page.getByRole('checkbox', { name: 'From scratch' }).check();
    await page.getByRole('group', { name: 'Cuts' }).getByRole('checkbox').nth(2).check();
    await page.getByLabel('Folds', { exact: true }).fill('2');
    // Full, truncated at one cut and from scratch, each on two folds.
    await page.getByText(/^6 runs\. At most 6 epochs\./).waitFor({ timeout: 2 * minute });
    expect(await clipped(page)).toEqual([]);

    // What was set up is there again after a reload.
    await page.waitForTimeout(600);
    await page.reload();
    await page.getByText(/^6 runs\. At most 6 epochs\./).waitFor({ timeout: 2 * minute });
    expect(await page.getByLabel('Folds', { exact: true }).inputValue()).toBe('2');
    await button('Start the comparison').click();
    await page.waitForURL(/#\/study\/[^/]+\/compare\/[^/]+$/, { timeout: minute });
    await page.getByText(/ of 6 runs/).waitFor({ timeout: minute });
    // The result is of test images: nothing of it is said, here or in a list, before it is asked for.
    await button('Show the result').waitFor({ timeout: 4 * minute });
    expect(await page.getByRole('heading', { name: 'Verdict' }).count()).toBe(0);
    await page.getByRole('link', { name: 'All comparisons' }).click();
    await page.getByRole('cell', { name: 'A result is ready' }).waitFor({ timeout: minute });
    await page.goBack();
    await button('Show the result').click();
    await page.getByRole('heading', { name: 'Verdict' }).waitFor({ timeout: minute });

    const id = page.url().split('/').at(-1)!;
    const at = ['--workspace', workspace];
    const { result, cells } = await json(contract['comparison.get'].output, ['comparison', id, ...at]);
    if (result?.kind !== 'tournament') throw new Error('no tournament');
    await page.getByText(result.verdict).waitFor();
    const table = page.getByRole('region', { name: 'All models, on test patients' });
    for (const { aurocInterval } of result.rows) {
      await table.getByText(fixed(aurocInterval!.value, 3)).first().waitFor();
    }
    // Figures of single runs are those of validation.
    await table.getByRole('button', { name: /^Full fine-tuning/ }).click();
    const beneath = page.getByRole('region', { name: /^Runs beneath Full fine-tuning/ });
    for (const { cell, validationAuroc } of cells.filter(({ cell }) => cell.strategy === 'full')) {
      const row = beneath.getByRole('row', { name: new RegExp(`fold ${cell.fold! + 1}`) });
      expect(await row.textContent()).toContain(fixed(validationAuroc!, 3));
    }
    // Against the reference a row says what it loses, class by class.
    await table.getByRole('button', { name: /^Truncated/ }).click();
    const against = page.getByRole('region', { name: /^Truncated.* against Full fine-tuning, class by class$/ });
    const truncated = result.rows.find(({ strategy }) => strategy === 'truncated')!;
    for (const { class: name, own } of truncated.against!.classes)
      expect(await against.getByRole('row', { name: new RegExp(`^${name} `) }).textContent()).toContain(fixed(own!, 3));

    await page.getByLabel('First', { exact: true }).selectOption('3');
    await page.getByLabel('minus the second').selectOption('2');
    await button('Compare').click();
    await page.getByText(/The same patients are drawn for both/).waitFor({ timeout: minute });
    const found = await json(contract['comparison.difference'].output, ['difference', id, '3', '2', ...at]);
    expect(found.origin?.found).toBe(true);
    const { value } = found.auroc!;
    const shown = `${value > 0 ? '+' : value < 0 ? '−' : ''}${fixed(Math.abs(value), 3)}`;
    await page.getByRole('region', { name: 'Two rows against each other' }).getByText(shown, { exact: true }).waitFor();

    // The images that the two call differently open beside the room.
    const differing = found.disagreements!.images;
    await page.getByRole('heading', { name: new RegExp(`^${differing.length} images? called differently$`) }).waitFor();
    if (differing[0]) {
      await page.getByRole('link', { name: `Open ${differing[0].file}` }).click();
      await page.waitForURL(/image=/, { timeout: minute });
      await page.goBack();
    }

    await page.setViewportSize({ width: 1024, height: 700 });
    await expect.poll(() => clipped(page)).toEqual([]);
    await page.reload();
    await page.getByText(result.verdict).waitFor({ timeout: minute });
    expect(page.url()).toContain(id);

    // Its runs are not loose among those of the study.
    await room(page, 'Train').click();
    const folded = page.locator('details', { has: page.locator('summary', { hasText: /: 6 runs$/ }) });
    await folded.locator('summary').click({ timeout: minute });
    await expect.poll(() => folded.getByRole('row').count()).toBe(1 + 6);

    // A learning curve and a search, begun elsewhere, are there without a reload.
    const sample = join(workspace, 'sample');
    const study = /study\/([^/]+)/.exec(page.url())![1]!;
    const data = [
      '--data',
      sample,
      '--labels',
      join(sample, 'labels.csv'),
      '--group-column',
      'group',
      '--study',
      study,
    ];
    const brief = [
      ...data,
      '--backbone',
      'efficientnet_lite0',
      '--input',
      '32',
      '--epochs',
      '1',
      '--seeds',
      '0',
      ...at,
    ];
    const curve = await json(contract['comparison.get'].output, [
      ...['learning-curve', ...brief, '--strategies', 'scratch', '--shares', '0.5,1', '--open-test', 'the figures'],
    ]);
    const search = await json(contract['comparison.get'].output, [
      ...['search', ...brief, '--source', 'efficientnet-lite0', '--method', 'svcca'],
    ]);
    if (curve.result?.kind !== 'learning-curve' || search.result?.kind !== 'search') throw new Error('no results');
    await room(page, 'Compare').click();
    await page.getByRole('link', { name: /^Search for the cut/ }).click({ timeout: minute });
    await page.getByText(search.result.reason).waitFor({ timeout: minute });
    // Its cut can be taken over from here.
    await button(`Take ${search.result.cut}`).waitFor();
    const trials = page.getByRole('region', { name: 'Trials' });
    expect(await trials.getByRole('row').count()).toBe(1 + search.result.trials.length);
    await page.getByRole('img', { name: new RegExp(search.result.trials[0]!.cut) }).waitFor();
    await page.getByRole('link', { name: 'All comparisons' }).click();
    // The command that began the curve has opened its result.
    await page.getByRole('link', { name: /^Learning curve/ }).click();
    const points = page.getByRole('region', { name: 'Points of the curves, on the same test patients' });
    for (const { aurocInterval } of curve.result.points)
      await points.getByText(fixed(aurocInterval!.value, 3)).first().waitFor({ timeout: minute });
    await expect.poll(() => clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('tells what is wrong with a plan before anything is started', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url, { width: 1024, height: 700 });
    await beginStudy(page);
    // The whole network is no cut.
    await room(page, 'Network').click();
    await page.getByRole('slider', { name: 'Cut', exact: true }).press('End', { timeout: minute });
    await room(page, 'Compare').click();
    await page
      .getByText(/needs a cut, and none was given/)
      .first()
      .waitFor({ timeout: 2 * minute });
    expect(await page.getByRole('button', { name: 'Start the comparison' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /^Search for the cut/ }).check();
    await page.getByText(/^0 runs at least/).waitFor({ timeout: minute });
    await page.getByRole('radio', { name: /^Learning curve/ }).check();
    await page.getByLabel('Shares of the training patients').fill('0.5, 2');
    await page.getByRole('alert').first().waitFor({ timeout: minute });
    expect(await clipped(page)).toEqual([]);
  });
});
