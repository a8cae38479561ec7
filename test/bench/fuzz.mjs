// `npm run bench:fuzz`: the damaged files of weights of every format, with all rounds of those that take the longest.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/engine/weights/fuzz.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, CUTPOINT_FUZZ: 'all' },
  },
);
process.exitCode = status ?? 1;
