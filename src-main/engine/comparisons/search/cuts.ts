import { withChannels } from '../../../backbone/channels.ts';
import { cutPoints } from '../../../backbone/cuts.ts';
import type { Graph } from '../../../backbone/graph.ts';
import type { ImageSize } from '../../../backbone/shapes.ts';
import { transfusionCuts } from '../../../backbone/transfusion.ts';
import { findBackbone } from '../../../backbone/zoo/index.ts';
import type { CutPoint } from '../../../contract/backbone.ts';
import { CutpointError } from '../../../contract/errors.ts';
import type { SearchPlan } from '../../../contract/comparison/search.ts';

export interface Candidates {
  /** The cuts that the strategy can take, from shallow to deep. */
  points: CutPoint[];
  /** Names of the other cuts of the backbone. */
  unsupported: string[];
}

/** The whole backbone of a plan, and the size of its images. @throws CutpointError BACKBONE_UNKNOWN */
export function backboneOf({ backbone, channels, input }: SearchPlan['base']): { graph: Graph; image: ImageSize } {
  return {
    graph: withChannels(findBackbone(backbone).build(), channels),
    image: { height: input, width: input },
  };
}

/**
 * The cuts among which a search chooses.
 * @throws CutpointError BACKBONE_UNKNOWN, INPUT_TOO_SMALL; STRATEGY_UNSUPPORTED where the strategy can take no cut at all
 */
export function candidatesOf({ base, strategy }: Pick<SearchPlan, 'base' | 'strategy'>): Candidates {
  const { graph, image } = backboneOf(base);
  const all = cutPoints(graph, image);
  if (strategy !== 'transfusion') return { points: all, unsupported: [] };

  const backbone = findBackbone(base.backbone);
  const supported = new Set(transfusionCuts(graph, { height: backbone.input, width: backbone.input }));
  const points = all.filter(({ name }) => supported.has(name));
  if (points.length === 0) {
    throw new CutpointError(
      'STRATEGY_UNSUPPORTED',
      `${base.backbone} can be slimmed down behind none of its cuts, so TransFusion has none to choose from.`,
      {
        remedy: 'Search the cut of the truncated or the layer-wise strategy.',
        details: { valid: ['truncated', 'layerwise'] },
      },
    );
  }
  return { points, unsupported: all.filter(({ name }) => !supported.has(name)).map(({ name }) => name) };
}

/** The cuts that end a block; where the strategy can take none of these, all that it can take. */
export function blockCuts(points: readonly CutPoint[]): CutPoint[] {
  const ends = points.filter(({ endsBlock }) => endsBlock);
  return ends.length > 0 ? ends : [...points];
}

/**
 * The layer cuts next to a block cut: all cuts between it and the block cuts on both sides, these left out ("the
 * neighboring layers of the cutoff from Stage 1", Peng et al. 2023, section 3.2, which does not say how many).
 */
export function layerCutsAround(points: readonly CutPoint[], cut: string): CutPoint[] {
  const blocks = new Set(blockCuts(points).map(({ name }) => name));
  const isBlock = ({ name }: CutPoint): boolean => blocks.has(name);
  const at = points.findIndex(({ name }) => name === cut);
  const before = points.slice(0, at).findLastIndex(isBlock);
  const behind = points.findIndex((point, index) => index > at && isBlock(point));
  return points.slice(before + 1, behind < 0 ? points.length : behind).filter(({ name }) => name !== cut);
}
