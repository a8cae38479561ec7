import { strategies, type ComparedName, type Strategy, type StrategyRow } from '../backbone/strategy/index.ts';
import type { TrainingPlan } from './plan.ts';

/** A strategy as people compare them: a name, what it does to the network, and the settings of the plan that it stands for. */
export interface StrategyEntry {
  title: string;
  /** As in Peng et al. 2023, table 1, where it is there. */
  abbreviation: string;
  summary: string;
  /** Whether it takes a cut. */
  cut: 'needed' | 'optional' | 'none';
  plan: Pick<TrainingPlan, 'strategy' | 'initialisation' | 'classifier'>;
}

export type StrategyName = ComparedName;

/** In the order in which they are compared and shown: each strategy as such, then what else is made of them. */
export const STRATEGIES = Object.fromEntries(
  (Object.entries(strategies) as [Strategy, StrategyRow][])
    .flatMap(([strategy, row]) =>
      Object.entries(row.compared).map(([name, compared], place) => {
        const { initialisation = 'pretrained', classifier = 'softmax', ...own } = compared;
        const { title, abbreviation, summary, cut: role } = row;
        const cut = role === null ? 'none' : role.needed ? 'needed' : 'optional';
        const plan = { strategy, initialisation, classifier };
        return { name, further: place > 0, entry: { title, abbreviation, summary, ...own, cut, plan } };
      }),
    )
    .toSorted((a, b) => Number(a.further) - Number(b.further))
    .map(({ name, entry }) => [name, entry]),
) as { readonly [K in StrategyName]: StrategyEntry };

export const STRATEGY_NAMES = Object.keys(STRATEGIES) as [StrategyName, ...StrategyName[]];

/** The names of those whose plans have something. */
export const namesWith = (has: (plan: StrategyEntry['plan']) => boolean): StrategyName[] =>
  STRATEGY_NAMES.filter((name) => has(STRATEGIES[name].plan));

type TransferPlan = Pick<TrainingPlan, 'strategy' | 'initialisation' | 'classifier' | 'source'> & {
  cut?: string | undefined;
};

/** What a plan makes of its backbone, in a few words: `cut after layer3.5`, `the whole network, SVM`. */
export function describeTransfer({ strategy, cut, initialisation, classifier, source }: TransferPlan): string {
  return [
    (cut !== undefined && strategies[strategy].cut?.at(cut)) || 'the whole network',
    ...(source !== null && initialisation !== 'pretrained' ? [`${INITIALISATIONS[initialisation]} weights`] : []),
    ...(classifier === 'svm' ? ['SVM'] : []),
  ].join(', ');
}

const INITIALISATIONS = { 'mean-var': 'Mean-Var', random: 'random' } as const;

type CutPlan = Pick<TrainingPlan, 'strategy'> & { cut?: string | undefined };

/** The node behind which a plan removes the rest of its backbone; null where it keeps the whole. */
export const truncatedAt = ({ strategy, cut }: CutPlan): string | null =>
  strategies[strategy].cut?.after === 'removed' ? (cut ?? null) : null;

/** Whether a plan trains layers behind frozen ones, whose output of each image is computed once and kept. */
export const trainsBehindFrozen = ({ strategy }: Pick<TrainingPlan, 'strategy'>): boolean =>
  strategies[strategy].cut?.after === 'kept' && strategies[strategy].fineTunes;

/** Whether a plan leaves less of its backbone than there was. */
export function isReduced({ strategy, cut }: CutPlan): boolean {
  const role = strategies[strategy].cut;
  return cut !== undefined && role !== null && role.after !== 'kept';
}

/** `Truncated at block_3_add`. */
export function titleOf({ strategy, cut }: { strategy: StrategyName; cut: string | null }): string {
  return `${STRATEGIES[strategy].title}${cut === null ? '' : ` at ${cut}`}`;
}
