import { heldFiles } from '../data/cacheFolder.ts';
import { augmentedImages } from '../services/augmented.ts';
import { evaluateAnew } from '../services/evaluate.ts';
import { explainHandlers } from '../services/explain/index.ts';
import { measureCuts } from '../services/latency.ts';
import { modelHandlers } from '../services/models.ts';
import { probeHandlers } from '../services/probe/index.ts';
import { writeReport } from '../services/report.ts';
import { similarityHandlers } from '../services/similarity.ts';
import { systemHandlers } from '../services/system.ts';
import type { Workspace } from '../store/workspace.ts';
import { estimateMemory, requireMemory } from '../train/memory.ts';
import type { LaneServices } from './laneServices.ts';
import { StepTimes } from '../train/stepTimes.ts';
import { Trainer } from './trainer.ts';

/** All that needs TensorFlow. */
export function openCompute(workspace: Workspace): Pick<LaneServices, 'handlers' | 'close'> {
  const trainer = new Trainer(workspace);
  const times = new StepTimes(workspace.paths.cache);
  return {
    handlers: {
      ...systemHandlers(workspace),
      ...modelHandlers(workspace),
      ...probeHandlers(workspace),
      ...similarityHandlers(workspace),
      ...explainHandlers(workspace),
      'report.write': (input, call) => writeReport(workspace, input, call),
      'backbone.latency': (input, call) => measureCuts(input, call),
      'data.augmented': (input, call) => augmentedImages(input, call),
      'run.memory': (plan) => estimateMemory(plan),
      'run.evaluate': (input, call) => evaluateAnew(workspace, input, call),
      'lane.requireMemory': async (plan) => {
        await requireMemory(plan);
        return null;
      },
      'lane.stepTime': ({ plan }, { signal }) => times.of(plan, signal),
      'lane.train': async ({ run }, { progress, signal }) => {
        await trainer.train(run, progress, signal);
        return null;
      },
      'lane.comparison': async ({ comparison }, { progress, signal }) => {
        await trainer.comparison(comparison, progress, signal);
        return null;
      },
      'lane.steer': ({ id, how }) => {
        trainer.steer(id, how);
        return null;
      },
      'lane.heldFiles': () => heldFiles(),
    },
    close: () => trainer.close(),
  };
}
