import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const nodeModules = join(root, 'node_modules');

/** Whether a version, as `process.versions.node` gives it, is that of a Node that runs Cutpoint's sources. */
export const isRecent = (version) => Number.parseInt(version, 10) >= 24;

const { platform, arch, versions, execPath } = process;

/** Node 24, the major version that Electron 45 embeds, in the npm package of this platform. */
export const packagedNode = join(
  nodeModules,
  `node-${platform === 'win32' ? 'win' : platform}-${arch}`,
  'bin',
  platform === 'win32' ? 'node.exe' : 'node',
);

/** The Node that everything runs on: the packaged one, or where npm has none (macOS) this one, if it is recent enough. */
export const node24 = existsSync(packagedNode) || !isRecent(versions.node) ? packagedNode : execPath;

/** Folder for what set-up and start remember about this checkout; git ignores it. */
export const checkoutState = join(root, '.cutpoint');

/** Per-user folder for downloads that every checkout shares. */
export function cacheFolder({ platform = process.platform, env = process.env, home = homedir() } = {}) {
  if (env.CUTPOINT_CACHE) return resolve(env.CUTPOINT_CACHE);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'cutpoint');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'cutpoint', 'Cache');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'cutpoint');
}

/** First of these commands on the search path, as an absolute path, or undefined. */
export function findCommand(names, env = process.env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const folder of folders) {
      const found = suffixes.map((suffix) => join(folder, name + suffix)).find((path) => existsSync(path));
      if (found) return found;
    }
  }
  return undefined;
}
