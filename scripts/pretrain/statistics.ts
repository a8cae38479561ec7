import type { Weights } from '../../src-main/backbone/model.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { moveStatistics } from '../../src-main/engine/execute/statistics.ts';
import { withEngine } from '../../src-main/engine/tensor/engines.ts';
import { preprocess, readBatch } from '../../src-main/engine/network/batch.ts';
import { networkOn } from '../../src-main/engine/network/open.ts';
import { drawCategories } from './pictures/index.ts';
import { drawPool } from './pool.ts';

/**
 * The weights with their batch-norm statistics measured anew, on pictures of another size than those of the training. A
 * network that was trained on small pictures has statistics of small pictures, and reads large ones off the scale.
 * @param size side of the pictures, in pixels; one is drawn of each category
 */
export async function measureStatistics(
  weights: Weights,
  {
    backbone: name,
    formulas,
    size,
    seed,
    batch,
  }: Record<'formulas' | 'size' | 'seed' | 'batch', number> & { backbone: string },
): Promise<Weights> {
  const backbone = findBackbone(name);
  const categories = drawCategories(formulas);
  const cache = drawPool(categories, { seed, perCategory: 1, size });
  const architecture = {
    graph: backbone.build(),
    input: { height: size, width: size },
    preprocessing: backbone.preprocessing,
    classes: [],
  };
  return withEngine('tensorflow', async (engine) => {
    const network = networkOn(engine, architecture, { weights });
    try {
      for (let measured = 0; measured + batch <= cache.count; measured += batch) {
        const indices = Array.from({ length: batch }, (_, index) => measured + index);
        const pictures = preprocess(readBatch(cache, indices), backbone.preprocessing);
        // A mean over pictures: what is kept is the share of those already measured.
        moveStatistics(network, pictures, measured / (measured + batch));
        pictures.dispose();
      }
      return await network.variables.weights();
    } finally {
      network.variables.dispose();
    }
  });
}
