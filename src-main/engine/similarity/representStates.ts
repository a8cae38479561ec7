import { countNodes } from '../../backbone/count.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { AppliedScale } from '../../contract/greyScale.ts';
import type { SimilarityInput, Spatial } from '../../contract/similarity.ts';
import type { Dataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { withEngine } from '../tensor/engines.ts';
import { prepareImages } from '../cohort/prepared.ts';
import { requirePassMemory } from '../train/memory.ts';
import { breathe } from '../breathe.ts';
import { networkOn } from '../network/open.ts';
import { collectActivations } from './collect.ts';
import { represent, type Representation } from './representation.ts';
import type { FoundState } from './states.ts';

/** A network and the cuts at which it is looked at. */
export interface Looked {
  state: FoundState;
  cuts: readonly string[];
}

export interface RepresentOptions extends Pick<SimilarityInput, 'spatial' | 'share' | 'seed'> {
  signal: AbortSignal;
  progress(event: { doing: 'reading' | 'activations' | 'comparing'; done: number; total: number }): void;
}

/** Bytes of activations and their decompositions that are held at once. */
const MOST_BYTES = 4e9;

/**
 * Representations of several networks over the same images, each network in one pass.
 * @returns for each network its representations by cut
 * @throws CutpointError OUT_OF_MEMORY, or INPUT_INVALID where memory for the activations would not do, or activations are not finite
 */
export async function representStates(
  workspace: Workspace,
  networks: readonly Looked[],
  { dataset, indices, scale }: { dataset: Dataset; indices: readonly number[]; scale: AppliedScale },
  options: RepresentOptions,
): Promise<Map<string, Representation>[]> {
  requireRoom(networks, indices.length, options.spatial);
  for (const { state, cuts } of networks) await requirePassMemory(state.architecture, { ...state.plan, taps: cuts });
  const { signal, progress } = options;
  const total = networks.length * indices.length;
  const results: Map<string, Representation>[] = [];
  for (const [which, { state, cuts }] of networks.entries()) {
    const { plan, architecture } = state;
    const { cache } = await prepareImages(workspace, dataset, {
      plan,
      scale,
      classes: dataset.classes,
      signal,
      onProgress: (done, all) => progress({ doing: 'reading', done, total: all }),
    });
    try {
      const weights = await state.weights();
      const activations = await withEngine(plan.engine, async (engine) => {
        const network = networkOn(engine, architecture, { weights });
        try {
          const images = { cache, indices, preprocessing: architecture.preprocessing };
          return await collectActivations(network, images, {
            ...options,
            cuts,
            batch: plan.batch,
            onProgress: (done) => progress({ doing: 'activations', done: which * indices.length + done, total }),
          });
        } finally {
          network.variables.dispose();
        }
      });
      const representations = new Map<string, Representation>();
      for (const cut of cuts) {
        await breathe();
        signal.throwIfAborted();
        representations.set(cut, represent(activations.get(cut)!, options.share));
        activations.delete(cut);
      }
      results.push(representations);
    } finally {
      cache.close();
    }
  }
  return results;
}

/** Patient of each observation, as {@link representStates} orders them. */
export function observationGroups(
  { dataset, indices }: { dataset: Dataset; indices: readonly number[] },
  spatial: Spatial,
): string[] {
  const positions = spatial.kind === 'sample' ? spatial.positions : 1;
  return indices.flatMap((index) => new Array<string>(positions).fill(dataset.images[index]!.group));
}

/**
 * Refuses what memory would not hold, before anything is computed.
 * @throws CutpointError INPUT_INVALID, saying how many images it would
 */
export function requireRoom(
  networks: readonly { state: Pick<FoundState, 'architecture'>; cuts: readonly string[] }[],
  images: number,
  spatial: Spatial,
): void {
  const positions = spatial.kind === 'sample' ? spatial.positions : 1;
  const channels = networks.reduce((sum, { state, cuts }) => {
    const counted = countNodes(state.architecture.graph, state.architecture.input);
    return sum + counted.reduce((all, { node, shape }) => all + (cuts.includes(node.name) ? shape.at(-1)! : 0), 0);
  }, 0);
  const most = Math.floor(MOST_BYTES / (2 * Float64Array.BYTES_PER_ELEMENT * channels * positions));
  if (images <= most) return;
  throw new CutpointError(
    'INPUT_INVALID',
    `The activations of ${images} images at ${positions} position${positions === 1 ? '' : 's'} and all these cuts do not fit into memory.`,
    { remedy: `Take at most ${most} images, fewer positions, or fewer cuts.`, details: { most } },
  );
}
