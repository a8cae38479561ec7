import type { CallContext, OutputOf, ParsedInputOf } from '../../../contract/index.ts';
import { prepareImages } from '../../cohort/prepared.ts';
import { diversityOf, entropyOf, scanMeasures } from '../../datasetSimilarity/measure.ts';
import { networkOn } from '../../network/open.ts';
import { findState } from '../../similarity/states.ts';
import type { Workspace } from '../../store/workspace.ts';
import { withEngine } from '../../tensor/engines.ts';
import { requirePassMemory } from '../../train/memory.ts';
import { comparedImages, nameOfData } from './images.ts';

/** What can be measured of the images of a data set. Images are stretched, so that no border counts as grey values. */
export async function measureData(
  workspace: Workspace,
  input: ParsedInputOf<'distance.measure'>,
  { signal, progress }: CallContext<'distance.measure'>,
): Promise<OutputOf<'distance.measure'>> {
  const { plan, architecture, weights } = findState(workspace, input.network, {
    ...{ input: input.input, fit: 'stretch', channels: 3 },
  });
  const reading = {
    signal,
    onProgress: (done: number, total: number): void => progress({ doing: 'reading', done, total }),
  };
  const { dataset, classes, indices, scale } = await comparedImages(workspace, input, reading);
  await requirePassMemory(architecture, { ...plan, batch: 16, engine: input.engine });
  const prepared = await prepareImages(workspace, dataset, { plan, classes, scale, only: indices, ...reading });
  try {
    const start = await weights();
    const diversity = await withEngine(input.engine, async (engine) => {
      const network = networkOn(engine, architecture, { weights: start });
      try {
        const images = { cache: prepared.cache, indices, preprocessing: architecture.preprocessing };
        return await diversityOf(network, images, {
          ...{ seed: input.seed, signal },
          onProgress: (done) => progress({ doing: 'pass', done, total: indices.length }),
        });
      } finally {
        network.variables.dispose();
      }
    });
    return {
      ...{ name: nameOfData(input.data), ...scanMeasures(dataset), looked: indices.length },
      ...{ entropy: entropyOf(prepared.cache, indices), diversity },
    };
  } finally {
    prepared.cache.close();
  }
}
