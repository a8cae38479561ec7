import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { runSummary } from '../../src-main/contract/run.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { beginStudy, place, room } from '../support/rooms.ts';
import { put, smallDicom, smallPng } from '../support/pictures.ts';
import { serveWindow } from '../support/serve.ts';
import { json, start } from './support/cutpoint.ts';
import { killEngine } from './support/engine.ts';
import { TINY, writeStudy } from './support/study.ts';

const minute = 60_000;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Names of the scripts that a page has fetched, without the digest of what is in them. */
const scripts = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/(\w+)-[^/]*\.js$/.exec(name)?.[1] ?? [])
      .sort(),
  );

/** Chooses a network of the zoo, and where it is cut. */
async function choose(page: Page, network: string, cut: string): Promise<void> {
  await room(page, 'Network').click();
  await page
    .getByRole('group', { name: 'Networks by purpose' })
    .getByRole('button', { name: 'All', exact: true })
    .click();
  await page.getByRole('radio', { name: new RegExp(`^${network} `) }).check();
  await page.getByLabel('Cut after').selectOption({ label: `${cut} (end of block)` });
}

describe.skipIf(!installedChromium())('the window in a browser', () => {
  it('finds the images of a run again after their folder was moved, if each is what it was', async () => {
    const folder = await pictures('m', true);
    const workspace = temporaryFolder();
    const data = ['--data', folder, '--labels', join(folder, 'labels.csv')];
    const train = ['train', ...TINY, '--source', 'none', '--epochs', '1', ...data, '--workspace', workspace];
    const { id, study } = await json(runSummary, train);
    const after = join(temporaryFolder(), 'elsewhere');
    renameSync(folder, after);
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    await page.waitForURL(/#\/home/, { timeout: minute });
    await page.goto(`${new URL(url).origin}/#/study/${study}/train/${id}`);
    await page.getByText('If the folder was moved').click({ timeout: minute });
    await page.getByLabel('Where the images lie now').fill(folder);
    await button(page, 'Use this folder').click();
    await page.getByText('FOLDER_NOT_FOUND').waitFor({ timeout: minute });
    await page.getByLabel('Where the images lie now').fill(after);
    await button(page, 'Use this folder').click();
    await page.getByText('Every image is there as it was').waitFor({ timeout: minute });
    await page.getByText(`on ${after}`).waitFor({ timeout: minute });
    expect(await clipped(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('begins with one room, has the others soon, and says where one cannot be had', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await page.getByRole('heading', { name: 'Studies', level: 1 }).waitFor();
    const others = ['DataScreen', 'ExportScreen', 'NetworkScreen', 'ResultsScreen', 'TrainingScreen'];
    await expect.poll(() => scripts(page), { timeout: minute }).toEqual(expect.arrayContaining(others));
    expect(await scripts(page)).not.toContain('charts');

    await page.route('**/ActivityScreen-*.js', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'Studies', level: 1 }).waitFor();
    await place(page, 'Activity').click();
    await page.getByText('This room could not be loaded.').waitFor();
    // The others are not touched by it, and a new page has it again.
    await place(page, 'Help').click();
    await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
    expect(await page.getByText('This room could not be loaded.').count()).toBe(0);
    await place(page, 'Activity').click();
    await page.unroute('**/ActivityScreen-*.js');
    await button(page, 'Load the page again').click();
    await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
    await place(page, 'Activity').click();
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
  });

  it('asks for what it cannot know, and does not begin before it is told', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 16; index++) {
      const study = `s${index >> 1}`;
      put(folder, `${index < 8 ? 'x' : 'y'}/${index}.dcm`, smallDicom(index, 'ANONYMOUS', { study }));
      put(folder, `z/${index}.dcm`, 'no image');
    }
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url, { width: 1024, height: 700 });
    await beginStudy(page, folder);
    await page.getByText('carry the PatientID ‘ANONYMOUS’').waitFor({ timeout: minute });
    await room(page, 'Train').click();
    expect(await clipped(page)).toEqual([]);
    const start = button(page, 'Start training');
    expect(await start.isDisabled()).toBe(true);
    await page.getByLabel('Positive class').selectOption('x');
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /continue all the same/ }).check();
    expect(await start.isEnabled()).toBe(true);
  });

  it('shows a run that goes on when it is opened again, and takes its whole plan for another', async () => {
    const folder = await pictures('c', true);
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await beginStudy(page, folder);
    await page.getByText('8 patients').first().waitFor({ timeout: minute });
    await choose(page, 'MobileNetV2 0.5', 'block_2_add');
    await button(page, 'Train →').click();
    await page.getByLabel(/^Input size/).fill('32');
    await page.getByLabel(/^Epochs/).fill('2000');
    await page.getByLabel(/^Batch size/).fill('4');
    await page.getByText('More settings').click();
    await page.getByRole('checkbox', { name: /^Stop early/ }).uncheck();
    await button(page, 'Start training').click();
    await page.getByText(/^[1-9]\d* of 2000$/).waitFor({ timeout: minute });

    await page.reload();
    await page.getByText(/images\/s$/).waitFor({ timeout: minute });
    await button(page, 'Stop and keep the best').click();
    await page.getByText('Stopped by hand').waitFor({ timeout: minute });
    await button(page, 'New run from these settings').click();
    await expect.poll(() => button(page, 'Start training').isEnabled(), { timeout: minute }).toBe(true);
    expect(await page.getByLabel(/^Input size/).inputValue()).toBe('32');
    await page.getByRole('main').getByText('cut after block_2_add').first().waitFor();
    // What was typed is there after a reload, too.
    await page.getByLabel(/^Epochs/).fill('7');
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByLabel(/^Epochs/).waitFor({ timeout: minute });
    await expect.poll(() => page.getByLabel(/^Epochs/).inputValue(), { timeout: minute }).toBe('7');
    expect(await page.getByLabel(/^Input size/).inputValue()).toBe('32');
  });

  it('shows what a command or another window does to the workspace, also once its connection was lost', async () => {
    const [workspace, study] = [temporaryFolder(), join(temporaryFolder(), 'study')];
    await writeStudy(study);
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    const list = (of: Page) => of.getByRole('main').getByRole('region', { name: 'Studies', exact: true }).first();
    await page.getByRole('heading', { name: 'Studies', level: 1 }).waitFor({ timeout: minute });
    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(() => void window.open(location.origin)),
    ]);
    const sockets: { close(): Promise<void> }[] = [];
    let admits = true;
    await other.routeWebSocket(/rpc$/, (socket) => {
      if (!admits) return void socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    await other.reload();
    await other.getByRole('heading', { name: 'Studies', level: 1 }).waitFor({ timeout: minute });

    const command = start(['train', '--workspace', workspace, '--data', study, ...TINY, '--source', 'none']);
    for (const each of [page, other]) await list(each).getByText('1 run').waitFor({ timeout: minute });
    expect(await command.ended).toMatchObject({ status: 0 });
    for (const each of [page, other]) await list(each).getByText('At rest').waitFor({ timeout: minute });

    admits = false;
    const before = sockets.length;
    // Under load, one from before the page was loaded again may be among them.
    await sockets.at(-1)!.close();
    // A window behind another one paints nothing, and can be waited for in vain.
    await other.bringToFront();
    await button(other, 'Connect again').waitFor({ timeout: minute });
    expect(await list(other).getByText('1 run').count()).toBe(1);
    await page.bringToFront();
    await button(page, 'What can be done with study').click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click({ timeout: minute });
    admits = true;
    await list(page).waitFor({ state: 'detached', timeout: minute });
    await other.bringToFront();
    await list(other).waitFor({ state: 'detached', timeout: minute });
    expect(await button(other, 'Connect again').count()).toBe(0);
    expect(sockets).toHaveLength(before + 1);
    expect(complaints).toEqual([]);
  });

  it('reports a crash of the engine and goes on with the run', async () => {
    const workspace = temporaryFolder();
    const { url, shell } = await serveWindow(workspace);
    const { page } = await openWindow(url);
    await beginStudy(page);
    await page.locator('[role=option]').first().waitFor({ timeout: minute });
    await choose(page, 'ResNet-18', 'layer1.1');
    await button(page, 'Train →').click();
    await page.getByLabel(/^Input size/).fill('96');
    await page.getByLabel(/^Epochs/).fill('8');
    await button(page, 'Start training').click();
    await page.getByText(/^[1-6] of 8$/).waitFor({ timeout: 3 * minute });

    // What computes: the window says so beside the run, and everything else goes on.
    killEngine(workspace, 'compute');
    await page.getByText(/The process that computes ended unexpectedly/).waitFor({ timeout: minute });
    expect(await page.getByText('The engine stopped unexpectedly').count()).toBe(0);
    await button(page, 'Resume').click({ timeout: minute });
    await button(page, 'Pause').waitFor({ timeout: minute });
    await page.getByText(/images\/s$/).waitFor({ timeout: minute });

    process.kill(childOf(shell.child.pid!), 'SIGSEGV');
    await button(page, 'Resume the run').click({ timeout: minute });
    await page.getByText('Training has ended.').waitFor({ timeout: 4 * minute });
  });
});

/** Two classes of four patients with two pictures each; `labels.csv` knows the patients. */
async function pictures(name: string, table: boolean): Promise<string> {
  const folder = join(temporaryFolder(), name);
  const rows = ['file,label,patient'];
  for (let index = 0; index < 16; index++) {
    const label = index < 8 ? 'clear' : 'nodular';
    const file = `${label}/${name}${index}.png`;
    put(folder, file, await smallPng(index));
    rows.push(`${file},${label},p${index >> 1}`);
  }
  if (table) put(folder, 'labels.csv', rows.join('\n'));
  return folder;
}

/** The engine process of a shell. */
function childOf(pid: number): number {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  return Number(children[0]);
}
