import type { TournamentPlan } from '../../contract/comparison/tournament.ts';
import type { SourceStudyPlan, StudyChecks, StudyTarget } from '../../contract/sourceStudy.ts';
import type { SourceSummary } from '../../contract/source.ts';
import type { Reader } from '../store/store.ts';
import { BASELINE, memberPlan, weightsFor } from './members.ts';

/** A tournament that a study lacks. */
export interface Wanted {
  target: StudyTarget;
  plan: TournamentPlan;
}

interface Study {
  plan: SourceStudyPlan;
  checks: Pick<StudyChecks, 'leftOut'>;
  members: readonly { target: string; comparison: string }[];
}

/**
 * The tournaments that a study lacks: all of them at first; later those that were removed, and of sources that have weights
 * since.
 */
export function wantedOf(study: Study, store: Pick<Reader, 'comparisons' | 'sources'>): Wanted[] {
  const stored = store.sources.list();
  const known = study.members.map(({ target, comparison }) => ({
    target,
    plan: store.comparisons.get(comparison).plan,
  }));
  return study.plan.targets.flatMap((target) =>
    study.plan.backbones.flatMap((backbone) => {
      const plans = known.flatMap((each) =>
        each.target === target.name && each.plan.base.backbone === backbone && each.plan.kind === 'tournament'
          ? [each.plan]
          : [],
      );
      const weights = fittingOf(study, { target: target.name, backbone, stored }).filter(
        (name) => !plans.some(({ sources }) => sources.includes(name)),
      );
      const baseline = !plans.some(({ strategies }) => strategies.includes(BASELINE));
      // Without transfer alone there is nothing to compare, and it is trained with the first source that there is.
      return weights.length === 0
        ? []
        : [{ target, plan: memberPlan(study.plan, { target, backbone, weights, baseline }) }];
    }),
  );
}

/** Weights that a target is fine-tuned from with a network. */
function fittingOf(
  { plan, checks }: Pick<Study, 'plan' | 'checks'>,
  { target, backbone, stored }: { target: string; backbone: string; stored: readonly SourceSummary[] },
): string[] {
  const isLeftOut = (source: string): boolean =>
    checks.leftOut.some(
      (each) =>
        each.source === source &&
        // Of a network without weights it shows again below, and there may be some since.
        each.target === target &&
        (each.backbone ?? backbone) === backbone,
    );
  return weightsFor(plan, backbone, stored).flatMap(({ source, weights }) => (isLeftOut(source) ? [] : [weights]));
}
