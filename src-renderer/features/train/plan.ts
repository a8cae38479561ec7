import type { z } from 'zod';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import { type RunSummary } from '../../../src-main/contract/run.ts';
import { trainingPlan, type TrainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { said, t } from '../../text/index.ts';
import { limitInWords } from './fields.ts';

/** What is decided on the training screen; data, source and cut come from the screens before. */
export type Settings = Omit<
  TrainingPlan,
  | 'data'
  | 'test'
  | 'backbone'
  | 'source'
  | 'preprocessing'
  | 'channels'
  | 'strategy'
  | 'cut'
  | 'pooling'
  | 'accept'
  | (typeof TRANSFER)[number]
>;

/** What the window leaves at the contract's defaults. */
const DEFAULTS = ['svmC', 'backboneRate', 'trainShare'] as const;
/** What is no setting of this room: the Network room decides it, or nobody. */
const TRANSFER = ['initialisation', 'classifier', ...DEFAULTS] as const;

/** Whether the window can start a run like this one. */
export function isRepeatable(plan: TrainingPlan): boolean {
  const ordinary = trainingPlan.parse({ data: plan.data, backbone: plan.backbone });
  return DEFAULTS.every((name) => plan[name] === ordinary[name]);
}

/** The plan of a run, with the folders in which its images lie now. */
export function planNow({ plan, moved }: Pick<RunSummary, 'plan' | 'moved'>): TrainingPlan {
  const at = (selection: DataSelection, folder = selection.folder) => ({ ...selection, folder });
  return { ...plan, data: at(plan.data, moved?.data), ...(plan.test && { test: at(plan.test, moved?.test) }) };
}

const withoutTransfer = <P extends Partial<TrainingPlan>>(plan: P): Omit<P, (typeof TRANSFER)[number]> => {
  const rest = { ...plan };
  for (const name of TRANSFER) delete rest[name];
  return rest;
};

/** The contract's own defaults, so that window, command line and engine start from the same ones. */
export function defaultSettings(): Settings {
  const {
    data: _data,
    backbone: _backbone,
    source: _source,
    channels: _channels,
    strategy: _strategy,
    pooling: _pooling,
    accept: _accept,
    ...settings
  } = trainingPlan.parse({ data: { folder: '.' }, backbone: 'any' });
  return withoutTransfer(settings);
}

/** Settings as they were kept; what is missing, or of another kind, is as usual. A number that was being typed is empty. */
export function settingsFrom(kept: Readonly<Record<string, unknown>>): Settings {
  const usual: Record<string, unknown> = { ...defaultSettings() };
  for (const [name, value] of Object.entries(usual)) {
    const own = kept[name];
    if (own === undefined) continue;
    const nullable = name === 'earlyStopping';
    if (own === null && !nullable && typeof value === 'number') usual[name] = Number.NaN;
    else if (typeof own === typeof value || nullable) usual[name] = own;
  }
  return { ...usual, ...('positive' in kept ? { positive: kept.positive } : {}) } as Settings;
}

/** Settings of an earlier run, for another one like it. */
export function settingsOf(plan: TrainingPlan): Settings {
  const { data: _d, test: _t, backbone: _b, source: _s, strategy: _st, cut: _c, pooling: _p, ...rest } = plan;
  const { preprocessing: _pp, channels: _ch, accept: _a, ...settings } = rest;
  return structuredClone(withoutTransfer(settings));
}

/** A test folder whose labels and patients are found in the same way as those of `data`; its images are other ones. */
export function testSelection(
  { resolutions: _decided, ...data }: DataSelection,
  test: { folder: string; csv: string },
): DataSelection {
  return {
    ...data,
    folder: test.folder.trim(),
    ...(data.labels ? { labels: { ...data.labels, csv: test.csv.trim() } } : {}),
  };
}

/** How many images each part will have, nearly: patients are split, and have more or fewer images each. */
export function imagesByPart(
  images: number,
  { split, test }: Pick<TrainingPlanInput, 'split' | 'test'>,
): { train: number; validation: number; test: number } | undefined {
  // How many there are in another folder is not known here.
  if (!split || test) return undefined;
  const [validation, tested] = [Math.round(images * split.validation), Math.round(images * split.test)];
  return { train: Math.max(1, images - validation - tested), validation: Math.max(1, validation), test: tested };
}

/** Where a setting is not allowed, by dotted path (`schedule.factor`), in words. */
export function settingIssues(plan: TrainingPlanInput): Record<string, string> {
  const parsed = trainingPlan.safeParse(plan);
  if (parsed.success) return splitIssue(parsed.data.split);
  return Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), inWords(issue)]));
}

function inWords(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code === 'too_small' && issue.origin === 'string') return t('train.needs.text');
  if (issue.code === 'too_small')
    return limitInWords(path, Number(issue.minimum), issue.inclusive ? 'atLeast' : 'moreThan');
  if (issue.code === 'too_big')
    return limitInWords(path, Number(issue.maximum), issue.inclusive ? 'atMost' : 'lessThan');
  if (issue.code === 'invalid_type') return t(issue.expected === 'int' ? 'train.needs.whole' : 'train.needs.number');
  return said(issue.message);
}

function splitIssue(split: TrainingPlan['split']): Record<string, string> {
  return split.validation + split.test < 0.9 ? {} : { 'split.test': t('train.needs.split') };
}

/** Another kind of schedule with the contract's defaults for it. */
export function scheduleOf(kind: TrainingPlan['schedule']['kind']): TrainingPlan['schedule'] {
  return trainingPlan.shape.schedule.unwrap().parse(kind === 'step' ? { kind, every: 10 } : { kind });
}

export function optimiserOf(kind: TrainingPlan['optimiser']['kind']): TrainingPlan['optimiser'] {
  return trainingPlan.shape.optimiser.unwrap().parse({ kind });
}
