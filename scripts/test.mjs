// `npm test`: set-up, lint, format, types, then unit and end-to-end tests. All of them run even where one fails. The last
// line counts the tests. Arguments go to vitest: `npm test -- test/backbone`, `npm test -- --project unit`.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closingLine, countTests } from './checks/counts.mjs';
import { setup } from './setup.mjs';
import { keepCompiled } from './setup/compiled.mjs';
import { node24, nodeModules, root } from './setup/places.mjs';
import { capture, projectEnv, run } from './setup/process.mjs';
import { say, SetupError } from './setup/report.mjs';
import { buildWhereStale } from './start/build.mjs';

const reportFile = join(root, 'test-results', 'vitest.json');

/** What reads the sources, all at once: each of them uses little more than one core. */
const ofSources = [
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['.', '--max-warnings=0'] },
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
  { name: 'types', program: 'vue-tsc/bin/vue-tsc.js', args: ['-b'] },
];
const checks = [
  { name: 'window', work: buildWhereStale },
  {
    name: 'tests',
    program: 'vitest/vitest.mjs',
    // What takes minutes more is for `npm run test:long`.
    args: [
      ...['run', '--project=!long', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
      ...process.argv.slice(2),
    ],
  },
];

const commandOf = ({ program, args }) => [node24, [join(nodeModules, program), ...args], { env: projectEnv() }];

const tell = (name, passed, started) =>
  console.log(`${passed ? 'ok' : 'FAILED'}: ${name}, ${((Date.now() - started) / 1000).toFixed(1)} s`);

/** Resolves to whether a check passed. */
async function perform({ name, work, ...check }) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  let passed;
  try {
    passed = work ? (await work(), true) : (await run(...commandOf(check))) === 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    passed = false;
  }
  tell(name, passed, started);
  return passed;
}

/** The same for one of several at a time: what it prints comes when it is done. */
async function performBeside(check) {
  const started = Date.now();
  const { status, output } = await capture(...commandOf(check));
  console.log(`\n── ${check.name}${output.trim() ? `\n${output.trimEnd()}` : ''}`);
  tell(check.name, status === 0, started);
  return status === 0;
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
const passed = await Promise.all(ofSources.map(performBeside));
const failed = ofSources.filter((_, at) => !passed[at]).map(({ name }) => name);
for (const check of checks) if (!(await perform(check))) failed.push(check.name);

const none = { passed: 0, failed: 0, skipped: 0 };
const counts = existsSync(reportFile) ? countTests(JSON.parse(readFileSync(reportFile, 'utf8'))) : none;
if (counts.passed + counts.failed === 0) failed.push('no test ran');
if (failed.length > 0) console.log(`\nnot passed: ${failed.join(', ')}`);
console.log(closingLine(counts));
process.exitCode = failed.length > 0 || counts.failed > 0 ? 1 : 0;
