import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { place } from '../support/rooms.ts';
import { json, start } from './support/cutpoint.ts';

const NEVER = 'never';

/** `cutpoint serve --open` with a browser that only writes down what it was given. */
async function serve(workspace: string): Promise<{ link: string; given: string }> {
  const tools = temporaryFolder();
  const opener = join(tools, 'xdg-open');
  const told = join(tools, 'told');
  writeFileSync(opener, `#!/bin/sh\nprintf '%s' "$1" > '${told}.part' && mv '${told}.part' '${told}'\nsleep 20\n`);
  chmodSync(opener, 0o755);
  const env = { ...process.env, DISPLAY: NEVER, PATH: `${tools}${delimiter}${process.env.PATH}` };
  const serving = start(['serve', '--open', '--port', '0', '--workspace', workspace], { env });
  onTestFinished(() => void serving.child.kill('SIGTERM'));
  const [link = ''] = await serving.until(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/);
  await expect.poll(() => existsSync(told), { timeout: 20_000 }).toBe(true);
  return { link, given: readFileSync(told, 'utf8') };
}

/** What every user of the machine can read of every process. */
function processList(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return ''; // It has ended.
      }
    });
}

test.skipIf(process.platform !== 'linux')(
  'the token is in no process’s arguments, and opens one browser; a reload keeps it, another port has no use of its cookie',
  { timeout: 120_000 },
  async () => {
    const workspace = join(temporaryFolder(), 'workspace');
    mkdirSync(workspace);
    const { link, given } = await serve(workspace);
    const token = new URL(link).searchParams.get('token')!;
    const list = processList();
    expect(list.filter((line) => line.includes('xdg-open') && line.includes(given))).not.toEqual([]);
    expect(list.filter((line) => line.includes(token))).toEqual([]);
    const file = fileURLToPath(given);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(token);
    if (!installedChromium()) return;

    const { page, browser, complaints } = await openWindow(given);
    const ready = () => page.getByRole('button', { name: 'Begin with the sample data' }).waitFor({ timeout: 60_000 });
    await ready();
    await page.waitForURL(`${new URL(link).origin}/#/home`);
    expect(existsSync(file)).toBe(false);
    await page.reload();
    await ready();
    const engine = page.getByRole('button', { name: 'Begin with the sample data' });
    await expect.poll(() => engine.isEnabled(), { timeout: 60_000 }).toBe(true);
    await place(page, 'Settings').click();
    await page.getByRole('tab', { name: 'Disk and backup' }).click();
    await page.getByText(/^Can free \d/).waitFor({ timeout: 30_000 });
    const copy = join(temporaryFolder(), 'copy.db');
    await page.getByLabel('File').fill(copy);
    await page.getByRole('button', { name: 'Back up' }).click();
    await page.getByText('Written and read back').waitFor({ timeout: 30_000 });
    expect(statSync(copy).mode & 0o077).toBe(0);
    expect(complaints).toEqual([]);

    // A server of another user, on another port of the same host, is sent the cookie by the same browser.
    let sent = '';
    const stranger = createServer((request, response) => {
      sent ||= request.headers.cookie ?? '';
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel="icon" href="data:,">');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    onTestFinished(() => void stranger.close());
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    expect(sent).toMatch(/^cutpoint-\d+=/);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    // With the cookie alone the window says how to be let in.
    const thief = await browser.newContext();
    await thief.addCookies(await page.context().cookies());
    const stolen = await thief.newPage();
    await stolen.goto(`${new URL(link).origin}/`);
    await stolen.getByText('This page was not opened by a link of Cutpoint').waitFor({ timeout: 30_000 });

    const asked = await json(z.object({ url: z.string() }), ['serve', '--link', '--workspace', workspace]);
    const second = await (await browser.newContext()).newPage();
    await second.goto(asked.url);
    await second.getByRole('button', { name: 'Begin with the sample data' }).waitFor({ timeout: 60_000 });
    await second.goto(link);
    await second.waitForURL(`${new URL(link).origin}/#/home`);
    const third = await (await browser.newContext()).newPage();
    await third.goto(asked.url);
    await third.getByText('a link works once').waitFor();
    // Whoever is in can let one more browser in, without the terminal.
    await place(second, 'Settings').click();
    await second.getByRole('button', { name: 'Make a link' }).click();
    const shown = await second.getByText(/^http:\/\/127.0.0.1:\d+\/\?token=/).textContent();
    await third.goto(shown!);
    await third.getByRole('button', { name: 'Begin with the sample data' }).waitFor({ timeout: 60_000 });
  },
);
