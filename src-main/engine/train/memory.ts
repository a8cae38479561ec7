import type { Parameter } from '../../backbone/graph.ts';
import { graphParameters, sizeOf } from '../../backbone/parameters.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { MemoryEstimate } from '../../contract/run.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { nodesBehind } from '../execute/run.ts';
import { inferenceValues, trainingValues } from '../execute/stepMemory.ts';
import { machineMemory, type MachineMemory } from '../host/machineMemory.ts';
import type { Engine, EngineName } from '../tensor/engine.ts';
import { engineFor } from '../tensor/engines.ts';
import { GROUP } from './frozen.ts';
import { architectureOf, type Architecture } from '../../backbone/architecture.ts';

/** Memory of the engine process while it trains, in bytes. */
export interface Need {
  /** Whatever the batch: program, weights, gradients, optimiser, and what goes through frozen layers. */
  fixed: number;
  perImage: number;
  /** The frozen layers' own group of images, which goes through them instead of a batch. */
  frozen: number;
}

/**
 * Bytes of the process before a network is there; per value of a parameter and of an activation. More than four bytes a
 * value: kernels copy into layouts of their own, and memory that was freed is not all given back. Fitted by
 * `npm run bench:memory`, which shows how near they come.
 */
const FITTED: Record<EngineName, { base: number; parameter: number; trained: number; value: number }> = {
  tensorflow: { base: 660e6, parameter: 10, trained: 5, value: 4.9 },
  wasm: { base: 680e6, parameter: 10, trained: 20, value: 13 },
};

const valuesOf = (parameters: readonly Parameter[]): number =>
  parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

export function memoryNeed(
  { graph, input, frozen }: Pick<Architecture, 'graph' | 'input' | 'frozen'>,
  { optimiser }: Pick<TrainingPlan, 'optimiser'>,
  { name, ops }: Pick<Engine, 'name' | 'ops'>,
): Need {
  const { base, parameter, trained, value } = FITTED[name];
  const slots = optimiser.kind === 'adam' ? 2 : 1;
  const all = graphParameters(graph, input);
  const behind = new Set(nodesBehind(graph.nodes, frozen).map((node) => node.name));
  return {
    // A trained value has a gradient and the optimiser's state.
    fixed:
      base + parameter * valuesOf(all) + trained * (1 + slots) * valuesOf(all.filter(({ node }) => behind.has(node))),
    perImage: value * trainingValues(graph, input, { from: frozen, ops }),
    frozen: frozen === null ? 0 : value * GROUP * inferenceValues(graph, input, { to: frozen }),
  };
}

export const bytesFor = ({ fixed, perImage, frozen }: Need, batch: number): number =>
  Math.round(fixed + Math.max(batch * perImage, frozen));

/** The largest batch, at most 1024, for which there is room; null where there is none even for one image. */
export function fittingBatch(need: Need, room: number): number | null {
  if (bytesFor(need, 1) > room) return null;
  return Math.min(1024, Math.max(1, Math.floor((room - need.fixed) / need.perImage)));
}

/**
 * What training by a plan will take, beside what there is; null on a GPU, of whose memory nothing is known.
 * @throws CutpointError as `architectureOf` does
 */
export async function estimateMemory(plan: TrainingPlan, machine = machineMemory()): Promise<MemoryEstimate | null> {
  const engine = await engineFor(plan.engine);
  if (!engine.onProcessor) return null;
  // What classes there are matters little: two stand for them.
  const need = memoryNeed(architectureOf(plan, ['0', '1'], 'softmax'), plan, engine);
  const bytes = bytesFor(need, plan.batch);
  const batch = fittingBatch(need, machine.room);
  return { ...machine, bytes, fits: bytes <= machine.room, batch, automatic: automaticBatch(batch) };
}

/** Larger batches, though there were room, train no better (Masters and Luschi 2018, arXiv:1804.07612). */
const LARGEST_AUTOMATIC = 32;

const automaticBatch = (fitting: number | null): number | null =>
  fitting === null ? null : 2 ** Math.floor(Math.log2(Math.min(fitting, LARGEST_AUTOMATIC)));

/**
 * Refuses training that the system would end for lack of memory.
 * @throws CutpointError OUT_OF_MEMORY, with the batch that fits in `details.batch`
 */
export async function requireMemory(plan: TrainingPlan, machine: MachineMemory = machineMemory()): Promise<void> {
  const estimate = await estimateMemory(plan, machine);
  if (estimate && !estimate.fits) throw outOfMemory(`Training with batches of ${plan.batch}`, estimate);
}

/**
 * Refuses to send images through a network, without training it, where the system would end that for lack of memory.
 * @param taps nodes whose outputs are held until the end of the pass
 * @throws CutpointError OUT_OF_MEMORY, with the batch that fits in `details.batch`
 */
export async function requirePassMemory(
  { graph, input }: Pick<Architecture, 'graph' | 'input'>,
  { engine, batch, taps = [] }: Pick<TrainingPlan, 'engine' | 'batch'> & { taps?: readonly string[] },
  machine: MachineMemory = machineMemory(),
): Promise<void> {
  const { name, onProcessor } = await engineFor(engine);
  if (!onProcessor) return;
  const { base, parameter, value } = FITTED[name];
  const shapes = inferShapes(graph, input);
  const held = taps.reduce((sum, node) => sum + sizeOf(shapes.get(node)!), 0);
  const perImage = value * (inferenceValues(graph, input) + held);
  const need = { fixed: base + parameter * valuesOf(graphParameters(graph, input)), perImage, frozen: 0 };
  const bytes = bytesFor(need, batch);
  if (bytes <= machine.room) return;
  throw outOfMemory(`A pass with ${batch} images`, { ...machine, bytes, batch: fittingBatch(need, machine.room) });
}

function outOfMemory(
  what: string,
  { bytes, room, total, limit, batch: fitting }: Omit<MemoryEstimate, 'fits' | 'automatic'>,
): CutpointError {
  const limited = limit !== null && room === limit;
  const there = limited
    ? `Cutpoint may take ${gigabytes(limit)} of this machine's ${gigabytes(total)}`
    : `${gigabytes(room)} of this machine's ${gigabytes(total)} is available`;
  const more = limited ? 'allow more in the settings' : 'close other programs';
  return new CutpointError('OUT_OF_MEMORY', `${what} needs about ${gigabytes(bytes)} of memory, and ${there}.`, {
    remedy:
      fitting === null
        ? `Not even one image fits: choose a smaller input size, a cut nearer to the input or a smaller network, or ${more}.`
        : `A batch of ${fitting} fits; so may a smaller input size or a cut nearer to the input.${limited ? ' More can be allowed in the settings.' : ''}`,
    details: { bytes, room, total, batch: fitting },
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
