// `npm run screenshots [FOLDER]`: every screen of the window at four sizes, light, dark and in German, on the sample study.
// For looking at, not for comparing: what is wrong with a screen is seen, not computed.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildWhereStale } from './start/build.mjs';
import { findChromium } from './setup/chromium.mjs';
import { scenes } from './screenshots/scenes.ts';
import { serve } from './screenshots/serve.ts';

/** CSS pixels, and how many pixels of the picture are one of them: 200 % zoom halves the room there is. */
const SIZES = [
  { name: '1440x900', width: 1440, height: 900, scale: 1 },
  { name: '1024x700', width: 1024, height: 700, scale: 1 },
  { name: '2560x1440', width: 2560, height: 1440, scale: 1 },
  { name: 'zoom-200', width: 720, height: 450, scale: 2 },
] as const;
const LOOKS = [
  { name: 'light', scheme: 'light', language: 'en' },
  { name: 'dark', scheme: 'dark', language: 'en' },
  { name: 'german', scheme: 'light', language: 'de' },
] as const;

const out = resolve(process.argv[2] ?? 'test-results/screenshots');
const executablePath = findChromium();
if (!executablePath) throw new Error('There is no Chromium here; install one or name it in CUTPOINT_CHROMIUM.');

await buildWhereStale();
const workspace = mkdtempSync(join(tmpdir(), 'cutpoint-screens-'));
const shell = await serve(workspace);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(shell.url);
  const made = await scenes(page, workspace);
  const state = await first.storageState();
  for (const size of SIZES) {
    for (const look of LOOKS) {
      // All looks at one size are enough; the other sizes are about room.
      if (size.name !== '1440x900' && look.name !== 'light') continue;
      const context = await browser.newContext({
        storageState: state,
        viewport: { width: size.width, height: size.height },
        deviceScaleFactor: size.scale,
        colorScheme: look.scheme,
        locale: look.language === 'de' ? 'de-DE' : 'en-GB',
      });
      const shown = await context.newPage();
      await take(shown, new URL(page.url()).origin, made, join(out, `${size.name}-${look.name}`));
      await context.close();
    }
  }
} finally {
  await browser.close();
  await shell.close();
  rmSync(workspace, { recursive: true, force: true });
}

async function take(page: Page, origin: string, made: Awaited<ReturnType<typeof scenes>>, folder: string) {
  mkdirSync(folder, { recursive: true });
  for (const { name, address, act } of made) {
    await page.goto(`${origin}/#${address}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await act?.(page);
    // Charts and pictures come a moment after the room.
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.keyboard.press('Escape');
  }
  console.log(`${made.length} screens in ${folder}`);
}
