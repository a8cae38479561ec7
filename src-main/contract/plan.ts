import { z } from 'zod';
import { FIRST_STRATEGY, strategies, type Strategy } from '../backbone/strategy/index.ts';
import { dataSelection } from './data.ts';
import { accepted } from './findings.ts';
import { preprocessing } from './preprocessing.ts';
import { split } from './split.ts';
import { asStored } from './stored.ts';
import { SELECTION_NAMES, tasks, type TaskName } from './task/index.ts';

export const engineChoice = z.enum(['auto', 'tensorflow', 'wasm']);
export type EngineChoice = z.infer<typeof engineChoice>;

/** What convolutions compute on in training, and what lies between them is kept as; all else is float32, and so is whatever is measured. */
export const precision = z.enum(['float32', 'bfloat16']);
export type Precision = z.infer<typeof precision>;
/** `auto`: the faster one on this machine. */
export const precisionChoice = z.enum(['auto', ...precision.options]);
export type PrecisionChoice = z.infer<typeof precisionChoice>;

/** Rates are single precision: far below this they change no weight, and far above it nothing is learnt. */
const LEAST_RATE = 1e-10;
const MOST_RATE = 10;
const MOST_EPOCHS = 10_000;

export const schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('constant') }),
  /**
   * ReduceLROnPlateau of PyTorch, watching what the best epoch is chosen by (Peng et al. 2023, appendix A.1): the rate is
   * multiplied by `factor` after more than `patience` epochs without a better value.
   */
  z.object({
    kind: z.literal('plateau'),
    factor: z.number().gt(0).lt(1).default(0.5),
    patience: z.int().min(0).max(MOST_EPOCHS).default(3),
    minimum: z.number().min(0).max(MOST_RATE).default(1e-6),
    /** By how much a value must be better than the best to count; PyTorch's default is 1e-4. 0: whatever makes an epoch the best. */
    threshold: z.number().min(0).max(1).default(0),
    /** `rel`: a share of the best value; `abs`: the difference itself. */
    thresholdMode: z.enum(['rel', 'abs']).default('rel'),
    /** At the minimum: `stay` at it, or `end` training once the rate would be below it, as Peng et al. 2023 do (A.1). */
    atMinimum: z.enum(['stay', 'end']).default('stay'),
  }),
  z.object({
    kind: z.literal('step'),
    every: z.int().min(1).max(MOST_EPOCHS),
    factor: z.number().gt(0).lt(1).default(0.1),
  }),
  z.object({ kind: z.literal('cosine'), minimum: z.number().min(0).max(MOST_RATE).default(0) }),
]);
export type Schedule = z.infer<typeof schedule>;

export const optimiser = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('adam'),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    epsilon: z.number().min(1e-12).max(1).default(1e-7),
  }),
  z.object({
    kind: z.literal('sgd'),
    momentum: z.number().min(0).lt(1).default(0.9),
    nesterov: z.boolean().default(true),
  }),
]);
export type OptimiserSettings = z.infer<typeof optimiser>;

export const augmentation = z.object({
  /** Left out: yes, but for data that are mostly grey, see `mirrorsAtFirst`. */
  flipHorizontal: z.boolean().optional(),
  flipVertical: z.boolean().default(false),
  /** Random crop: the largest share of each side that may be cut away, 0 to 0.5. */
  crop: z.number().min(0).max(0.5).default(0.1),
  /** Largest rotation in degrees, either way. */
  rotation: z.number().min(0).max(180).default(10),
  /** Largest relative change of brightness, 0 to 1. */
  brightness: z.number().min(0).max(1).default(0.1),
});
export type Augmentation = z.infer<typeof augmentation>;

export const fit = z.enum(['letterbox', 'stretch', 'crop']);
export type Fit = z.infer<typeof fit>;

/** Peng et al. 2023, section 3: what each is stands in its row. */
export const strategy = z.enum(Object.keys(strategies) as [Strategy, ...Strategy[]]);
export type { Strategy };

/** `mean-var`: every array drawn from a normal distribution with the mean and variance of the pretrained one (Raghu et al. 2019). */
export const initialisation = z.enum(['pretrained', 'mean-var', 'random']);
export type InitialisationChoice = z.infer<typeof initialisation>;

/** What is learnt from the labels: what each is stands in its row. */
export const task = z.enum(Object.keys(tasks) as [TaskName, ...TaskName[]]);

/** All that decides a run. Same plan, same machine, same engine: the same numbers. */
export const trainingPlan = z.object({
  data: dataSelection,
  /** A separate test set; without it a share of the patients is set aside. */
  test: dataSelection.optional(),
  task: task.default('classification'),
  backbone: z.string(),
  /** Name of a pretrained source, or null for random initialisation. */
  source: z.string().nullable().default(null),
  strategy: strategy.default(FIRST_STRATEGY),
  /** A cut point of the backbone: what it means, and whether it is needed, depends on the strategy. */
  cut: z.string().optional(),
  /** What the layers below the head start from; without a source they are random. */
  initialisation: initialisation.default('pretrained'),
  /** `svm`: once trained, the head is replaced by a calibrated linear one-versus-rest SVM on its features. */
  classifier: z.enum(['softmax', 'svm']).default('softmax'),
  /** Inverse regularisation strength of the SVM. */
  svmC: z.number().min(1e-6).max(1e6).default(1),
  /** Learning rate of the layers below the head, as a share of the head's. Left out: what the strategy says. */
  backboneRate: z.number().min(1e-6).max(1).optional(),
  /**
   * Below a frozen boundary nothing is computed twice: of each training image this many augmented variants go through the
   * frozen layers, once each, and are seen in turn epoch after epoch. Without augmentation there is one.
   */
  frozenVariants: z.int().min(1).max(64).default(4),
  pooling: z.enum(['average', 'flatten']).default('average'),
  dropout: z.number().min(0).max(0.95).default(0.2),
  input: z.int().min(16).max(1024).default(224),
  fit: fit.default('letterbox'),
  /** Left out: what the source expects, or without one what the backbone's published weights do. */
  preprocessing: preprocessing.optional(),
  /** 1: grey; images are averaged over their colours, and the first convolution of the source is summed over its own. */
  channels: z.union([z.literal(1), z.literal(3)]).default(3),
  epochs: z.int().min(1).max(MOST_EPOCHS).default(20),
  batch: z.int().min(1).max(1024).default(16),
  learningRate: z.number().min(LEAST_RATE).max(MOST_RATE).default(3e-4),
  weightDecay: z.number().min(0).max(10).default(0),
  optimiser: optimiser.default({ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }),
  schedule: schedule.default({
    ...{ kind: 'plateau', factor: 0.5, patience: 3, minimum: 1e-6 },
    ...{ threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' },
  }),
  /**
   * The figure of the validation images by which the best epoch is chosen, whose weights are the model; of equal ones the
   * lower loss. Plateau schedule and early stopping watch it.
   */
  selection: z.enum(SELECTION_NAMES).default('auprc'),
  /** Epochs without a better value of it before training ends; null: never. */
  earlyStopping: z.int().min(1).max(MOST_EPOCHS).nullable().default(8),
  /** Of two classes, the one that sensitivity, specificity and AUPRC refer to; left out: by its name, see `positiveClass`. */
  positive: z.string().optional(),
  /** Codes of grave findings that are known and accepted, or `all`; stored are those that were there. */
  accept: accepted.default([]),
  classWeights: z.enum(['balanced', 'none']).default('balanced'),
  augmentation: augmentation.default({ flipVertical: false, crop: 0.1, rotation: 10, brightness: 0.1 }),
  /** Share of the training patients that is used, stratified by class: for learning curves. */
  trainShare: z.number().gt(0).max(1).default(1),
  split: split.default({ validation: 0.15, test: 0.2 }),
  seed: z.int().min(0).default(0),
  engine: engineChoice.default('auto'),
  precision: precisionChoice.default('auto'),
});
export type TrainingPlan = z.infer<typeof trainingPlan>;

/** A plan as it is stored: of earlier versions, too, which allowed other numbers. */
export const storedPlan = asStored(trainingPlan);

export type TrainingPlanInput = z.input<typeof trainingPlan>;
