import { existsSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { node24, nodeModules } from './places.mjs';
import { capture, plainEnv, tail } from './process.mjs';
import { SetupError } from './report.mjs';

// Electron 45 embeds Node 24, better-sqlite3 13 needs Node 22 or newer, and the sources are TypeScript that Node 24 runs
// as it is. Raise `electron` and `node` in package.json together; test/setup/versions.test.ts holds them together.

const shortcut = join(nodeModules, '.bin', 'node');
const target = join('..', 'node', 'bin', 'node');

function linked() {
  if (process.platform === 'win32') return true; // not verified there; scripts name the program by its path
  try {
    return readlinkSync(shortcut) === target;
  } catch {
    return false;
  }
}

/** The npm package `node` fetches its program in an install script, and those are switched off (.npmrc). */
export const node24Program = {
  name: 'Node 24',
  needed: () => !existsSync(node24) || !linked(),
  async run() {
    if (!existsSync(node24)) {
      const cwd = join(nodeModules, 'node');
      const { status, output } = await capture(process.execPath, ['installArchSpecificPackage.js'], {
        cwd,
        env: plainEnv(),
      });
      if (status !== 0 || !existsSync(node24)) throw new SetupError(`Node 24 could not be installed:\n${tail(output)}`);
    }
    if (!linked()) {
      rmSync(shortcut, { force: true });
      symlinkSync(target, shortcut);
    }
    const { status, output } = await capture(node24, ['--version']);
    if (status !== 0 || !output.startsWith('v24.')) {
      rmSync(node24, { force: true });
      throw new SetupError(`the Node 24 that npm delivered does not run here: ${tail(output)}`);
    }
  },
};
