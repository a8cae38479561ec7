// Makes a fresh checkout ready to run; quick when nothing is missing. `--tests` adds what only tests need, `--verify`
// loads TensorFlow once more and mends what does not load.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from './setup/chromium.mjs';
import { withLock } from './setup/lock.mjs';
import { node24Program } from './setup/node24.mjs';
import { npmPackages } from './setup/npm-packages.mjs';
import { checkoutState } from './setup/places.mjs';
import { say, SetupError } from './setup/report.mjs';
import { tensorflow } from './setup/tensorflow.mjs';

/** In this order: each step may use what the ones before it installed. */
const steps = [npmPackages, node24Program, tensorflow, chromium];

async function perform(step, options) {
  const started = Date.now();
  say(`${step.name} …`);
  try {
    const note = await step.run(options);
    say(`${step.name}: ready after ${((Date.now() - started) / 1000).toFixed(1)} s${note ? ` (${note})` : ''}`);
  } catch (error) {
    if (!(error instanceof SetupError) || !step.optional) throw error;
    say(`${step.name}: ${error.message}`);
  }
}

/** Runs the steps that are needed for a purpose: `start` (the default) or `tests`. */
export async function setup({ purpose = 'start', verify = false } = {}) {
  const wanted = steps.filter((step) => !step.purposes || step.purposes.includes(purpose));
  const missing = () => wanted.some((step) => step.needed({ verify }));
  if (!missing()) return;
  await withLock(join(checkoutState, 'setup.lock'), async () => {
    // Asked again one by one: another set-up may have done a step while this one waited.
    for (const step of wanted) if (step.needed({ verify })) await perform(step, { verify });
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const purpose = process.argv.includes('--tests') ? 'tests' : 'start';
    await setup({ purpose, verify: process.argv.includes('--verify') });
    say('everything is in place');
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
