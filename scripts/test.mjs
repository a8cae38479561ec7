// `npm test`: set-up, lint, format, types, then unit and end-to-end tests. All of them run even where one fails. The last
// line counts the tests. Arguments go to vitest: `npm test -- test/backbone`, `npm test -- --project unit`.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closingLine, countTests } from './checks/counts.mjs';
import { setup } from './setup.mjs';
import { keepCompiled } from './setup/compiled.mjs';
import { node24, nodeModules, root } from './setup/places.mjs';
import { projectEnv, run } from './setup/process.mjs';
import { say, SetupError } from './setup/report.mjs';
import { buildWhereStale } from './start/build.mjs';

const reportFile = join(root, 'test-results', 'vitest.json');

const checks = [
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['.', '--max-warnings=0'] },
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
  { name: 'types', program: 'vue-tsc/bin/vue-tsc.js', args: ['-b'] },
  { name: 'window', work: buildWhereStale },
  {
    name: 'tests',
    program: 'vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...process.argv.slice(2)],
  },
];

/** Resolves to whether a check passed. */
async function perform({ name, program, args, work }) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  let passed;
  try {
    passed = work
      ? (await work(), true)
      : (await run(node24, [join(nodeModules, program), ...args], { env: projectEnv() })) === 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    passed = false;
  }
  console.log(`${passed ? 'ok' : 'FAILED'}: ${name}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return passed;
}

// Hundreds of processes are started, from the same files.
keepCompiled();
try {
  await setup({ purpose: 'tests' });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exit(1);
}
rmSync(reportFile, { force: true });
const failed = [];
for (const check of checks) if (!(await perform(check))) failed.push(check.name);

const none = { passed: 0, failed: 0, skipped: 0 };
const counts = existsSync(reportFile) ? countTests(JSON.parse(readFileSync(reportFile, 'utf8'))) : none;
if (counts.passed + counts.failed === 0) failed.push('no test ran');
if (failed.length > 0) console.log(`\nnot passed: ${failed.join(', ')}`);
console.log(closingLine(counts));
process.exitCode = failed.length > 0 || counts.failed > 0 ? 1 : 0;
