import { suggestedCut } from '../../src-main/backbone/suggest.ts';
import type { CutPoint } from '../../src-main/contract/backbone.ts';
import type { TaskName } from '../../src-main/contract/task/index.ts';
import { networkSize, wholePlan } from '../../src-main/backbone/architecture.ts';
import { cutPoints } from '../../src-main/backbone/cuts.ts';
import { graphAt } from '../../src-main/backbone/dense.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';

/** What one unit (between two neighbouring cuts) adds to the network. */
export interface UnitBar {
  cut: CutPoint;
  index: number;
  /** Parameters and multiply-accumulates of this unit alone. */
  parameters: number;
  macs: number;
  /**
   * Of the unit with the most parameters, and of that with the most MACs: [0, 1], heights of the layer map. Dense layers can
   * have twenty times as many parameters as all before them: the scale is that of the others, and they end at its top.
   */
  parameterShare: number;
  macShare: number;
}

export interface BlockSpan {
  name: string;
  first: number;
  last: number;
}

/**
 * The backbone's cuts for square images of `input` pixels, in order.
 * @param dense those in dense layers that there are weights for; they follow where the images fit them
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function cutsOf(backbone: string, input: number, dense: readonly string[] = []): CutPoint[] {
  const image = { height: input, width: input };
  return cutPoints(graphAt(findBackbone(backbone), image, dense), image);
}

/** The place of the last map: a network that is cut there is whole, as far as it takes no dense layers. */
export const lastMap = (cuts: readonly CutPoint[]): number => cuts.findLastIndex(({ stride }) => stride !== null);

export function unitBars(cuts: readonly CutPoint[]): UnitBar[] {
  const units = cuts.map((cut, index) => ({
    cut,
    index,
    parameters: cut.parameters - (cuts[index - 1]?.parameters ?? 0),
    macs: cut.macs - (cuts[index - 1]?.macs ?? 0),
  }));
  const maps = units.slice(0, lastMap(cuts) + 1);
  const mostParameters = Math.max(1, ...maps.map((unit) => unit.parameters));
  const mostMacs = Math.max(1, ...units.map((unit) => unit.macs));
  return units.map((unit) => ({
    ...unit,
    parameterShare: Math.min(1, unit.parameters / mostParameters),
    macShare: unit.macs / mostMacs,
  }));
}

/** Neighbouring cuts of one block. */
export function blockSpans(cuts: readonly CutPoint[]): BlockSpan[] {
  const spans: BlockSpan[] = [];
  cuts.forEach(({ block }, index) => {
    const last = spans.at(-1);
    if (last?.name === block) last.last = index;
    else spans.push({ name: block, first: index, last: index });
  });
  return spans;
}

/** The next cut that ends a block in the direction given, or the first or last cut where there is none. */
export function nextBlockEnd(cuts: readonly CutPoint[], from: number, direction: 1 | -1): number {
  for (let index = from + direction; index >= 0 && index < cuts.length; index += direction) {
    if (cuts[index]?.endsBlock) return index;
  }
  return direction === 1 ? cuts.length - 1 : 0;
}

/** What the window makes of a backbone: it ends at the cut; without one it is taken as a whole. */
export const transferAt = (cut: string | undefined) =>
  cut === undefined ? ({ strategy: 'full' } as const) : ({ strategy: 'truncated', cut } as const);

export type ModelSize = ReturnType<typeof networkSize>;

interface SizeOptions {
  task?: TaskName;
  classes: number;
  pooling: 'average' | 'flatten';
  input: number;
  channels?: 1 | 3;
}

/** Size of the network with its head. `cut` undefined: the whole backbone. MACs are for one image. */
export function modelSize(backbone: string, cut: string | undefined, options: SizeOptions): ModelSize {
  const { plan, classes } = sizedPlan(backbone, cut, options);
  return networkSize(plan, classes);
}

/** Size of the network that one which is cut there is compared with: whole, and with all dense layers where it has some. */
export function wholeSize(backbone: string, cut: string | undefined, options: SizeOptions): ModelSize {
  const { plan, classes } = sizedPlan(backbone, cut, options);
  return networkSize(wholePlan(plan), classes);
}

function sizedPlan(backbone: string, cut: string | undefined, options: SizeOptions) {
  const { task = 'classification', pooling, input, channels = 3 } = options;
  // Names of classes and dropout change no count.
  const classes = Array.from({ length: options.classes }, (_, index) => String(index));
  const head = { task, pooling, dropout: 0, classifier: 'softmax', preprocessing: undefined } as const;
  return { plan: { backbone, ...transferAt(cut), channels, input, ...head }, classes };
}

/** The place among the cuts of the one to begin with. */
export function suggestedIndex(cuts: readonly CutPoint[]): number {
  const suggested = suggestedCut(cuts.slice(0, lastMap(cuts) + 1));
  return suggested ? cuts.indexOf(suggested) : 0;
}

export const backboneTitle = (name: string): string => {
  try {
    return findBackbone(name).title;
  } catch {
    return name;
  }
};
