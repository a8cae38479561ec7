import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules, root } from './places.mjs';
import { capture, plainEnv, tail } from './process.mjs';
import { SetupError } from './report.mjs';

/**
 * Packages that a lock file asks for and an installation lacks or has in another version. Optional ones are for other
 * platforms too, and their absence means nothing.
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.link)
    .filter(([path, entry]) => installed.packages?.[path]?.version !== entry.version)
    .map(([path]) => path);
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

export const npmPackages = {
  name: 'npm packages',
  needed() {
    // npm writes this file last, so an interrupted installation has none.
    const written = join(nodeModules, '.package-lock.json');
    return (
      !existsSync(written) || missingPackages(readJson(join(root, 'package-lock.json')), readJson(written)).length > 0
    );
  },
  async run() {
    // A shell, because npm is a .cmd file on Windows.
    const { status, output } = await capture('npm ci --no-progress', [], { shell: true, env: plainEnv() });
    if (status !== 0) throw new SetupError(`npm ci failed:\n${tail(output, 12)}`);
  },
};
