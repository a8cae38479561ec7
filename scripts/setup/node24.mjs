import { existsSync } from 'node:fs';
import { npmPackages } from './npm-packages.mjs';
import { isRecent, node24 } from './places.mjs';
import { capture, tail } from './process.mjs';
import { SetupError } from './report.mjs';

// Electron 45 embeds Node 24, better-sqlite3 13 needs Node 22 or newer, and the sources are TypeScript that Node 24 runs
// as it is. Raise `electron` and the `node-…` packages in package.json together; test/setup/setup.test.ts holds them.

/**
 * Node itself comes as an npm package, one a platform and optional, so that npm takes this platform's and checks its
 * digest against the lock file. An installation made before they were in the lock file lacks it.
 */
export const node24Program = {
  name: 'Node 24',
  needed: () => !existsSync(node24),
  async run() {
    await npmPackages.run();
    if (!existsSync(node24))
      throw new SetupError(
        `npm has no Node 24 for ${process.platform} ${process.arch}. Install Node 24 or newer and start again with it.`,
      );
    const { status, output } = await capture(node24, ['--version']);
    if (status !== 0 || !isRecent(output.replace(/^v/, '')))
      throw new SetupError(`the Node 24 that npm delivered does not run here: ${tail(output)}`);
  },
};
