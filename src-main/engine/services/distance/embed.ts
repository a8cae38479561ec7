import { createHash } from 'node:crypto';
import type { CallContext, OutputOf, ParsedInputOf } from '../../../contract/index.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { architectureOf } from '../../../backbone/architecture.ts';
import { requireOneClass } from '../../cohort/oneClass.ts';
import { prepareImages } from '../../cohort/prepared.ts';
import { filtersOf } from '../../datasetSimilarity/filters.ts';
import { embedTask } from '../../datasetSimilarity/embed.ts';
import type { DatasetImage } from '../../data/types.ts';
import { networkOn } from '../../network/open.ts';
import { findState } from '../../similarity/states.ts';
import type { Workspace } from '../../store/workspace.ts';
import { withEngine } from '../../tensor/engines.ts';
import { requirePassMemory } from '../../train/memory.ts';
import { initialWeights } from '../../transfer/initialWeights.ts';
import { comparedImages, nameOfData, type ComparedImages } from './images.ts';

type Input = ParsedInputOf<'distance.embed'>;

/** Task2Vec of a data set, see `embedTask`. */
export async function embedData(
  workspace: Workspace,
  input: Input,
  { signal, progress }: CallContext<'distance.embed'>,
): Promise<OutputOf<'distance.embed'>> {
  const begun = performance.now();
  const { network: asked, mode, batch, draws, seed, data } = input;
  if (data.labels?.multi) requireOneClass({ task: 'multi-label' }, 'task2vec');
  const { plan } = findState(workspace, asked, input);
  const reading = {
    signal,
    onProgress: (done: number, total: number): void => progress({ doing: 'reading', done, total }),
  };
  const found = await comparedImages(workspace, input, reading);
  const { dataset, classes, indices } = found;
  const size = subsetSize(input, found);
  const architecture = architectureOf(plan, classes);
  await requirePassMemory(architecture, { ...plan, batch: mode === 'batch' ? batch : 16, engine: input.engine });
  const prepared = await prepareImages(workspace, dataset, {
    ...{ plan, classes, scale: found.scale, only: indices },
    ...reading,
  });
  try {
    const weights = await initialWeights(plan, architecture, workspace);
    const labels = indices.map((index) => prepared.labels[index]!);
    const { embeddings, fitted } = await withEngine(input.engine, async (engine) => {
      const network = networkOn(engine, architecture, { weights });
      try {
        return await embedTask(
          { engine, network },
          architecture,
          { cache: prepared.cache, indices, labels, classes: classes.length },
          { mode, batch, draws, seed, subsets: size === null ? null : { count: input.subsets!.count, size } },
          { signal, onProgress: progress },
        );
      } finally {
        network.variables.dispose();
      }
    });
    requireInformation(embeddings, nameOfData(data));
    const settings = settingsOf(input);
    return {
      settings,
      fingerprint: fingerprintOf(settings, workspace),
      name: nameOfData(data),
      classes: classes.map((name, at) => ({ name, images: labels.filter((label) => label === at).length })),
      images: indices.length,
      leftOut: dataset.images.length - indices.length,
      subsetSize: size,
      filters: filtersOf(architecture.graph, architecture.input).count,
      embeddings: embeddings.map(asBytes),
      fitted,
      digests: digestsOf(dataset.images),
      seconds: (performance.now() - begun) / 1000,
      warnings: dataset.report.warnings,
    };
  } finally {
    prepared.cache.close();
  }
}

/**
 * Images of a subset; null where all are embedded at once.
 * @throws CutpointError INPUT_INVALID where that is fewer than there are classes
 */
function subsetSize({ subsets }: Input, { indices, classes }: ComparedImages): number | null {
  if (!subsets) return null;
  const size = Math.round(subsets.share * indices.length);
  if (size >= classes.length) return size;
  const least = Math.ceil((1000 * (classes.length - 0.5)) / indices.length) / 10;
  throw new CutpointError(
    'INPUT_INVALID',
    `A subset of ${100 * subsets.share} % of ${indices.length} images has ${size}, fewer than the ${classes.length} classes.`,
    {
      remedy: `Take a share of ${least} % or more, or all images at once.`,
      details: { least: least / 100 },
    },
  );
}

/** @throws CutpointError INPUT_INVALID where an embedding is 0 all over: it has no direction */
function requireInformation(embeddings: readonly Float32Array[], name: string): void {
  if (embeddings.every((each) => each.some((value) => value > 0))) return;
  throw new CutpointError(
    'INPUT_INVALID',
    `The network is so sure of every image of '${name}' that no Fisher information is left to compare it by.`,
    { remedy: 'Choose another network or input size, or larger subsets.' },
  );
}

const settingsOf = ({ network, input, fit, channels, mode, batch, draws, subsets }: Input) => ({
  ...{ network, input, fit, channels, mode, batch, draws },
  ...(subsets && { subsets }),
});

/** Weights are known by the digest of their file; the size of a batch says nothing where there is none. */
function fingerprintOf(settings: ReturnType<typeof settingsOf>, { store }: Workspace): string {
  const { network, mode, batch, ...others } = settings;
  const { backbone, source, initialisation, seed } = network;
  const weights = source === null ? ['random', seed] : [store.sources.get(source).sha256, initialisation, seed];
  const known = { backbone, weights, ...others, mode, ...(mode === 'batch' && { batch }) };
  return createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 32);
}

/** So much of a digest tells files apart: two of a million are alike by chance once in 37 million data sets. */
const DIGITS = 16;
const digestsOf = (images: readonly DatasetImage[]): string[] =>
  [...new Set(images.map(({ sha256 }) => sha256.slice(0, DIGITS)))].sort();

function asBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => view.setFloat32(4 * at, value, true));
  return bytes;
}
