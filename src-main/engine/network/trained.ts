import type { Model } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Scaling } from '../../contract/calibration.ts';
import { type RunSummary } from '../../contract/run.ts';
import { engineChoice } from '../../contract/plan.ts';
import type { Network } from '../execute/run.ts';
import type { Workspace } from '../store/workspace.ts';
import { withEngine } from '../tensor/engines.ts';
import type { Architecture } from '../../backbone/architecture.ts';
import { modelOf, networkOn } from './open.ts';
import { withScaling } from './withScaling.ts';

/**
 * Runs a computation with the model of a run's best epoch on an engine, preferably the one it was trained on.
 * @param scaling of its probabilities; left out: the network itself
 * @throws CutpointError RUN_STATE before the first epoch is finished
 */
export async function withModel<T>(
  workspace: Workspace,
  run: RunSummary,
  compute: (network: Network, model: Model & Architecture, engine: string) => Promise<T>,
  scaling: Scaling | null = null,
): Promise<T> {
  const found = await modelOf(run, workspace);
  if (!found) {
    throw new CutpointError('RUN_STATE', `The run ${run.id} has no model yet: no epoch of it is finished.`, {
      remedy: 'Let it train for at least one epoch.',
    });
  }
  const model = withScaling(found, scaling);
  return withEngine(engineChoice.catch('auto').parse(run.engine), async (engine) => {
    const network = networkOn(engine, model, model);
    try {
      return await compute(network, model, engine.name);
    } finally {
      network.variables.dispose();
    }
  });
}
