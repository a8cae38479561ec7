import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { findChromium } from '../../scripts/setup/chromium.mjs';

/** Path of an installed Chromium, or undefined (with a line saying so): tests that need one are then skipped. */
export function installedChromium(): string | undefined {
  const path = findChromium();
  if (!path) console.log('skipped: no Chromium on this machine; install one or name it in CUTPOINT_CHROMIUM');
  return path;
}

export interface Window {
  page: Page;
  browser: Browser;
  /** Errors and warnings of the page's console, refused requests of the content security policy among them. */
  complaints: string[];
}

let launched: Promise<Browser> | undefined;
afterAll(async () => (await launched)?.close());

/** The browser of a file's tests; what this one opens in it is closed when it ends. */
export async function browserForTest(): Promise<Browser> {
  if (!(await launched)?.isConnected()) launched = launch();
  const browser = await launched!;
  onTestFinished(async () => void (await Promise.all(browser.contexts().map((context) => context.close()))));
  return browser;
}

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

/** A headless browser window on `url` that shares nothing with those of other tests, closed when the test is. */
export async function openWindow(url: string, size = { width: 1440, height: 900 }): Promise<Window> {
  const browser = await browserForTest();
  const page = await (await browser.newContext({ viewport: size })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, browser, complaints };
}

/** What does not fit: text cut off in the controls and tables of the content, or anything that scrolls sideways. */
export function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    if (!main) return ['there is no content'];
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight) found.push('the window scrolls');
    if (main.scrollWidth > main.clientWidth) found.push('the content scrolls sideways');
    for (const element of main.querySelectorAll<HTMLElement>('button, h1, h2, h3, th, td, dt, dd, select, label')) {
      const style = getComputedStyle(element);
      const unseen = style.display === 'inline' || !element.checkVisibility({ contentVisibilityAuto: true });
      const hidden = unseen || element.closest('.visually-hidden, .scroll') !== null;
      if (!hidden && element.scrollWidth > element.clientWidth + 1) {
        found.push(`cut off: ${element.textContent?.trim().slice(0, 60)}`);
      }
    }
    return found;
  });
}
