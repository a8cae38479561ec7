import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile, temporaryFolder } from '../support/folder.ts';
import { beginStudy, place } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { writeStudy } from './support/study.ts';

const minute = 60_000;
const parent = folderForFile();
const folders = ['first', 'second'].map((name) => join(parent, name));

beforeAll(async () => {
  for (const folder of folders) await writeStudy(folder);
});

describe.skipIf(!installedChromium())('similarity of data sets in the window', () => {
  it('compares the data of two studies, and takes what experts say of them', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    for (const folder of folders) {
      await beginStudy(page, folder);
      await page.getByText('32 images').first().waitFor({ timeout: minute });
    }
    await place(page, 'Sources').click();
    await page.getByRole('tab', { name: 'Similarity' }).click();
    await page.waitForURL('**/#/sources/distance');
    for (const name of ['first', 'second']) await page.getByRole('checkbox', { name }).check();
    await page.getByLabel('Input size').fill('32');
    await page.getByRole('button', { name: 'Compare' }).click();
    const matrix = page.getByRole('region', { name: 'Distances between data sets' });
    await matrix.waitFor({ timeout: 3 * minute });
    await matrix.getByText('Fisher information of each image').waitFor();
    // Both folders hold the same pictures.
    await matrix.getByText('have 32 images in common').waitFor();
    const download = page.waitForEvent('download');
    await matrix.getByRole('button', { name: 'Save the chart' }).click();
    await page.getByRole('menuitem', { name: 'CSV table' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv.split('\r\n')[0]).toBe('source,target,distance');
    expect(csv).toMatch(/^first,second,[\d.e-]+\r$/m);

    await page.getByRole('button', { name: 'Measure the images' }).click();
    const votes = page.getByRole('region', { name: 'Votes, and what was measured' });
    await votes
      .getByText('of the images have colour')
      .nth(1)
      .waitFor({ timeout: 3 * minute });
    const experts = page.getByRole('region', { name: 'What experts say' });
    for (const [name, colour] of Object.entries({ first: 'grey', second: 'colour' })) {
      await experts.getByLabel('Data set', { exact: true }).fill(name);
      await experts.getByLabel('Observer', { exact: true }).fill('one');
      await experts.getByLabel('Grey or colour').selectOption(colour);
      await experts.getByLabel('Natural or medical').selectOption('medical');
      await experts.getByRole('button', { name: 'Add', exact: true }).click();
    }
    const distances = page.getByRole('region', { name: 'Distances by 6 features' });
    await distances.getByText('0.500 (of 2 features)').waitFor({ timeout: minute });
    await votes.getByText('colour (1 of 1)').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
