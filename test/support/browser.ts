import { chromium, type Browser, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
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

/** A headless browser window on `url`, closed when the test is. */
export async function openWindow(url: string, size = { width: 1440, height: 900 }): Promise<Window> {
  const browser = await chromium.launch({
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
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: size });
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
