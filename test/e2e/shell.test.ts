import { basename, join } from 'node:path';
import { expect, describe, it, beforeAll } from 'vitest';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile, temporaryFolder } from '../support/folder.ts';
import { beginStudy, place, room } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { writeStudy } from './support/study.ts';

const minute = 60_000;
const folder = join(folderForFile(), 'small');

beforeAll(async () => void (await writeStudy(folder)));

describe.skipIf(!installedChromium())('the window', () => {
  it('has an address for every place: Back, a reload and a second window land where one was', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page, folder);
    const study = /study\/([^/]+)/.exec(page.url())![1]!;
    await room(page, 'Network').click();
    await page.waitForURL(`**/#/study/${study}/network`);
    await place(page, 'Settings').click();
    await page.getByRole('tab', { name: 'Privacy' }).click();
    await page.waitForURL('**/#/settings/privacy');
    await page.goBack();
    await page.waitForURL(`**/#/study/${study}/network`);
    await page.reload();
    await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor({ timeout: minute });
    expect(await page.title()).toBe('small · Cutpoint');

    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(() => void window.open(location.href)),
    ]);
    await other.bringToFront();
    await other.getByRole('heading', { name: 'Network', level: 1 }).waitFor({ timeout: minute });
    expect(await other.title()).toBe('small · Cutpoint');
    await other.goto(`${new URL(page.url()).origin}/#/study/nowhere/data`);
    await other.getByText('STUDY_UNKNOWN').waitFor({ timeout: minute });
    await other.goto(`${new URL(page.url()).origin}/#/no/such/place`);
    await other.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is worked by keys alone: rooms, the palette, the list of keys; the focus is never lost', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page, folder);
    const focus = () => page.evaluate(() => document.activeElement?.tagName.toLowerCase());
    const keys = async (...pressed: string[]): Promise<void> => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    await page.getByRole('main').focus();
    await keys('g', '2');
    await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();
    expect(await focus()).toBe('main');
    await keys('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Go to Train').waitFor();
    await keys('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys('Control+k');
    await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    await page.keyboard.type('settings');
    await keys('Enter');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await focus()).toBe('main');
    // In a field, letters are letters.
    await place(page, 'Home').click();
    await page.getByLabel('Path of the folder').pressSequentially('g2?');
    expect(await page.getByLabel('Path of the folder').inputValue()).toBe('g2?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await keys('Control+k');
    await page.keyboard.type('small');
    await keys('Enter');
    await page.getByRole('heading', { name: 'Data', level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('speaks German with German numbers, dark or light, also the next time', async () => {
    const workspace = temporaryFolder();
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    await place(page, 'Settings').click();
    await page.getByLabel('Theme').selectOption('dark');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor({ timeout: minute });
    expect(await theme()).toBe('dark');
    await page.getByRole('tab', { name: 'Rechenkern' }).click();
    await page.getByText(/\d,\d GB Arbeitsspeicher/).waitFor({ timeout: minute });
    expect(complaints).toEqual([]);
  });

  it('erases the workspace once the name of its folder was typed, and begins with an empty one', async () => {
    const workspace = temporaryFolder();
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    await beginStudy(page, folder);
    await place(page, 'Settings').click();
    await page.getByRole('tab', { name: 'Disk' }).click();
    await page.getByRole('button', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase the whole workspace?' });
    await dialog.getByText('results, ').waitFor();
    const erase = dialog.getByRole('button', { name: 'Erase all of it' });
    await dialog.getByLabel('Type the name of the folder').fill(`${basename(workspace)}-other`);
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByLabel('Type the name of the folder').fill(basename(workspace));
    await erase.click();
    await page.getByRole('heading', { name: 'Studies', level: 1 }).waitFor({ timeout: minute });
    expect(await page.getByRole('button', { name: /^What can be done with/ }).count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
    // The same engine's folder, the same link: a study begins as in a new workspace.
    await beginStudy(page, folder);
    expect(complaints).toEqual([]);
  });

  it('keeps the studies: renamed, noted, found, doubled, deleted with what goes with them', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await beginStudy(page, folder);
    await place(page, 'Home').click();
    const list = page.getByRole('table');
    const act = async (of: string, what: string): Promise<void> => {
      await page.getByRole('button', { name: `What can be done with ${of}`, exact: true }).click();
      await page.getByRole('menuitem', { name: what }).click();
    };
    await act('small', 'Rename…');
    await page.getByLabel('Name of the study').fill('Skin, first try');
    await page.getByLabel('Note').fill('Ask for more patients.');
    await page.getByRole('button', { name: 'Save' }).click();
    await list.getByRole('link', { name: 'Skin, first try' }).waitFor({ timeout: minute });
    await act('Skin, first try', 'Duplicate');
    await page.getByText('was made: the same data and settings').first().waitFor({ timeout: minute });
    await place(page, 'Home').click();
    await expect.poll(() => list.getByRole('row').count()).toBe(3);
    await act('Skin, first try', 'Delete…');
    await page.getByRole('dialog').getByText('1 study with its notes and settings').waitFor({ timeout: minute });
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => list.getByRole('row').count(), { timeout: minute }).toBe(2);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has nothing against WCAG 2.2 AA outside the rooms, %s', async (colorScheme) => {
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url, { width: 1024, height: 700 });
    await page.emulateMedia({ colorScheme });
    await beginStudy(page, folder);
    for (const name of ['Home', 'Sources', 'Settings', 'Activity', 'Help'] as const) {
      await place(page, name).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await violations(page), name).toEqual([]);
      expect(await clipped(page), name).toEqual([]);
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        expect(await violations(page), name).toEqual([]);
        expect(await clipped(page), name).toEqual([]);
      }
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page), 'palette').toEqual([]);
  });
});
