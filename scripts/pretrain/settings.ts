import { trainingPlan, type TrainingPlan } from '../../src-main/contract/plan.ts';

/** The entry of the catalogue that is made here, and its path in `resources`. */
export const BUNDLED = { id: 'formula-pictures', file: 'sources/formula-pictures.safetensors' };
export const BACKBONE = 'mobilenet_v2_050_keras';

/** Decides the formulas, and with them the categories. */
export const FORMULAS = 2026;
/** Pictures per category and stage: the first are held out to follow the training, the others train. */
export const PICTURES = { train: 72, validation: 4 };

/** At the end, batch-norm statistics are measured on pictures of the size that studies have: one per category. */
export const STATISTICS = { input: 224, seed: 2028, batch: 32 };

/** Stages of the training, in the terms of any run; each draws other pictures and goes on from the stage before. */
export const STAGES: readonly TrainingPlan[] = [
  { epochs: 9, learningRate: 1.5e-3, input: 48, seed: 2026 },
  { epochs: 6, learningRate: 1e-3, input: 64, seed: 2027 },
].map((stage) =>
  trainingPlan.parse({
    data: { folder: 'formula pictures' },
    backbone: BACKBONE,
    strategy: 'full',
    batch: 48,
    weightDecay: 1e-5,
    schedule: { kind: 'cosine' },
    earlyStopping: null,
    augmentation: { flipHorizontal: true, flipVertical: true, rotation: 0, crop: 0.35, brightness: 0.15 },
    engine: 'tensorflow',
    ...stage,
  }),
);
