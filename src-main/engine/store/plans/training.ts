import { storedPlan, trainingPlan, type TrainingPlan, type TrainingPlanInput } from '../../../contract/plan.ts';
import { withChecksum } from '../json.ts';
import { filled, planFrom, upgraded, type Stored, type Upgrade } from './versions.ts';

/** Upgrades of the plan of a run; their number is its version. */
export const TRAINING_UPGRADES: readonly Upgrade[] = [
  // Plans without a number. Those of the first versions know no other strategies, classifiers and shares of the patients,
  // no grey channel and nothing accepted; the rest is what was read where a plan left it out.
  ({ data, test, optimiser = { kind: 'adam' }, schedule = { kind: 'plateau' }, augmentation = {}, ...plan }) => ({
    ...{ source: null, strategy: 'truncated', initialisation: 'pretrained', classifier: 'softmax', svmC: 1 },
    ...{ frozenVariants: 4, pooling: 'average', dropout: 0.2, input: 224, fit: 'letterbox', channels: 3 },
    ...{ epochs: 20, batch: 16, learningRate: 3e-4, weightDecay: 0, earlyStopping: 8, accept: [] },
    ...{ classWeights: 'balanced', trainShare: 1, split: { validation: 0.15, test: 0.2 }, seed: 0, engine: 'auto' },
    ...plan,
    data: withColumns(data),
    ...(test !== undefined && { test: withColumns(test) }),
    optimiser: filled(optimiser, OPTIMISERS[kindOf(optimiser)] ?? {}),
    schedule: filled(schedule, SCHEDULES[kindOf(schedule)] ?? {}),
    augmentation: filled(augmentation, {
      ...{ flipHorizontal: true, flipVertical: false, crop: 0.1, rotation: 10, brightness: 0.1 },
    }),
  }),
  // Plans that do not name their task: there was one.
  (plan) => ({ task: 'classification', ...plan }),
  // Plans that do not say by what the best epoch is chosen: by AUPRC, where any gain counted and the lowest rate was kept.
  ({ schedule, ...plan }) => ({
    selection: 'auprc',
    ...plan,
    schedule:
      kindOf(schedule) === 'plateau'
        ? filled(schedule, { threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' })
        : schedule,
  }),
  // Plans that do not say in which precision: there was one.
  (plan) => ({ precision: 'float32', ...plan }),
];

const OPTIMISERS: Readonly<Record<string, Stored>> = {
  adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  sgd: { momentum: 0.9, nesterov: true },
};
const SCHEDULES: Readonly<Record<string, Stored>> = {
  plateau: { factor: 0.5, patience: 3, minimum: 1e-6 },
  step: { factor: 0.1 },
  cosine: { minimum: 0 },
};
const kindOf = (value: unknown): string => String((value as Stored | null)?.kind);

/** A selection of data whose table has columns of the usual names. */
function withColumns(selection: unknown): unknown {
  const labels = (selection as Stored | undefined)?.labels;
  if (labels === undefined) return selection;
  return filled({ ...(selection as Stored), labels: filled(labels, { fileColumn: 'file', labelColumn: 'label' }) }, {});
}

/** What is stored of a plan, or of a part of one, that was checked. */
export const numbered = (plan: Partial<TrainingPlan>): Stored => ({ version: TRAINING_UPGRADES.length, ...plan });

/**
 * The plan of a run as text for its column.
 * @param checked it was, when it was first asked for; what later versions allow is not asked again
 * @throws ZodError (a defect) where it is not what the contract says
 */
export function planColumn(plan: TrainingPlanInput, { checked }: { checked: boolean }): string {
  return withChecksum(
    JSON.stringify(numbered(checked ? storedPlan.parse(plan as TrainingPlan) : trainingPlan.parse(plan))),
  );
}

export const upgradeTraining = (stored: Stored, what: string): Stored => upgraded(stored, TRAINING_UPGRADES, what);

/** @param what names it in the sentence. @throws CutpointError PLAN_NEWER, STORE_CORRUPT */
export const trainingPlanFrom = (column: string, what: string): TrainingPlan =>
  planFrom(storedPlan, column, upgradeTraining, what);
