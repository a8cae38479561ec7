import { FIRST_STRATEGY, strategies } from '../../backbone/strategy/index.ts';
import {
  engineChoice,
  fit,
  initialisation,
  optimiser,
  precisionChoice,
  schedule,
  task,
  trainingPlan,
} from '../../contract/plan.ts';
import { tasks } from '../../contract/task/index.ts';

/** An option of `train` and the setting of the plan that it gives. */
export interface PlanOption {
  flags: string;
  /** Where in the plan. */
  path: readonly string[];
  read: 'text' | 'number' | 'flag' | 'names';
  /** `none` may stand in the place of a value. */
  none?: true;
  /** `auto` may stand in the place of a value: see `asksAutomaticBatch`. */
  auto?: true;
  /** What a flag stands for, where it is not yes or no. */
  value?: number;
  choices?: readonly string[];
  help: string;
}

const kinds = (variants: readonly { shape: { kind: { value: string } } }[]) => variants.map((v) => v.shape.kind.value);

const ROWS = Object.entries(strategies);
/** `for classification auprc, auroc`. */
const SELECTIONS = Object.entries(tasks).map(
  ([name, { selections }]) => `for ${name} ${selections.map((each) => each.name).join(', ')}`,
);
const LEFT_OUT = ' (left out: the end of the last block that keeps at most half of the parameters)';
const CUTS = ROWS.flatMap(([name, { cut }]) =>
  cut ? [`${name}: ${cut.is}${name === FIRST_STRATEGY ? LEFT_OUT : ''}`] : [],
);
/** `0.1 for layerwise, otherwise 1`. */
const RATES = [
  ...ROWS.flatMap(([name, { backboneRate: rate }]) => (rate === 1 ? [] : [`${rate} for ${name}`])),
  'otherwise 1',
];

/** Options in the order of the help text; ranges and defaults are those of the plan's schema. */
export const PLAN_OPTIONS: readonly PlanOption[] = [
  {
    flags: '--task <name>',
    path: ['task'],
    read: 'text',
    choices: task.options,
    help: 'what is learnt. classification: one class per image',
  },
  {
    flags: '--backbone <name>',
    path: ['backbone'],
    read: 'text',
    help: 'network to start from, see `cutpoint backbones`; left out: that of --source, or the one whose weights come with Cutpoint',
  },
  {
    flags: '--source <name>',
    path: ['source'],
    read: 'text',
    none: true,
    help: 'pretrained weights to start from, see `cutpoint sources`; `none` for random initialisation; left out: random where a backbone is named, otherwise those that come with Cutpoint',
  },
  {
    flags: '--strategy <name>',
    path: ['strategy'],
    read: 'text',
    choices: trainingPlan.shape.strategy.unwrap().options,
    help: `what is fine-tuned. ${ROWS.map(([name, { brief }]) => `${name}: ${brief}`).join('; ')}`,
  },
  {
    flags: '--cut <name>',
    path: ['cut'],
    read: 'text',
    help: `${CUTS.join('; ')}; see \`cutpoint inspect BACKBONE\``,
  },
  {
    flags: '--initialisation <how>',
    path: ['initialisation'],
    read: 'text',
    choices: initialisation.options,
    help: 'what the layers start from; mean-var: random with the mean and variance of the pretrained weights',
  },
  {
    flags: '--classifier <kind>',
    path: ['classifier'],
    read: 'text',
    choices: trainingPlan.shape.classifier.unwrap().options,
    help: 'svm: at the end a calibrated linear SVM replaces the head',
  },
  { flags: '--svm-c <c>', path: ['svmC'], read: 'number', help: 'inverse regularisation strength of the SVM' },
  {
    flags: '--backbone-rate <share>',
    path: ['backboneRate'],
    read: 'number',
    help: `learning rate below the head, as a share of that of the head; left out: ${RATES.join(', ')}`,
  },
  {
    flags: '--frozen-variants <n>',
    path: ['frozenVariants'],
    read: 'number',
    help: 'augmented variants of each image that go through frozen layers, once each',
  },
  {
    flags: '--train-share <share>',
    path: ['trainShare'],
    read: 'number',
    help: 'share of the training patients (or whatever groups the images) that is used',
  },
  {
    flags: '--pooling <kind>',
    path: ['pooling'],
    read: 'text',
    choices: trainingPlan.shape.pooling.unwrap().options,
    help: 'how features are pooled for the classifier',
  },
  {
    flags: '--dropout <share>',
    path: ['dropout'],
    read: 'number',
    help: 'share of the features that dropout removes before the classifier',
  },
  { flags: '--input <pixels>', path: ['input'], read: 'number', help: 'side of the square that images are fitted to' },
  {
    flags: '--fit <how>',
    path: ['fit'],
    read: 'text',
    choices: fit.options,
    help: 'letterbox keeps all of the image and its proportions',
  },
  {
    flags: '--grey',
    path: ['channels'],
    read: 'flag',
    value: 1,
    help: 'one channel: colours are averaged, and the first convolution is summed over its input channels',
  },
  {
    flags: '--epochs <n>',
    path: ['epochs'],
    read: 'number',
    help: 'largest number of passes over the training images',
  },
  {
    flags: '--batch <n>',
    path: ['batch'],
    read: 'number',
    auto: true,
    help: 'images per training step; auto: the largest power of two, at most 32, that fits into memory',
  },
  { flags: '--lr <rate>', path: ['learningRate'], read: 'number', help: 'learning rate at the start' },
  { flags: '--weight-decay <x>', path: ['weightDecay'], read: 'number', help: 'weight decay' },
  {
    flags: '--optimiser <name>',
    path: ['optimiser', 'kind'],
    read: 'text',
    choices: kinds(optimiser.options),
    help: 'optimiser',
  },
  { flags: '--beta1 <x>', path: ['optimiser', 'beta1'], read: 'number', help: 'adam: decay of the first moment' },
  { flags: '--beta2 <x>', path: ['optimiser', 'beta2'], read: 'number', help: 'adam: decay of the second moment' },
  { flags: '--epsilon <x>', path: ['optimiser', 'epsilon'], read: 'number', help: 'adam: added to the denominator' },
  { flags: '--momentum <x>', path: ['optimiser', 'momentum'], read: 'number', help: 'sgd: momentum' },
  { flags: '--no-nesterov', path: ['optimiser', 'nesterov'], read: 'flag', help: 'sgd: plain momentum' },
  {
    flags: '--schedule <name>',
    path: ['schedule', 'kind'],
    read: 'text',
    choices: kinds(schedule.options),
    help: 'how the learning rate falls; plateau: when the figure of --selection stalls',
  },
  {
    flags: '--schedule-factor <x>',
    path: ['schedule', 'factor'],
    read: 'number',
    help: 'plateau, step: what the learning rate is multiplied by',
  },
  {
    flags: '--schedule-patience <n>',
    path: ['schedule', 'patience'],
    read: 'number',
    help: 'plateau: epochs without a better value before the learning rate falls',
  },
  {
    flags: '--schedule-every <n>',
    path: ['schedule', 'every'],
    read: 'number',
    help: 'step: epochs between two reductions',
  },
  {
    flags: '--schedule-minimum <rate>',
    path: ['schedule', 'minimum'],
    read: 'number',
    help: 'plateau, cosine: the lowest learning rate',
  },
  {
    flags: '--schedule-threshold <x>',
    path: ['schedule', 'threshold'],
    read: 'number',
    help: 'plateau: how much better than the best a value must be to count, 0.0001 in PyTorch; 0: as for the best epoch',
  },
  {
    flags: '--schedule-threshold-mode <how>',
    path: ['schedule', 'thresholdMode'],
    read: 'text',
    choices: ['rel', 'abs'],
    help: 'plateau: whether the threshold is a share of the best value or a difference from it (default: rel)',
  },
  {
    flags: '--schedule-at-minimum <what>',
    path: ['schedule', 'atMinimum'],
    read: 'text',
    choices: ['stay', 'end'],
    help: 'plateau: stay at the lowest learning rate, or end training once the rate would fall below it (Peng et al. 2023, A.1) (default: stay)',
  },
  {
    flags: '--selection <name>',
    path: ['selection'],
    read: 'text',
    choices: trainingPlan.shape.selection.unwrap().options,
    help: `the figure of the validation images by which the best epoch is chosen, whose weights are kept; plateau and early stopping watch it; ${SELECTIONS.join('; ')}`,
  },
  {
    flags: '--early-stopping <n>',
    path: ['earlyStopping'],
    read: 'number',
    none: true,
    help: 'epochs without a better figure of --selection before training ends; `none`: never',
  },
  {
    flags: '--positive <class>',
    path: ['positive'],
    read: 'text',
    help: 'of two classes, the one that sensitivity, specificity and AUPRC refer to (default: by name, so PNEUMONIA and not NORMAL; where the names do not tell, the likelier one, with a warning)',
  },
  {
    flags: '--go-on <codes>',
    path: ['accept'],
    read: 'names',
    help: 'continue despite serious findings of the audit: their codes, separated by commas, or `all`; the model card states them',
  },
  {
    flags: '--class-weights <how>',
    path: ['classWeights'],
    read: 'text',
    choices: trainingPlan.shape.classWeights.unwrap().options,
    help: 'balanced: rare classes count as much as frequent ones in the loss',
  },
  {
    flags: '--flip-horizontal',
    path: ['augmentation', 'flipHorizontal'],
    read: 'flag',
    help: 'also mirror left and right; left out: unless most of the training images are grey, as in radiology, where the side counts',
  },
  {
    flags: '--no-flip-horizontal',
    path: ['augmentation', 'flipHorizontal'],
    read: 'flag',
    help: 'never mirror left and right',
  },
  {
    flags: '--flip-vertical',
    path: ['augmentation', 'flipVertical'],
    read: 'flag',
    help: 'also mirror top and bottom',
  },
  {
    flags: '--crop <share>',
    path: ['augmentation', 'crop'],
    read: 'number',
    help: 'largest random crop of a side',
  },
  {
    flags: '--rotation <degrees>',
    path: ['augmentation', 'rotation'],
    read: 'number',
    help: 'largest random rotation',
  },
  {
    flags: '--brightness <share>',
    path: ['augmentation', 'brightness'],
    read: 'number',
    help: 'largest random change of brightness',
  },
  {
    flags: '--split-validation <share>',
    path: ['split', 'validation'],
    read: 'number',
    help: 'share of the patients (or whatever groups the images) on which the best epoch is chosen',
  },
  {
    flags: '--split-test <share>',
    path: ['split', 'test'],
    read: 'number',
    help: 'share of the patients (or whatever groups the images) on which the final results are measured',
  },
  {
    flags: '--seed <n>',
    path: ['seed'],
    read: 'number',
    help: 'determines splits, initial weights, order and augmentation',
  },
  {
    flags: '--engine <name>',
    path: ['engine'],
    read: 'text',
    choices: engineChoice.options,
    help: 'engine that computes; see `cutpoint doctor`',
  },
  {
    flags: '--precision <name>',
    path: ['precision'],
    read: 'text',
    choices: precisionChoice.options,
    help: 'what convolutions are trained in; auto: what is faster here, timed once for each network. Results are measured in float32',
  },
];
