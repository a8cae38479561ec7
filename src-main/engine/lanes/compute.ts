import { heldFiles } from '../data/cacheFolder.ts';
import { loadedLater } from '../services/loaded.ts';
import { systemHandlers } from '../services/system.ts';
import type { Workspace } from '../store/workspace.ts';
import { estimateMemory, requireMemory } from '../train/memory.ts';
import type { LaneServices } from './laneServices.ts';
import { StepTimes } from '../train/stepTimes.ts';
import { Trainer } from './trainer.ts';

/** All that needs TensorFlow. What training does without is read at its first use: a chart library, runtimes of exports. */
export function openCompute(workspace: Workspace): Pick<LaneServices, 'handlers' | 'close'> {
  const trainer = new Trainer(workspace);
  const times = new StepTimes(workspace.paths.cache);
  return {
    handlers: {
      ...systemHandlers(workspace),
      ...loadedLater(['model.export', 'model.predict', 'model.try'], async () =>
        (await import('../services/models.ts')).modelHandlers(workspace),
      ),
      ...loadedLater(['probe.sweep'], async () =>
        (await import('../services/probe/index.ts')).probeHandlers(workspace),
      ),
      'transferability.sources': async (input, call) =>
        (await import('../services/transferability/sources.ts')).compareSources(workspace, input, call),
      ...loadedLater(['similarity.compare', 'similarity.movement'], async () =>
        (await import('../services/similarity.ts')).similarityHandlers(workspace),
      ),
      ...loadedLater(['distance.embed', 'distance.measure'], async () =>
        (await import('../services/distance/index.ts')).distanceHandlers(workspace),
      ),
      ...loadedLater(['explain.map', 'explain.check', 'explain.localise', 'explain.filters'], async () =>
        (await import('../services/explain/index.ts')).explainHandlers(workspace),
      ),
      'report.write': async (input, call) =>
        (await import('../services/report.ts')).writeReport(workspace, input, call),
      'backbone.latency': async (input, call) => (await import('../services/latency.ts')).measureCuts(input, call),
      'data.augmented': async (input, call) => (await import('../services/augmented.ts')).augmentedImages(input, call),
      'run.memory': (plan) => estimateMemory(plan),
      'run.evaluate': async (input, call) =>
        (await import('../services/evaluate.ts')).evaluateAnew(workspace, input, call),
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
