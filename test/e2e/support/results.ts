import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';

/** All that a run computed, bit for bit: epochs without their duration, predictions, and the checkpoints it kept. */
export function resultsOf(folder: string, id: string) {
  const workspace = openWorkspace(folder);
  try {
    const run = workspace.store.runs.get(id);
    const predictions = (['validation', 'test'] as const).map((set) =>
      workspace.store.predictions.load(id, set).map(({ file, label, probabilities }) => ({
        file,
        label,
        bits: Buffer.from(probabilities.buffer).toString('hex'),
      })),
    );
    const checkpoints = join(workspace.paths.checkpoints, id);
    return {
      status: run.status,
      epochs: run.epochs.map(({ seconds: _, liveTensors: __, ...record }) => record),
      bestEpoch: run.bestEpoch,
      metrics: workspace.store.evaluations.load(id, 'test')?.metrics,
      predictions,
      checkpoints: readdirSync(checkpoints).map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(checkpoints, name)))
          .digest('hex'),
      ]),
    };
  } finally {
    workspace.close();
  }
}
