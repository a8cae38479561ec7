import { existsSync, readFileSync } from 'node:fs';
import { findCommand } from './places.mjs';
import { capture, tail } from './process.mjs';
import { SetupError } from './report.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];
const elsewhere = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * Path of an installed browser of the Chromium family, or undefined. CUTPOINT_CHROMIUM names one explicitly.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CUTPOINT_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  return findCommand(names) ?? (elsewhere[process.platform] ?? []).find((path) => existsSync(path));
}

const advice = 'Install Chromium, or name one in CUTPOINT_CHROMIUM.';

/** The command prefix that gives apt its rights: nothing for root, sudo where it asks no password, else undefined. */
async function rights() {
  if (process.getuid?.() === 0) return [];
  const { status } = await capture('sudo', ['-n', 'true']);
  return status === 0 ? ['sudo', '-n'] : undefined;
}

/** Ubuntu's `chromium` package is an empty one that asks for snap, which containers and clusters lack. */
const isDebian = () => existsSync('/etc/os-release') && /^ID="?debian/m.test(readFileSync('/etc/os-release', 'utf8'));

export const chromium = {
  name: 'Chromium for the browser tests',
  purposes: ['tests'],
  optional: 'Without it the browser tests are skipped.',
  needed: () => findChromium() === undefined,
  async run() {
    if (process.platform !== 'linux' || !isDebian()) throw new SetupError(`No Chromium found here. ${advice}`);
    const prefix = await rights();
    if (!prefix) throw new SetupError(`No Chromium found, and apt needs administrator rights. ${advice}`);
    const apt = (...args) => {
      const [command, ...rest] = [...prefix, 'apt-get', '-y', '-q', '-o', 'DPkg::Lock::Timeout=120', ...args];
      return capture(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    };
    const install = () => apt('install', '--no-install-recommends', 'chromium');
    let result = await install();
    if (result.status !== 0) {
      await apt('update');
      result = await install();
    }
    if (result.status !== 0 || !findChromium()) {
      throw new SetupError(`apt could not install Chromium: ${tail(result.output, 2)}\n${advice}`);
    }
  },
};
