import { Option, type Command } from 'commander';
import type { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import {
  augmentation,
  optimiser,
  schedule,
  trainingPlan,
  type TrainingPlan,
  type TrainingPlanInput,
} from '../../contract/plan.ts';
import { PRESET_NAMES, PRESETS, presetSettings, type PresetName } from '../../contract/presets.ts';
import { addLabelOptions, dataOptionAt, dataSelection, type LabelOptions } from './data.ts';
import { NumericOption } from './numeric.ts';
import { PLAN_OPTIONS, type PlanOption } from './plan.ts';
import { names, NONE } from './read.ts';
import { addSplitOptions, splitRuleOf, type SplitOptions } from './split.ts';
import { addStudyOption } from './study.ts';
import { refused } from './refusal.ts';
import { addTestOptions, testSelection, type TestOptions } from './testData.ts';

type Settings = Record<string, unknown>;

/** Where no network is named; `suggestRun` and `suggestComparison` fill it in from what there is in the workspace. */
const NO_BACKBONE = '';

/** In the place of a number, what leaves its choice to the engine. */
const AUTO = 'auto';

/** The plan's defaults; what a person has to name is left out. */
const DEFAULTS: Settings = trainingPlan.partial({ data: true, backbone: true }).parse({});

interface TrainOptions extends LabelOptions, TestOptions, SplitOptions {
  data: string;
  augment: boolean;
  preset?: PresetName;
}

/**
 * @param without settings of the plan that something else decides
 * @param standard defaults that are others than those of the plan
 */
export function addTrainOptions(
  command: Command,
  { without = [], standard = {} }: { without?: readonly string[]; standard?: Settings } = {},
): Command {
  command.requiredOption('--data <dir>', 'folder of images');
  addSplitOptions(addTestOptions(addLabelOptions(command)));
  command.addOption(
    new Option(
      '--preset <name>',
      `how long and how training goes; options that are named besides count. ${PRESET_NAMES.map((name) => `${name}: ${PRESETS[name].summary}`).join(' ')}`,
    ).choices(PRESET_NAMES),
  );
  for (const entry of PLAN_OPTIONS)
    if (!without.includes(entry.path[0]!)) command.addOption(toOption(entry, { ...DEFAULTS, ...standard }));
  addStudyOption(command);
  return command.option('--no-augment', 'no augmentation except what other options ask for');
}

function toOption({ flags, path, read, none, auto, choices, help }: PlanOption, defaults = DEFAULTS): Option {
  const value = at(defaults, path);
  if (read === 'number')
    return new NumericOption(flags, help, {
      one: schemaAt(path),
      standard: value,
      ...(none && { word: NONE }),
      ...(auto && { word: AUTO }),
    });
  // Defaults are shown, but set by the schema: an option that was not given stays undefined.
  const shown =
    read === 'flag' || read === 'names' || value === undefined ? help : `${help} (default: ${String(value ?? 'none')})`;
  const option = new Option(flags, shown);
  if (read === 'names') option.argParser<unknown>(names);
  if (choices) option.choices([...choices]);
  return option;
}

/**
 * The plan that the command line describes, with the defaults of the schema and absolute paths; `backbone` is empty where
 * none is named.
 * @param standard settings that hold where neither an option nor a preset says otherwise
 * @throws CutpointError INPUT_INVALID, naming the options
 */
export function planOf(command: Command, standard: Settings = {}): TrainingPlan {
  const options = command.opts<TrainOptions>();
  const plan: Settings = {
    ...structuredClone(standard),
    ...(options.preset && presetSettings(options.preset)),
    backbone: NO_BACKBONE,
    data: dataSelection(options.data, options),
    test: testSelection(options.data, options),
  };
  if (!options.augment) plan.augmentation = { flipHorizontal: false, crop: 0, rotation: 0, brightness: 0 };
  for (const { flags, path, none, auto, value: meant } of PLAN_OPTIONS) {
    const name = new Option(flags).attributeName();
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const value: unknown = command.getOptionValue(name);
    // Settled once the memory that is needed is known.
    if (auto && value === AUTO) continue;
    // Another kind of optimiser or schedule has other details than that of a preset.
    if (path[1] === 'kind') delete plan[path[0]!];
    put(plan, path, none && value === NONE ? null : (meant ?? value));
  }
  const parts = [
    ['optimiser', optimiser.options],
    ['schedule', schedule.options],
  ] as const;
  for (const [part, variants] of parts) completeVariant(plan, part, variants);
  if (plan.augmentation) plan.augmentation = { ...augmentation.parse({}), ...plan.augmentation };
  const said = splitRuleOf(options);
  if (Object.keys(said).length > 0) plan.split = { ...(plan.split as object), ...said };
  if (plan.split) plan.split = { ...(DEFAULTS.split as object), ...plan.split };

  const parsed = trainingPlan.safeParse(plan as TrainingPlanInput);
  if (parsed.success) return sensible(parsed.data, command);
  throw refused(command, parsed.error.issues, optionAt);
}

/** Adds the options of these settings of a plan, for commands that take no whole plan. */
export function addSettings(command: Command, names: readonly string[]): Command {
  for (const entry of PLAN_OPTIONS) if (names.includes(entry.path[0]!)) command.addOption(toOption(entry));
  return command;
}

/** Those of these settings that the command line names. */
export function namedSettings(command: Command, names: readonly string[]): Settings {
  const settings: Settings = {};
  for (const { flags, path, value: meant } of PLAN_OPTIONS) {
    const name = new Option(flags).attributeName();
    if (!names.includes(path[0]!) || command.getOptionValueSource(name) !== 'cli') continue;
    put(settings, path, meant ?? command.getOptionValue(name));
  }
  return settings;
}

/** Whether `--batch auto` is named; the plan has the default until it is settled. */
export const asksAutomaticBatch = (command: Command): boolean => command.getOptionValue('batch') === AUTO;

/** Whether `--source` is named, be it as `none`. */
export const namesSource = (command: Command): boolean => command.getOptionValueSource('source') === 'cli';

/** Fills in `kind` where only a detail was named, and refuses details of another kind. */
function completeVariant(
  plan: Settings,
  part: 'optimiser' | 'schedule',
  variants: readonly { shape: { kind: { value: string } } }[],
): void {
  const given = plan[part] as Settings | undefined;
  if (!given) return;
  given.kind ??= (DEFAULTS[part] as Settings).kind;
  const variant = variants.find((candidate) => candidate.shape.kind.value === given.kind);
  const foreign = Object.keys(given).find((key) => variant && !(key in variant.shape));
  if (!foreign) return;
  const owners = variants.filter(({ shape }) => foreign in shape).map(({ shape }) => shape.kind.value);
  throw new CutpointError(
    'INPUT_INVALID',
    `${flagOf([part, foreign])} has no meaning with ${flagOf([part, 'kind'])} ${String(given.kind)}.`,
    { remedy: `It belongs to ${owners.map((owner) => `${flagOf([part, 'kind'])} ${owner}`).join(' and ')}.` },
  );
}

/** @throws CutpointError INPUT_INVALID where settings are allowed, but not with one another */
function sensible(plan: TrainingPlan, command: Command): TrainingPlan {
  const { schedule: falling, learningRate } = plan;
  const named = command.getOptionValueSource('scheduleMinimum') === 'cli';
  if (!named || !('minimum' in falling) || falling.minimum <= learningRate) return plan;
  throw new CutpointError(
    'INPUT_INVALID',
    `--schedule-minimum must be at most the learning rate at the start (--lr), ${learningRate}; ${falling.minimum} is not.`,
    { remedy: 'Name a lower minimum, or a higher --lr.' },
  );
}

/** The option that gives a setting: `schedule.factor` → `--schedule-factor`. */
function optionAt(path: readonly string[]): string | undefined {
  const found = PLAN_OPTIONS.find((entry) => entry.path.join('.') === path.join('.'));
  return found?.flags.split(' ')[0] ?? dataOptionAt(path);
}

const flagOf = (path: readonly string[]): string => optionAt(path) ?? path.join('.');

/** The schema of one setting of the plan; where kinds of optimisers or schedules share a name, they share its range. */
function schemaAt(path: readonly string[]): z.ZodType {
  return path.reduce<z.ZodType>((schema, key) => partOf(schema, key)!, trainingPlan);
}

function partOf(schema: unknown, key: string): z.ZodType | undefined {
  const { shape, options, unwrap } = schema as {
    shape?: Record<string, z.ZodType>;
    options?: readonly z.ZodType[];
    unwrap?: () => z.ZodType;
  };
  if (shape) return shape[key];
  if (options) return options.flatMap((each) => partOf(each, key) ?? [])[0];
  return unwrap ? partOf(unwrap(), key) : undefined;
}

function put(settings: Settings, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) settings[head] = value;
  else put((settings[head] ??= {}) as Settings, rest, value);
}

function at(settings: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (value as Settings | undefined)?.[key], settings);
}
