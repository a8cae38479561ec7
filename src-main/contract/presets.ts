import type { TrainingPlan } from './plan.ts';

/** The settings that a preset decides; every preset decides all of them. */
const DECIDED = [
  'epochs',
  'selection',
  'earlyStopping',
  'batch',
  'input',
  'fit',
  'learningRate',
  'weightDecay',
  'optimiser',
  'schedule',
  'dropout',
  'augmentation',
] as const satisfies readonly (keyof TrainingPlan)[];
export type PresetSettings = Pick<TrainingPlan, (typeof DECIDED)[number]>;

export interface Preset {
  title: string;
  /** What it is for, in a sentence. */
  summary: string;
  settings: PresetSettings;
}

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const slight = { flipHorizontal: false, flipVertical: false, crop: 0.1, rotation: 10, brightness: 0 };

/** Ways to train that a person can begin with, the shortest first. */
const presets = {
  'quick-look': {
    title: 'Quick look',
    summary: 'Five epochs on small images: whether anything is learnt at all, in minutes.',
    settings: {
      epochs: 5,
      selection: 'auprc',
      earlyStopping: null,
      batch: 16,
      input: 128,
      fit: 'letterbox',
      learningRate: 1e-3,
      weightDecay: 0,
      optimiser: adam,
      schedule: { kind: 'cosine', minimum: 0 },
      dropout: 0.2,
      augmentation: { ...slight, brightness: 0.1 },
    },
  },
  // What the appendix states is its own: centre crop, random crop and slight rotation, Adam, PyTorch's ReduceLROnPlateau on
  // the validation AUPRC, the end when the rate has fallen below a bound, the best model by validation AUPRC. The numbers are
  // missing in the text at hand: patience and threshold are PyTorch's own, and with halves it takes ten times 11 epochs
  // without a gain until the rate has fallen a thousandfold. The paper names no largest number of epochs.
  'paper-protocol': {
    title: 'Paper protocol',
    summary:
      'As Peng et al. 2023 train (appendix A.1): centre crop, random crops and slight rotation, Adam, a rate that falls when the validation AUPRC stagnates, and the end when it has fallen a thousandfold. The numbers are Cutpoint’s.',
    settings: {
      epochs: 200,
      selection: 'auprc',
      earlyStopping: null,
      batch: 64,
      input: 224,
      fit: 'crop',
      learningRate: 1e-4,
      weightDecay: 0,
      optimiser: adam,
      schedule: {
        ...{ kind: 'plateau', factor: 0.5, patience: 10, minimum: 1e-7 },
        ...{ threshold: 1e-4, thresholdMode: 'rel', atMinimum: 'end' },
      },
      dropout: 0,
      augmentation: slight,
    },
  },
  // Section II-D: SGD with steps of 0.001 and a Nesterov momentum of 0.01, at most 50 epochs, the end after 10 without a lower
  // validation loss, no augmentation. The size of its batches is not stated.
  'loss-protocol': {
    title: 'By validation loss',
    summary:
      'As Fok 2019 trains (section II-D): SGD at 0.001 with a Nesterov momentum of 0.01, at most 50 epochs, the end after 10 without a lower validation loss, by which the best epoch is chosen. The batch size is Cutpoint’s.',
    settings: {
      epochs: 50,
      selection: 'loss',
      earlyStopping: 10,
      batch: 32,
      input: 224,
      fit: 'stretch',
      learningRate: 1e-3,
      weightDecay: 0,
      optimiser: { kind: 'sgd', momentum: 0.01, nesterov: true },
      schedule: { kind: 'constant' },
      dropout: 0,
      augmentation: { ...slight, crop: 0, rotation: 0 },
    },
  },
  thorough: {
    title: 'Thorough',
    summary: 'Up to 100 epochs at a low rate, with patience: for the numbers that are reported.',
    settings: {
      epochs: 100,
      selection: 'auprc',
      earlyStopping: 20,
      batch: 16,
      input: 224,
      fit: 'letterbox',
      learningRate: 1e-4,
      weightDecay: 1e-4,
      optimiser: adam,
      schedule: {
        ...{ kind: 'plateau', factor: 0.5, patience: 5, minimum: 1e-6 },
        ...{ threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' },
      },
      dropout: 0.2,
      augmentation: { ...slight, brightness: 0.1 },
    },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
export const PRESETS: { readonly [K in PresetName]: Preset } = presets;
export const PRESET_NAMES = Object.keys(presets) as [PresetName, ...PresetName[]];

/** The settings of a preset, for the caller to change. */
export const presetSettings = (name: PresetName): PresetSettings => structuredClone(PRESETS[name].settings);

/** The preset whose settings these are; null: they are somebody's own. */
export function presetOf(settings: PresetSettings): PresetName | null {
  const same = (name: PresetName): boolean =>
    DECIDED.every((key) => canonical(PRESETS[name].settings[key]) === canonical(settings[key]));
  return PRESET_NAMES.find(same) ?? null;
}

/** Equal for equal values, in whatever order their parts were written down. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
