import type { SearchPlan } from '../../../contract/comparison/search.ts';
import type { Network } from '../../execute/run.ts';
import { withEngine } from '../../tensor/engines.ts';
import { initialWeights } from '../../transfer/initialWeights.ts';
import type { ProbeImages } from '../../transfer/probe/sweep.ts';
import { prepareImages } from '../../cohort/prepared.ts';
import { architectureOf } from '../../../backbone/architecture.ts';
import { modelOf, networkOn } from '../../network/open.ts';
import { trainingIndices } from '../../cohort/split.ts';
import { appliedTo } from '../../../contract/greyScale.ts';
import { cellPlan } from '../cells.ts';
import { fittedCell } from '../levels.ts';
import type { ComparisonContext } from '../context.ts';
import { fullCell } from './trials.ts';

/**
 * Lends the whole network to look at, with the images of the training and validation patients of the first seed: the test
 * part has no say in a choice.
 * @param run a finished run of full fine-tuning, whose best weights the network has; null: those it would start from
 */
export async function withNetwork<T>(
  comparison: ComparisonContext<SearchPlan>,
  run: string | null,
  use: (network: Network, images: ProbeImages) => Promise<T>,
): Promise<T> {
  const { plan, workspace, classes, dataset, signal } = comparison;
  const common = cellPlan(plan.base, fullCell(plan), workspace);
  const split = comparison.splitOf(plan.seeds[0]!, null);
  const train = trainingIndices(dataset.images, split, common);
  const whole = fittedCell(workspace.store, comparison.id, { plan: common, train });
  const architecture = architectureOf(whole, classes);
  const tuned = run === null ? null : await modelOf(workspace.store.runs.get(run), workspace);
  const weights = tuned?.weights ?? (await initialWeights(whole, architecture, workspace));
  const indices = [...split.keys()].filter((index) => split[index] !== 'test');

  const prepared = await prepareImages(workspace, dataset, {
    plan: whole,
    scale: appliedTo(whole.data),
    classes,
    signal,
  });
  try {
    return await withEngine(whole.engine, async (engine) => {
      const network = networkOn(engine, architecture, { weights });
      try {
        return await use(network, { ...prepared, ...architecture, indices });
      } finally {
        network.variables.dispose();
      }
    });
  } finally {
    prepared.cache.close();
  }
}
