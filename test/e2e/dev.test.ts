import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startProcess } from '../support/process.ts';

const root = resolve(import.meta.dirname, '../..');
const patience = { timeout: 30_000 };

/** The sources in a folder of their own, with the packages that are installed here. */
function copyOfTheTree(): string {
  const folder = temporaryFolder();
  const own = ['bin', 'scripts', 'src-main', 'src-preload', 'src-renderer', 'package.json', 'package-lock.json'];
  for (const name of [...own, 'renderer.config.ts']) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of ['node_modules', 'resources']) symlinkSync(join(root, name), join(folder, name), 'junction');
  return folder;
}

function replaceIn(path: string, before: string, after: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
}

/** Ends a process and all that it started, where any of it is left. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // All is over.
  }
}

describe.skipIf(!installedChromium())('npm run dev', () => {
  test('takes changes of the window at once, and starts the engine again after one of its own', async () => {
    const tree = copyOfTheTree();
    const workspace = join(temporaryFolder(), 'workspace');
    // Nothing here needs the sample data.
    mkdirSync(join(workspace, 'sample', 'as-if-written'), { recursive: true });
    const args = [join(tree, 'scripts/dev.mjs'), '--web', '--port', '0', '--workspace', workspace];
    const dev = startProcess(process.execPath, args, { cwd: tree, detached: true });
    onTestFinished(() => endGroup(dev.child.pid));
    const link = () => /http:\S+/.exec(dev.lines.join('\n'))?.[0];
    await expect.poll(link, patience).toBeDefined();
    const { origin } = new URL(link()!);
    expect((await fetch(`${origin}/@vite/client`)).status).toBe(403);
    const { page, complaints } = await openWindow(link()!);

    const brand = page.locator('.brand');
    const status = page.getByRole('status').first();
    await expect.poll(() => status.textContent(), patience).toMatch(/·/);

    // Nor does a session open more than what the window is made of.
    const statusOf = (path: string) => page.evaluate(async (url) => (await fetch(url)).status, `/@fs${path}`);
    expect(await statusOf(join(tree, 'src-renderer/App.vue'))).toBe(200);
    expect(await statusOf(join(tree, 'package.json'))).toBe(403);
    expect(await statusOf(join(workspace, 'workspace.pid'))).toBe(403);
    const policy = (await page.request.get(`${origin}/`)).headers()['content-security-policy'];
    expect(policy).toMatch(/script-src 'self'; style-src 'self' 'nonce-[\w+/=]+';/);
    // The browser notes what was refused.
    complaints.length = 0;

    const pid = () => readFileSync(join(workspace, 'workspace.pid'), 'utf8');
    const first = pid();

    // The page stays, and with it what it holds.
    await page.getByRole('link', { name: 'Help' }).click();
    await page.evaluate(() => Object.assign(window, { stays: true }));
    const rail = join(tree, 'src-renderer/features/shell/SideRail.vue');
    replaceIn(rail, '<span>Cutpoint</span>', '<span>Cutpoint in the making</span>');
    await expect.poll(() => brand.textContent(), patience).toContain('Cutpoint in the making');
    replaceIn(rail, 'font-weight: 680', 'font-weight: 300');
    await expect.poll(() => brand.evaluate((node) => getComputedStyle(node).fontWeight), patience).toBe('300');
    expect(await page.evaluate(() => 'stays' in window)).toBe(true);
    expect(pid()).toBe(first);
    expect(complaints).toEqual([]);

    const engines = join(tree, 'src-main/engine/tensor/engines.ts');
    replaceIn(engines, 'available: true, device,', "available: true, device: 'a machine in the making',");
    await expect.poll(() => status.textContent(), patience).toContain('a machine in the making');
    expect(pid()).not.toBe(first);
    expect(await brand.textContent()).toContain('in the making');

    dev.child.kill('SIGTERM');
    await dev.ended;
    expect(dev.child.exitCode).toBe(0);
  });
});
