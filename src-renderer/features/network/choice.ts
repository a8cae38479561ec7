import { z } from 'zod';
import { STRATEGIES, STRATEGY_NAMES, type StrategyName } from '../../../src-main/contract/strategies.ts';
import { FIRST_STRATEGY, strategies } from '../../../src-main/backbone/strategy/index.ts';
import { denseCuts } from '../../../src-main/backbone/dense.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { CutPoint } from '../../../src-main/contract/backbone.ts';
import { trainingPlan, type TrainingPlan } from '../../../src-main/contract/plan.ts';
import type { SourceSummary } from '../../../src-main/contract/source.ts';
import { cutsOf, lastMap, suggestedIndex, transferAt } from '../../logic/network.ts';

/** A backbone with what can only be chosen for it. */
export interface NetworkChoice {
  backbone: string;
  /** Place of the last unit that is kept, among the cuts of the backbone. */
  cutIndex: number;
  /** Name of its weights; null: random ones. */
  source: string | null;
}

/** What is made of a backbone, beside where it is cut. */
export type Transfer = Pick<TrainingPlan, 'strategy' | 'initialisation' | 'classifier'>;

export const FIRST_TRANSFER: Transfer = STRATEGIES[FIRST_STRATEGY].plan;

const { strategy, initialisation, classifier, pooling, channels } = trainingPlan.shape;

/** What is kept of the room with the study. The cut is kept by its name. */
export const networkDraft = z.object({
  backbone: z.string(),
  cut: z.string(),
  source: z.string().nullable(),
  strategy: strategy.unwrap(),
  initialisation: initialisation.unwrap(),
  classifier: classifier.unwrap(),
  pooling: pooling.unwrap(),
  channels: channels.unwrap(),
});
export type NetworkDraft = z.infer<typeof networkDraft>;

type Sources = readonly Pick<SourceSummary, 'name' | 'backbone'>[];

/** Neither names nor order of the cuts depend on the size of the images; those in dense layers come last, where there are any. */
function ownCuts(name: string): CutPoint[] {
  const backbone = findBackbone(name);
  return cutsOf(name, backbone.input, denseCuts(backbone));
}

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
export function asPlanned(
  { backbone, cut, source }: Pick<TrainingPlan, 'backbone' | 'source'> & { cut?: string | undefined },
  sources: Sources,
): NetworkChoice {
  const cuts = ownCuts(backbone);
  const at = cuts.findIndex(({ name }) => name === cut);
  const there = sources.some((each) => each.backbone === backbone && each.name === source);
  return { backbone, cutIndex: at < 0 ? lastMap(cuts) : at, source: there ? source : null };
}

/** The name by which a transfer is compared; null for a combination that has none. */
export const nameOf = (transfer: Transfer): StrategyName | null =>
  STRATEGY_NAMES.find((name) => {
    const { plan } = STRATEGIES[name];
    return (Object.keys(plan) as (keyof Transfer)[]).every((key) => plan[key] === transfer[key]);
  }) ?? null;

/** What a plan says of a transfer: a strategy that takes no cut has none, and a network that is cut at its last map is whole. */
export function transferPlan(
  transfer: Transfer,
  { cut, whole }: { cut: string | undefined; whole: boolean },
): Transfer & { cut?: string } {
  const role = strategies[transfer.strategy].cut;
  if (role === null || cut === undefined) return transfer;
  if (whole && transfer.strategy === FIRST_STRATEGY) return { ...transfer, ...transferAt(undefined) };
  return whole && !role.needed ? transfer : { ...transfer, cut };
}
