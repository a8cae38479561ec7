import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { put, smallDicom, smallPng } from '../support/pictures.ts';
import { serveWindow } from '../support/serve.ts';
import { start } from './support/cutpoint.ts';
import { killEngine } from './support/engine.ts';
import { TINY, writeStudy } from './support/study.ts';
import { randomWeightsFile } from '../support/weights.ts';

const root = resolve(import.meta.dirname, '../..');
const minute = 60_000;

beforeAll(() => {
  const vite = resolve(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '-c', 'renderer.config.ts'], { cwd: root, stdio: 'ignore' });
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const step = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });

/** The figure under a heading of a row of figures, e.g. `Parameters`. */
const figure = (page: Page, name: string) =>
  page
    .locator('dl > div', { has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .first();

/** Names of the scripts that a page has fetched, without the digest of what is in them. */
const scripts = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/(\w+)-[^/]*\.js$/.exec(name)?.[1] ?? [])
      .sort(),
  );

const sizes = (canvases: Element[]): string[] =>
  (canvases as HTMLCanvasElement[]).map(({ width, height }) => `${width} × ${height}`);

/** Whether canvases show something. */
const drawn = (canvases: Element[]): boolean[] =>
  (canvases as HTMLCanvasElement[]).map((canvas) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(data).size > 10;
  });

describe.skipIf(!installedChromium())('the window in a browser', () => {
  it('takes the sample data from the folder to a checked export', async () => {
    const workspace = temporaryFolder();
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);

    await expect.poll(() => button(page, 'Use the sample data').isEnabled(), { timeout: minute }).toBe(true);
    await button(page, 'Use the sample data').click();
    await page.getByRole('heading', { name: 'What is in the folder' }).waitFor({ timeout: minute });
    expect(await figure(page, 'Files looked at').textContent()).toMatch(/^\d+$/);
    const previews = page.getByRole('img', { name: /\.(dcm|png)$/ });
    await expect.poll(() => previews.evaluateAll(sizes), { timeout: minute }).toEqual(Array(8).fill('224 × 224'));
    expect(await previews.evaluateAll(drawn)).toEqual(Array(8).fill(true));
    expect(await clipped(page)).toEqual([]);

    await button(page, 'Network →').click();
    await button(page, 'ResNet').click();
    await page.getByRole('radio', { name: 'ResNet-18' }).check();
    await page.getByLabel('Cut after').selectOption({ label: 'layer1.1 (end of block)' });
    expect(await figure(page, 'Parameters').textContent()).toBe('0.158 M');
    await page.getByRole('slider', { name: 'Cut', exact: true }).press('ArrowLeft');
    expect(await figure(page, 'Parameters').textContent()).toBe('0.0837 M');
    expect(await clipped(page)).toEqual([]);

    await button(page, 'Training →').click();
    await page.getByLabel(/^Input size/).fill('64');
    // So many that a fast machine is not through before it is told to pause.
    await page.getByLabel(/^Epochs/).fill('15');
    expect(await scripts(page)).not.toContain('lineChart');
    await button(page, 'Start training').click();
    await button(page, 'Pause').click({ timeout: minute });
    await page.getByText('nothing is computed until it is resumed').waitFor({ timeout: minute });
    await page.locator('[role=img][aria-label^="Loss:"] canvas').waitFor();
    expect(await scripts(page)).toContain('lineChart');
    await button(page, 'Resume').click();
    await button(page, 'Results →').click({ timeout: 3 * minute });

    const auroc = page.getByRole('row', { name: /^AUROC/ });
    expect(await auroc.getByRole('cell').first().textContent()).toMatch(/^[01]\.\d{3}$/);
    expect(await auroc.textContent()).toMatch(/\d+ images of \d+ patients/);
    const measured = await auroc.textContent();
    await button(page, 'Measure again').click();
    await page.getByText('The numbers above are the new ones').waitFor({ timeout: minute });
    expect(await auroc.textContent()).toBe(measured);

    const [before, after] = [join(workspace, 'sample'), join(workspace, 'elsewhere')];
    renameSync(before, after);
    await step(page, 'Training').click();
    await page.getByText('The folder was moved').click();
    await page.getByLabel('Where the images lie now').fill(before);
    await button(page, 'Use this folder').click();
    await page.getByText('FOLDER_NOT_FOUND').waitFor({ timeout: minute });
    await page.getByLabel('Where the images lie now').fill(after);
    await button(page, 'Use this folder').click();
    await page.getByText('Every image is there as it was').waitFor({ timeout: minute });
    await page.getByText(`on ${after}`).waitFor({ timeout: minute });
    expect(await clipped(page)).toEqual([]);
    await step(page, 'Results').click();
    expect(await clipped(page)).toEqual([]);

    await button(page, 'Export →').click();
    const out = join(workspace, 'model.onnx');
    await page.getByLabel('Destination').fill(out);
    await button(page, 'Export').last().click();
    await page.getByText('Computes the same as this app').waitFor({ timeout: minute });
    expect(existsSync(out) && statSync(out).size).toBeGreaterThan(100_000);
    expect(await clipped(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('begins with the first step, has the others soon, and says where one cannot be had', async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await page.getByRole('heading', { name: 'Data', level: 1 }).waitFor();
    const others = ['ExportScreen', 'NetworkScreen', 'ResultsScreen', 'TrainingScreen'];
    await expect.poll(() => scripts(page), { timeout: minute }).toEqual(expect.arrayContaining(others));
    expect(await scripts(page)).not.toContain('lineChart');

    await page.route('**/ResultsScreen-*.js', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'Data', level: 1 }).waitFor();
    await step(page, 'Results').click();
    await page.getByText('This step could not be loaded.').waitFor();
    // The others are not touched by it, and a new page has it again.
    await step(page, 'Network').click();
    await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();
    expect(await page.getByText('This step could not be loaded.').count()).toBe(0);
    await step(page, 'Results').click();
    await page.unroute('**/ResultsScreen-*.js');
    await button(page, 'Load the page again').click();
    await page.getByRole('heading', { name: 'Data', level: 1 }).waitFor();
    await step(page, 'Results').click();
    await page.getByRole('heading', { name: 'Results', level: 1 }).waitFor();
  });

  it('looks into a file of weights, finds the network that it fits, and adds one in part only with consent', async () => {
    const folder = temporaryFolder();
    const whole = await randomWeightsFile(folder, 'resnet18');
    const part = await randomWeightsFile(temporaryFolder(), 'resnet18', ['layer4.1.bn2.weight']);
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await expect.poll(() => button(page, 'Use the sample data').isEnabled(), { timeout: minute }).toBe(true);
    await step(page, 'Network').click();
    await button(page, 'ResNet').click();
    await page.getByRole('radio', { name: 'ResNet-34' }).check();

    const adding = page.getByRole('group', { name: 'Add weights from a file' });
    const look = async (file: string): Promise<void> => {
      await adding.getByLabel('File').fill(file);
      await button(page, 'Inspect').click();
    };
    await look(whole);
    await button(page, 'Use it for ResNet-18').click({ timeout: minute });
    await adding.getByText('Fits ResNet-18 completely').waitFor({ timeout: minute });
    expect(await page.getByRole('radio', { name: 'ResNet-18' }).isChecked()).toBe(true);
    expect(await clipped(page)).toEqual([]);
    await adding.getByLabel('Name').fill('mine');
    await button(page, 'Add').click();
    await adding.getByText('Added ‘mine’').waitFor({ timeout: minute });
    expect(await page.getByRole('radio', { name: 'mine' }).isChecked()).toBe(true);

    await look(part);
    await adding.getByText('Fits ResNet-18 partly').waitFor({ timeout: minute });
    expect(await adding.getByRole('row', { name: /^Missing/ }).textContent()).toContain('layer4.1.bn2.weight');
    await adding.getByLabel('Name').fill('lacking');
    expect(await button(page, 'Add').isDisabled()).toBe(true);
    await adding.getByRole('checkbox', { name: /although it is incomplete/ }).check();
    await button(page, 'Add').click();
    const added = page.getByRole('radio', { name: 'lacking' });
    await added.waitFor({ timeout: minute });
    expect(await added.isChecked()).toBe(true);
    await page.getByText('incomplete: 1 tensor at random values').waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('asks for what it cannot know, offers the study where no patient is known, and stops on a lost class', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 16; index++) {
      const study = `s${index >> 1}`;
      put(folder, `${index < 8 ? 'x' : 'y'}/${index}.dcm`, smallDicom(index, 'ANONYMOUS', { study }));
      put(folder, `z/${index}.dcm`, 'no image');
    }
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url, { width: 1024, height: 700 });
    await page.getByLabel('Path of the folder').fill(folder);
    await button(page, 'Look at the images').click();
    await page.getByText('carry the PatientID ‘ANONYMOUS’').waitFor({ timeout: minute });
    expect(await figure(page, 'Patients').textContent()).toBe('–');
    await button(page, 'Group by study (8 imaging studies)').click();
    await expect.poll(() => figure(page, 'Imaging studies').textContent(), { timeout: minute }).toBe('8');
    await button(page, 'Network →').click();
    await button(page, 'Training →').click();
    expect(await clipped(page)).toEqual([]);
    const start = button(page, 'Start training');
    expect(await start.isDisabled()).toBe(true);
    await page.getByLabel('Positive class').selectOption('x');
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /continue all the same/ }).check();
    expect(await start.isEnabled()).toBe(true);
    expect(await page.getByRole('complementary').textContent()).toContain('no imaging study is on two sides');
  });

  it('shows a run that goes on when it is opened again, and takes its whole plan for another', async () => {
    const folder = await pictures('c', true);
    const { url } = await serveWindow(temporaryFolder());
    const { page } = await openWindow(url);
    await page.getByLabel('Path of the folder').fill(folder);
    await button(page, 'Look at the images').click();
    await button(page, 'Take labels and patients from labels.csv').click({ timeout: minute });
    await button(page, 'Network →').click({ timeout: minute });
    await button(page, 'MobileNetV2').click();
    await page.getByRole('radio', { name: 'MobileNetV2 0.5' }).check();
    await page.getByLabel('Cut after').selectOption({ label: 'block_2_add (end of block)' });
    await button(page, 'Training →').click();
    await page.getByLabel(/^Input size/).fill('32');
    await page.getByLabel(/^Epochs/).fill('2000');
    await page.getByLabel(/^Batch size/).fill('4');
    await page.getByText('More settings').click();
    await page.getByRole('checkbox', { name: /^Stop early/ }).uncheck();
    await button(page, 'Start training').click();
    await page.getByText(/^[1-9]\d* of 2000$/).waitFor({ timeout: minute });

    await page.reload();
    await page.getByText(/^(Training on|Predicting) \d+ /).waitFor({ timeout: minute });
    await button(page, 'Stop').click();
    await page.getByText('Stopped by hand').waitFor({ timeout: minute });
    await button(page, 'New run from these settings').click();
    await expect.poll(() => button(page, 'Start training').isEnabled(), { timeout: minute }).toBe(true);
    expect(await page.getByLabel(/^Input size/).inputValue()).toBe('32');
    expect(await page.getByRole('main').getByText('cut after block_2_add').count()).toBe(1);
    await step(page, 'Data').click();
    expect(await page.getByLabel('Path of the folder').inputValue()).toBe(folder);
    expect(await figure(page, 'Patients').textContent()).toBe('8');
  });

  it('shows what a command or another window does to the workspace, also once its connection was lost', async () => {
    const [workspace, study] = [temporaryFolder(), join(temporaryFolder(), 'study')];
    await writeStudy(study);
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    const rail = (of: Page) => of.getByRole('region', { name: 'Runs' });
    await rail(page).getByText('None yet').waitFor({ timeout: minute });
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
    await rail(other).getByText('None yet').waitFor({ timeout: minute });

    const command = start(['train', '--workspace', workspace, '--data', study, ...TINY, '--source', 'none']);
    for (const each of [page, other]) await rail(each).getByText('cut after').waitFor({ timeout: minute });
    expect(await command.ended).toMatchObject({ status: 0 });
    for (const each of [page, other]) await rail(each).getByText('Completed').waitFor({ timeout: minute });

    admits = false;
    await sockets[0]!.close();
    // A window behind another one paints nothing, and can be waited for in vain.
    await other.bringToFront();
    await button(other, 'Connect again').waitFor({ timeout: minute });
    expect(await rail(other).getByText('Completed').count()).toBe(1);
    await page.bringToFront();
    await page.getByRole('button', { name: /^Remove the run of/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click({ timeout: minute });
    admits = true;
    await rail(page).getByText('None yet').waitFor({ timeout: minute });
    await other.bringToFront();
    await rail(other).getByText('None yet').waitFor({ timeout: minute });
    expect(await button(other, 'Connect again').count()).toBe(0);
    expect(sockets).toHaveLength(2);
    expect(complaints).toEqual([]);
  });

  it('reports a crash of the engine and goes on with the run', async () => {
    const workspace = temporaryFolder();
    const { url, shell } = await serveWindow(workspace);
    const { page } = await openWindow(url);
    await expect.poll(() => button(page, 'Use the sample data').isEnabled(), { timeout: minute }).toBe(true);
    await button(page, 'Use the sample data').click();
    await button(page, 'Network →').click({ timeout: minute });
    await button(page, 'ResNet').click();
    await page.getByRole('radio', { name: 'ResNet-18' }).check();
    await page.getByLabel('Cut after').selectOption({ label: 'layer1.1 (end of block)' });
    await button(page, 'Training →').click();
    await page.getByLabel(/^Input size/).fill('128');
    await page.getByLabel(/^Epochs/).fill('8');
    await button(page, 'Start training').click();
    await page.getByText(/^[1-6] of 8$/).waitFor({ timeout: 2 * minute });

    // What computes: the window says so beside the run, and everything else goes on.
    killEngine(workspace, 'compute');
    await page.getByText(/The process that computes ended unexpectedly/).waitFor({ timeout: minute });
    expect(await page.getByText('The engine stopped unexpectedly').count()).toBe(0);
    await button(page, 'Resume').click({ timeout: minute });
    await button(page, 'Pause').waitFor({ timeout: minute });
    await page.getByText(/^Training on/).waitFor({ timeout: minute });

    process.kill(childOf(shell.child.pid!), 'SIGSEGV');
    await button(page, 'Resume the run').click({ timeout: minute });
    await button(page, 'Results →').click({ timeout: 3 * minute });
    expect(await page.getByText(/of \d, the best by validation AUPRC/).count()).toBe(1);
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
