import type { EpochRecord } from './run.ts';
import type { Strategy, TrainingPlan, TrainingPlanInput } from './plan.ts';

/** A strategy as people compare them: a name, what it does to the network, and the settings of the plan that it stands for. */
export interface StrategyEntry {
  title: string;
  /** As in Peng et al. 2023, table 1, where it is there. */
  abbreviation: string;
  summary: string;
  /** Whether it takes a cut, and what the cut means. */
  cut: 'needed' | 'optional' | 'none';
  plan: Pick<TrainingPlanInput, 'strategy' | 'initialisation' | 'classifier'>;
}

/** In the order in which they are compared and shown. */
export const STRATEGIES = {
  full: {
    title: 'Full fine-tuning',
    abbreviation: 'FTL',
    summary: 'The whole pretrained network is fine-tuned.',
    cut: 'none',
    plan: { strategy: 'full' },
  },
  truncated: {
    title: 'Truncated',
    abbreviation: 'TTL',
    summary: 'Layers after the cut are removed; the rest is fine-tuned.',
    cut: 'needed',
    plan: { strategy: 'truncated' },
  },
  layerwise: {
    title: 'Layer-wise fine-tuning',
    abbreviation: 'LWFT',
    summary: 'Layers up to the cut are frozen; those after it are fine-tuned at a tenth of the head’s rate.',
    cut: 'needed',
    plan: { strategy: 'layerwise' },
  },
  transfusion: {
    title: 'TransFusion',
    abbreviation: 'TF',
    summary: 'Layers after the cut have half the channels and start from random weights.',
    cut: 'needed',
    plan: { strategy: 'transfusion' },
  },
  'features-svm': {
    title: 'Features and SVM',
    abbreviation: 'FE-SVM',
    summary: 'Nothing is fine-tuned; a linear SVM learns on the pretrained features.',
    cut: 'optional',
    plan: { strategy: 'features', classifier: 'svm' },
  },
  'finetune-svm': {
    title: 'Fine-tuning and SVM',
    abbreviation: 'FT-SVM',
    summary: 'The whole network is fine-tuned; a linear SVM then learns on its features.',
    cut: 'none',
    plan: { strategy: 'full', classifier: 'svm' },
  },
  scratch: {
    title: 'From scratch',
    abbreviation: 'RAND',
    summary: 'The whole network starts from random weights.',
    cut: 'none',
    plan: { strategy: 'full', initialisation: 'random' },
  },
  'mean-var': {
    title: 'Mean-Var initialisation',
    abbreviation: 'MV',
    summary: 'Random weights with the mean and variance of the pretrained ones, layer by layer.',
    cut: 'none',
    plan: { strategy: 'full', initialisation: 'mean-var' },
  },
} as const satisfies Record<string, StrategyEntry>;

export type StrategyName = keyof typeof STRATEGIES;
export const STRATEGY_NAMES = Object.keys(STRATEGIES) as [StrategyName, ...StrategyName[]];

const AT_CUT: Record<Strategy, (cut: string) => string> = {
  full: () => 'the whole network',
  truncated: (cut) => `cut after ${cut}`,
  layerwise: (cut) => `frozen up to ${cut}`,
  transfusion: (cut) => `half the channels after ${cut}`,
  features: (cut) => `features at ${cut}`,
};

type TransferPlan = Pick<TrainingPlan, 'strategy' | 'initialisation' | 'classifier' | 'source'> & {
  cut?: string | undefined;
};

/** What a plan makes of its backbone, in a few words: `cut after layer3.5`, `the whole network, SVM`. */
export function describeTransfer({ strategy, cut, initialisation, classifier, source }: TransferPlan): string {
  return [
    cut === undefined ? 'the whole network' : AT_CUT[strategy](cut),
    ...(source !== null && initialisation !== 'pretrained' ? [`${INITIALISATIONS[initialisation]} weights`] : []),
    ...(classifier === 'svm' ? ['SVM'] : []),
  ].join(', ');
}

const INITIALISATIONS = { 'mean-var': 'Mean-Var', random: 'random' } as const;

/** Most epochs that a run may have: those of fine-tuning, and one that stands for the SVM. */
export function plannedEpochs({
  strategy,
  classifier,
  epochs,
}: Pick<TrainingPlan, 'strategy' | 'classifier' | 'epochs'>) {
  return (strategy === 'features' ? 0 : epochs) + (classifier === 'svm' ? 1 : 0);
}

/** Whether an epoch of a plan stands for the SVM, which no gradient trains. */
export const isSvmEpoch = (
  { classifier }: Pick<TrainingPlan, 'classifier'>,
  { learningRate }: Pick<EpochRecord, 'learningRate'>,
): boolean => classifier === 'svm' && learningRate === 0;

/** The node behind which a plan throws the rest of its backbone away; null where it keeps the whole. */
export function truncatedAt({ strategy, cut }: Pick<TrainingPlan, 'strategy'> & { cut?: string | undefined }) {
  return strategy === 'truncated' || strategy === 'features' ? (cut ?? null) : null;
}

/** `Truncated at block_3_add`. */
export function titleOf({ strategy, cut }: { strategy: StrategyName; cut: string | null }): string {
  return `${STRATEGIES[strategy].title}${cut === null ? '' : ` at ${cut}`}`;
}
