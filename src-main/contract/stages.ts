import { z } from 'zod';
import { strategies } from '../backbone/strategy/index.ts';
import type { TrainingPlan } from './plan.ts';

/**
 * What a run is trained in, one after another. `fine-tuning`: layers, by gradient descent. `svm`: an SVM is fitted to the
 * features of the layers as they are then, and takes the place of the head.
 */
export const trainingStage = z.enum(['fine-tuning', 'svm']);
export type TrainingStage = z.infer<typeof trainingStage>;

type StagedPlan = Pick<TrainingPlan, 'strategy' | 'classifier' | 'epochs'>;

/** The stages of a plan in their order, with the most epochs that each may have: an SVM is fitted once. */
export const stagesOf = ({ strategy, classifier, epochs }: StagedPlan): { stage: TrainingStage; epochs: number }[] => [
  ...(strategies[strategy].fineTunes ? [{ stage: 'fine-tuning' as const, epochs }] : []),
  ...(classifier === 'svm' ? [{ stage: 'svm' as const, epochs: 1 }] : []),
];

/** Most epochs that a run may have, those of all its stages. */
export const plannedEpochs = (plan: StagedPlan): number => stagesOf(plan).reduce((sum, { epochs }) => sum + epochs, 0);
