// `npm run bench:fuzz`: 2,000 damaged files of weights of every format, of which `npm test` reads the first.
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
