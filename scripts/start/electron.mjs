import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutState, node24, nodeModules } from '../setup/places.mjs';
import { run } from '../setup/process.mjs';
import { say } from '../setup/report.mjs';

const programs = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe',
  linux: 'electron',
};
const memo = join(checkoutState, 'electron-unreachable.json');
const day = 86_400_000;
/** Time for the question whether the download can be had at all; a machine without network must not wait long. */
const patience = 3000;
const downloadLimit = 10 * 60_000;

/** Path of Electron's program, or undefined. ELECTRON_OVERRIDE_DIST_PATH names a folder that has it already. */
export function findElectron(env = process.env) {
  const folders = [env.ELECTRON_OVERRIDE_DIST_PATH, join(nodeModules, 'electron', 'dist')].filter(Boolean);
  return folders
    .map((folder) => join(folder, programs[process.platform] ?? 'electron'))
    .find((path) => existsSync(path));
}

/** Why no window can be opened here, or undefined where one can. */
export function noWindow({ platform = process.platform, env = process.env, uid = process.getuid?.() } = {}) {
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'this machine has no screen';
  // Chromium refuses to run as root inside its sandbox, and we do not switch the sandbox off unasked.
  if (uid === 0 && !env.ELECTRON_DISABLE_SANDBOX)
    return 'Electron does not run as root (set ELECTRON_DISABLE_SANDBOX=1 to insist)';
  return undefined;
}

const version = () => JSON.parse(readFileSync(join(nodeModules, 'electron', 'package.json'), 'utf8')).version;

/** Where @electron/get fetches this version from; ELECTRON_MIRROR stands for GitHub as it does there. */
export function downloadAddress(electronVersion, env = process.env) {
  const mirror = env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';
  return `${mirror}v${electronVersion}/electron-v${electronVersion}-${process.platform}-${process.arch}.zip`;
}

/** Whether the address answers that it has the file, within a few seconds. */
export async function canDownload(address) {
  try {
    const reply = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(patience) });
    return reply.ok;
  } catch {
    return false;
  }
}

function triedToday() {
  try {
    const { at, version: tried } = JSON.parse(readFileSync(memo, 'utf8'));
    return tried === version() && Date.now() - at < day;
  } catch {
    return false;
  }
}

/** Electron's program, downloaded once where it is missing and can be had; undefined where it cannot. */
export async function provideElectron() {
  const present = findElectron();
  if (present || triedToday()) return present;
  if (await canDownload(downloadAddress(version()))) {
    say(`downloading Electron ${version()}, about 120 MB …`);
    await run(node24, [join(nodeModules, 'electron', 'install.js')], { timeout: downloadLimit });
  }
  const delivered = findElectron();
  if (!delivered) {
    mkdirSync(checkoutState, { recursive: true });
    writeFileSync(memo, JSON.stringify({ at: Date.now(), version: version() }));
  }
  return delivered;
}
