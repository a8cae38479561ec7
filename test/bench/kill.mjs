// `npm run bench:kill`: the engine killed at 60 random moments of training, of which `npm test` takes the first.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'test/e2e/kill.test.ts'],
  { stdio: 'inherit', env: { ...process.env, CUTPOINT_KILLS: '60' } },
);
process.exitCode = status ?? 1;
