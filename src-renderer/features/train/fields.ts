import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { written } from '../../logic/locale.ts';
import { t, type Text } from '../../text/index.ts';
import type { Settings } from './plan.ts';

type FieldName = keyof Text['train']['fields'];

/** A setting that is a number. What is stored as a share is shown and typed in percent. */
export interface NumberSetting {
  name: FieldName;
  /** Where it stands in the settings and in what is wrong with them. */
  path: string;
  low?: number;
  high?: number;
  /** The ends themselves are not allowed. */
  open?: boolean;
  whole?: boolean;
  percent?: boolean;
}

const number = (name: FieldName, path: string, rest: Omit<NumberSetting, 'name' | 'path'> = {}): NumberSetting => ({
  name,
  path,
  ...rest,
});

const shape = trainingPlan.shape;
const most = (schema: { maxValue: number | null }): number => schema.maxValue ?? Infinity;

export const MAIN: readonly NumberSetting[] = [
  number('epochs', 'epochs', { low: 1, high: most(shape.epochs.unwrap()), whole: true }),
  number('batch', 'batch', { low: 1, high: most(shape.batch.unwrap()), whole: true }),
  number('learningRate', 'learningRate', { low: 0, high: most(shape.learningRate.unwrap()), open: true }),
  number('input', 'input', { low: 16, high: most(shape.input.unwrap()), whole: true }),
];
export const SPLIT: readonly NumberSetting[] = [
  number('validation', 'split.validation', { low: 0, high: 0.9, open: true, percent: true }),
  number('test', 'split.test', { low: 0, high: 0.9, percent: true }),
];
export const SEED = number('seed', 'seed', { low: 0, whole: true });
export const AUGMENTATION: readonly NumberSetting[] = [
  number('crop', 'augmentation.crop', { low: 0, high: 0.5, percent: true }),
  number('rotation', 'augmentation.rotation', { low: 0, high: 180 }),
  number('brightness', 'augmentation.brightness', { low: 0, high: 1, percent: true }),
];
export const FROZEN_VARIANTS = number('frozenVariants', 'frozenVariants', {
  low: 1,
  high: most(shape.frozenVariants.unwrap()),
  whole: true,
});
export const MOMENTUM = number('momentum', 'optimiser.momentum', { low: 0, high: 1 });
export const OPTIMISATION: readonly NumberSetting[] = [
  number('weightDecay', 'weightDecay', { low: 0, high: 10 }),
  number('dropout', 'dropout', { low: 0, high: 0.95, percent: true }),
];
export const SCHEDULES: Record<Settings['schedule']['kind'], readonly NumberSetting[]> = {
  plateau: [
    number('patience', 'schedule.patience', { low: 0, whole: true }),
    number('factor', 'schedule.factor', { low: 0, high: 1, open: true }),
    number('minimum', 'schedule.minimum', { low: 0 }),
    number('threshold', 'schedule.threshold', { low: 0, high: 1 }),
  ],
  step: [
    number('every', 'schedule.every', { low: 1, whole: true }),
    number('factor', 'schedule.factor', { low: 0, high: 1, open: true }),
  ],
  cosine: [number('minimum', 'schedule.minimum', { low: 0 })],
  constant: [],
};
export const PATIENCE = number('earlyStopping', 'earlyStopping', { low: 1, whole: true });

/** All of them, for what is said of a path. */
const ALL: readonly NumberSetting[] = [
  ...[MAIN, SPLIT, AUGMENTATION, OPTIMISATION, SCHEDULES.plateau, SCHEDULES.step].flat(),
  ...[SEED, FROZEN_VARIANTS, MOMENTUM, PATIENCE],
];

/** The setting that stands at a path. */
export const settingAt = (path: string): NumberSetting | undefined => ALL.find((each) => each.path === path);

/** A value as it is typed: a share in percent, without the noise of binary fractions. */
export const typed = ({ percent }: Pick<NumberSetting, 'percent'>, value: number): number =>
  percent ? Math.round(value * 1e6) / 1e4 : value;
export const stored = ({ percent }: Pick<NumberSetting, 'percent'>, value: number): number =>
  percent ? Math.round(value * 1e4) / 1e6 : value;

const shown = (setting: NumberSetting, value: number): string =>
  `${written(typed(setting, value), { maximumSignificantDigits: 6 })}${setting.percent ? ' %' : ''}`;

/** `1 to 10,000`, `more than 0`: what is allowed. */
export function rangeOf(setting: NumberSetting): string {
  const { low, high, open } = setting;
  const [from, to] = [low === undefined ? '' : shown(setting, low), high === undefined ? '' : shown(setting, high)];
  if (low === undefined) return t('train.atMost', { high: to });
  if (high === undefined || high === Infinity) return t(open ? 'train.moreThan' : 'train.atLeast', { low: from });
  return t('train.fromTo', { low: from, high: to });
}

/** What a field says of itself: its sentence, what is allowed, what is usual. @param usual settings of a run like any other */
export function hintOf(setting: NumberSetting, usualSettings: Settings): string {
  const usual = at(usualSettings, setting.path);
  return [
    t(`train.fields.${setting.name}.means`),
    `${capital(rangeOf(setting))}${typeof usual === 'number' ? `; ${t('train.usual', { value: shown(setting, usual) })}` : ''}.`,
  ].join(' ');
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What stands at a dotted path of the settings. */
export function at(settings: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], settings);
}

/** Puts a value at a dotted path whose parts are there already. */
export function put(settings: object, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  const inside = keys.reduce<Record<string, unknown>>(
    (each, key) => each[key] as Record<string, unknown>,
    settings as Record<string, unknown>,
  );
  inside[last] = value;
}

/** A limit of a setting in words, in the unit in which it is typed. */
export function limitInWords(
  path: string,
  limit: number,
  which: 'atLeast' | 'moreThan' | 'atMost' | 'lessThan',
): string {
  const setting = settingAt(path) ?? { name: 'epochs', path };
  const value = shown(setting, limit);
  const said =
    which === 'atLeast' || which === 'moreThan'
      ? t(`train.${which}`, { low: value })
      : t(`train.${which}`, { high: value });
  return t('train.needs.sentence', { what: capital(said) });
}

/** What a setting is called in the window; of one that has no field, its path. */
export function settingName(path: string): string {
  const field = settingAt(path);
  return field ? t(`train.fields.${field.name}.label`) : path;
}
