import { probeSweep as sweepSchema } from '../../../contract/probe.ts';
import type { SearchPlan, SearchTrial } from '../../../contract/comparison/search.ts';
import { rarestClass } from '../../data/folds.ts';
import { probeSweep } from '../../transfer/probe/sweep.ts';
import type { ComparisonContext } from '../context.ts';
import { withNetwork } from './network.ts';
import type { Probed } from './probed.ts';

/** Folds of the cross-validation, where every class has as many patients. */
const FOLDS = 5;

/**
 * A linear probe at every cut of the pretrained network, on the training and validation patients of the first seed.
 * @returns from shallow to deep, and the seconds that it took
 */
export async function probeCuts(
  comparison: ComparisonContext<SearchPlan>,
): Promise<{ probed: Probed[]; trials: SearchTrial[]; seconds: number }> {
  const sweep = await comparison.remember('probe sweep', sweepSchema, () =>
    withNetwork(comparison, null, (network, images) =>
      probeSweep(network, images, {
        folds: Math.min(FOLDS, rarestClass(images.indices.map((index) => comparison.dataset.images[index]!)).patients),
        seed: comparison.plan.seeds[0]!,
        batch: comparison.plan.base.batch,
        signal: comparison.signal,
      }),
    ),
  );
  return {
    probed: sweep.cuts.map(({ name, auprc }) => ({
      cut: name,
      auprc: auprc.mean,
      error: (auprc.deviation ?? 0) / Math.sqrt(auprc.n),
    })),
    trials: sweep.cuts.map(({ name, auprc, parameters, macs }) => ({
      cut: name,
      stage: 'probe',
      validationAuprc: auprc,
      parameters,
      macs,
      trainingSeconds: 0,
    })),
    seconds: sweep.seconds.pass + sweep.seconds.probes,
  };
}
