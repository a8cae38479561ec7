// Makes a fresh checkout ready to run; quick when nothing is missing. `--tests` adds what only tests need, `--verify`
// loads TensorFlow once more and mends what does not load.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from './setup/chromium.mjs';
import { withLock } from './setup/lock.mjs';
import { node24Program } from './setup/node24.mjs';
import { npmPackages } from './setup/npm-packages.mjs';
import { checkoutState } from './setup/places.mjs';
import { pretrainedWeights } from './setup/pretrained.mjs';
import { say, SetupError } from './setup/report.mjs';
import { tensorflow } from './setup/tensorflow.mjs';

/**
 * In this order: each step may use what the ones before it installed. `optional` says, in a sentence, what is without a
 * step that failed; a step that has none must succeed.
 */
const steps = [npmPackages, node24Program, tensorflow, pretrainedWeights, chromium];

/** Resolves to whether the step succeeded; one that the application cannot do without throws instead. */
async function perform(step) {
  const started = Date.now();
  say(`${step.name} …`);
  try {
    const note = await step.run();
    say(`${step.name}: ready after ${((Date.now() - started) / 1000).toFixed(1)} s${note ? ` (${note})` : ''}`);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError) || !step.optional) throw error;
    say(`${step.name}: ${error.message}`);
    say(`  ${step.optional}`);
    return false;
  }
}

/**
 * Runs the steps that are needed for a purpose: `start` (the default) or `tests`; `asked`: a person wants them tried,
 * however lately one failed. Resolves to the names of those that
 * failed and that the application works without. Throws SetupError for the others.
 */
export async function setup({ purpose = 'start', verify = false, asked = false } = {}) {
  const wanted = steps.filter((step) => !step.purposes || step.purposes.includes(purpose));
  if (!wanted.some((step) => step.needed({ verify, asked }))) return [];
  return withLock(join(checkoutState, 'setup.lock'), async () => {
    const failed = [];
    for (const step of wanted) {
      // Asked again: another set-up may have done the step while this one waited.
      if (step.needed({ verify, asked }) && !(await perform(step))) failed.push(step.name);
    }
    return failed;
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const purpose = process.argv.includes('--tests') ? 'tests' : 'start';
    const failed = await setup({ purpose, verify: process.argv.includes('--verify'), asked: true });
    say(failed.length === 0 ? 'everything is in place' : `ready, without ${failed.join(' and ')}`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
