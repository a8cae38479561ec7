import { z } from 'zod';
import { searchResult, type SearchPlan } from '../../../contract/comparison/search.ts';
import type { Network } from '../../execute/run.ts';
import { generator, shuffle } from '../../random.ts';
import { detectEndOfReuse, type Detection } from '../../similarity/detector.ts';
import { matrix, type Matrix } from '../../linear/matrix.ts';
import { represent } from '../../similarity/representation.ts';
import { pooledFeatures } from '../../transfer/probe/features.ts';
import type { ProbeImages } from '../../transfer/probe/sweep.ts';
import { breathe } from '../../breathe.ts';
import type { ComparisonContext } from '../context.ts';
import { withNetwork } from './network.ts';

/** Images looked at: several times as many as directions are kept at any cut. */
const MOST_IMAGES = 1000;

const detection: z.ZodType<Detection> = z.object({
  cut: z.string(),
  ends: z.boolean(),
  cuts: searchResult.shape.detector.unwrap(),
});

/**
 * Where the reuse of features ends, by SVCCA at these cuts before against after full fine-tuning: features averaged over
 * space, of images of the training and validation patients.
 * @param run of full fine-tuning
 */
export function detectCut(
  comparison: ComparisonContext<SearchPlan>,
  run: string,
  cuts: readonly string[],
): Promise<Detection> {
  const { plan, dataset, signal } = comparison;
  const seed = plan.seeds[0]!;
  return comparison.remember('SVCCA before against after full fine-tuning', detection, async () => {
    const featuresOf = (of: string | null) =>
      withNetwork(comparison, of, (network, images) => {
        const indices = shuffle(images.indices, generator(seed, 'svcca images')).slice(0, MOST_IMAGES);
        return featuresAt(network, { ...images, indices }, { cuts, batch: plan.base.batch, signal });
      });
    const before = await featuresOf(null);
    const after = await featuresOf(run);
    const pairs = [];
    for (const cut of cuts) {
      pairs.push({ cut, before: represent(before.features.get(cut)!), after: represent(after.features.get(cut)!) });
      await breathe();
      signal.throwIfAborted();
    }
    const groups = before.indices.map((index) => dataset.images[index]!.group);
    const between = async (): Promise<void> => {
      await breathe();
      signal.throwIfAborted();
    };
    return detectEndOfReuse(pairs, { seed, groups, between });
  });
}

/** Features [images × channels] at the cuts, and of which images. */
async function featuresAt(
  network: Network,
  images: ProbeImages,
  { cuts, batch, signal }: { cuts: readonly string[]; batch: number; signal: AbortSignal },
): Promise<{ features: Map<string, Matrix>; indices: readonly number[] }> {
  const features = new Map<string, Matrix>();
  for (const [cut, pooled] of await pooledFeatures(network, images, { nodes: cuts, batch, signal })) {
    const [rows, columns] = pooled.shape;
    features.set(cut, matrix(rows, columns, Float64Array.from(pooled.dataSync())));
    pooled.dispose();
  }
  return { features, indices: images.indices };
}
