import type { TournamentPlan } from '../../contract/comparison/tournament.ts';
import { trainingPlan } from '../../contract/plan.ts';
import { weightNames, type SourceStudyPlan, type StudyTarget } from '../../contract/sourceStudy.ts';
import type { SourceSummary } from '../../contract/source.ts';
import type { StrategyName } from '../../contract/strategies.ts';

/** What is fine-tuned as a whole, and what the same network is without transfer. */
export const TRANSFER = 'full' as const satisfies StrategyName;
export const BASELINE = 'scratch' as const satisfies StrategyName;

/** The weights that each source of a study has for a network; those that have none are left out. */
export function weightsFor(
  { sources }: Pick<SourceStudyPlan, 'sources'>,
  backbone: string,
  stored: readonly Pick<SourceSummary, 'name' | 'backbone'>[],
): { source: string; weights: string }[] {
  const fitting = new Set(stored.flatMap((each) => (each.backbone === backbone ? [each.name] : [])));
  return sources.flatMap(({ name }) => {
    const weights = weightNames(name, backbone).find((each) => fitting.has(each));
    return weights === undefined ? [] : [{ source: name, weights }];
  });
}

/** What the weights of a source are called that are trained for a network. */
export const weightsName = (plan: Pick<SourceStudyPlan, 'backbones'>, source: string, backbone: string): string =>
  weightNames(source, backbone)[plan.backbones.length === 1 ? 0 : 1];

/** What a study calls the source of these weights. */
export const sourceOf = (
  { sources }: Pick<SourceStudyPlan, 'sources'>,
  backbone: string,
  weights: string,
): string | undefined =>
  sources.find(({ name }) => name === weights)?.name ??
  sources.find(({ name }) => weightNames(name, backbone)[1] === weights)?.name;

/**
 * The tournament of a target with a network: each source, fine-tuned as a whole and truncated at each cut, beside the network
 * without transfer.
 * @param of.weights names of sources in the workspace; without any, as before they are trained, it can be checked, not run
 * @param of.baseline false where another tournament of the study has trained the network without transfer
 */
export function memberPlan(
  plan: SourceStudyPlan,
  of: { target: StudyTarget; backbone: string; weights: readonly string[]; baseline: boolean },
): TournamentPlan {
  const { data, positive, accept } = of.target;
  // Half of a fold, or a tenth of all patients.
  const validation = plan.tested === 'half' ? 1 / (2 * plan.folds) : 0.1;
  const truncated = plan.cuts.length > 0 ? (['truncated'] as const) : [];
  return {
    kind: 'tournament',
    base: {
      ...trainingPlan.parse({ data, backbone: of.backbone }),
      ...plan.settings,
      ...{ data, accept, split: { validation, test: validation } },
      ...(positive !== undefined && { positive }),
    },
    strategies: [...(of.weights.length > 0 ? [TRANSFER] : []), ...truncated, ...(of.baseline ? [BASELINE] : [])],
    cuts: plan.cuts,
    sources: [...of.weights],
    seeds: plan.seeds,
    folds: { kind: 'groups', k: plan.folds, ...(plan.tested === 'half' && { halved: true }) },
    reference: of.weights.length > 0 ? TRANSFER : BASELINE,
    margin: 0.02,
    confidence: plan.confidence,
  };
}
