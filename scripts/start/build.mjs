import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { node24, nodeModules, root } from '../setup/places.mjs';
import { capture, projectEnv, tail } from '../setup/process.mjs';
import { say, SetupError } from '../setup/report.mjs';

const sources = ['src-main', 'src-preload', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json'];
const built = join('out', 'renderer', 'index.html');

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether the built window is missing or older than a source file. */
export function isStale(folder = root) {
  const target = join(folder, built);
  if (!existsSync(target)) return true;
  const since = statSync(target).mtimeMs;
  return sources.some((path) => newest(join(folder, path)) > since);
}

/** Builds renderer, preload and Electron's main script with electron-vite, where sources changed since. */
export async function buildWhereStale() {
  if (!isStale()) return;
  const started = Date.now();
  say('building the window …');
  const program = join(nodeModules, 'electron-vite', 'bin', 'electron-vite.js');
  const { status, output } = await capture(node24, [program, 'build'], { env: projectEnv() });
  if (status !== 0) throw new SetupError(`the window could not be built:\n${tail(output, 20)}`);
  say(`building the window: done after ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
