import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];
const ELSEWHERE: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};
/** Milliseconds after which a browser that does not print is given up. */
const PATIENCE = 120_000;

/** An installed browser of the Chromium family; CUTPOINT_CHROMIUM names one. */
export function browserFor(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CUTPOINT_CHROMIUM: named, PATH = '' } = environment;
  if (named) return existsSync(named) ? named : undefined;
  const found = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...found, ...(ELSEWHERE[process.platform] ?? [])].find((path) => existsSync(path));
}

/**
 * A page as a PDF, printed by a browser that reaches no network.
 * @throws Error where the browser does not do it
 */
export async function printed(browser: string, text: string, signal: AbortSignal): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-report-'));
  try {
    const [page, pdf] = [join(folder, 'report.html'), join(folder, 'report.pdf')];
    await writeFile(page, text);
    const flags = [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync', '--disable-extensions'],
      ...['--disable-background-networking', '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND'],
      ...[`--user-data-dir=${join(folder, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`],
    ];
    await promisify(execFile)(browser, [...flags, pathToFileURL(page).href], { signal, timeout: PATIENCE });
    return await readFile(pdf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
