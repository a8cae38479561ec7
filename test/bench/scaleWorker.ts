// Trains a tiny network for one epoch on a folder of images, the whole engine in this process; run by scale.ts.
// Usage: scaleWorker.ts FOLDER [RUNS]: without RUNS what one run costs, with it what is held after each of so many that were
// queued at once. Prints one JSON line.
import * as tf from '@tensorflow/tfjs-core';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { services, tinyPlan } from '../engine/services/inProcess.ts';

/** What one run took. */
export interface Trained {
  /** From the start of the run, the audit before it included. */
  seconds: number;
  epochSeconds: number;
  peakBytes: number;
}

/** What the process holds when a run has ended. */
export interface Held {
  residentBytes: number;
  heapBytes: number;
  tensors: number;
  files: number;
}

const [folder, runs] = [process.argv[2]!, Number(process.argv[3] ?? 0)];
const plan = tinyPlan(folder, { epochs: 1, batch: 32 });
const workspace = mkdtempSync(join(tmpdir(), 'cutpoint-scale-'));
const { call, train, close } = await services(workspace);
try {
  console.log(JSON.stringify(runs > 0 ? { held: await several(runs) } : await one()));
} finally {
  await close();
  rmSync(workspace, { recursive: true });
}
process.exit();

async function one(): Promise<Trained> {
  const begun = performance.now();
  await call('data.audit', plan.data);
  const { end } = await train(plan);
  const { status, epochs } = await end;
  if (status !== 'completed') throw new Error(`the run is ${status}`);
  return {
    seconds: (performance.now() - begun) / 1000,
    epochSeconds: epochs[0]!.seconds,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function several(count: number): Promise<Held[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const started = [];
  for (let seed = 0; seed < count; seed++) started.push((await call('run.start', { ...plan, seed })).id);
  const held: Held[] = [];
  for (const id of started) {
    const { status } = await call('run.watch', { id });
    if (status !== 'completed') throw new Error(`${id} is ${status}`);
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    held.push({
      ...{ residentBytes: rss, heapBytes: heapUsed, tensors: tf.memory().numTensors },
      files: readdirSync('/proc/self/fd').length,
    });
  }
  return held;
}
