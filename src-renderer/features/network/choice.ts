import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { CutPoint } from '../../../src-main/contract/backbone.ts';
import type { TrainingPlan } from '../../../src-main/contract/plan.ts';
import type { SourceSummary } from '../../../src-main/contract/source.ts';
import { cutsOf, suggestedIndex } from '../../logic/network.ts';

/** A backbone with what can only be chosen for it. */
export interface NetworkChoice {
  backbone: string;
  /** Place of the last unit that is kept, among the cuts of the backbone. */
  cutIndex: number;
  /** Name of its weights; null: random ones. */
  source: string | null;
}

type Sources = readonly Pick<SourceSummary, 'name' | 'backbone'>[];

/** Neither names nor order of the cuts depend on the size of the images. */
const ownCuts = (backbone: string): CutPoint[] => cutsOf(backbone, findBackbone(backbone).input);

/**
 * A backbone with the cut and the weights to begin with.
 * @throws CutpointError BACKBONE_UNKNOWN
 */
export function withBackbone(backbone: string, sources: Sources): NetworkChoice {
  return {
    backbone,
    cutIndex: suggestedIndex(ownCuts(backbone)),
    source: sources.find((each) => each.backbone === backbone)?.name ?? null,
  };
}

/**
 * The network of an earlier run, whole where it has no cut; its weights where the workspace still has them.
 * @throws CutpointError BACKBONE_UNKNOWN
 */
export function asPlanned({ backbone, cut, source }: TrainingPlan, sources: Sources): NetworkChoice {
  const cuts = ownCuts(backbone);
  const at = cuts.findIndex(({ name }) => name === cut);
  const there = sources.some((each) => each.backbone === backbone && each.name === source);
  return { backbone, cutIndex: at < 0 ? cuts.length - 1 : at, source: there ? source : null };
}
