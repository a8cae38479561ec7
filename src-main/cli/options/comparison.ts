import type { z } from 'zod';
import { Option, type Command } from 'commander';
import { STRATEGY_NAMES } from '../../contract/strategies.ts';
import { comparisonPlan, type ComparisonKind, type ComparisonPlan } from '../../contract/comparison/index.ts';
import { learningCurvePlan } from '../../contract/comparison/learningCurve.ts';
import { searchMethod, searchPlan } from '../../contract/comparison/search.ts';
import { tournamentPlan } from '../../contract/comparison/tournament.ts';
import { folds } from '../../contract/comparison/shared.ts';
import { NumericOption } from './numeric.ts';
import { names } from './read.ts';
import { refused } from './refusal.ts';
import { addTrainOptions, planOf } from './train.ts';

/** An option and the setting of a comparison that it gives. */
interface ComparisonOption {
  flags: string;
  setting: string;
  read?: typeof names;
  numbers?: ConstructorParameters<typeof NumericOption>[2];
  needed?: true;
  choices?: readonly string[];
  help: string;
}

const STRATEGY_LIST = `names, separated by commas: ${STRATEGY_NAMES.join(', ')}`;
const strategies = { flags: '--strategies <names>', setting: 'strategies', read: names, help: STRATEGY_LIST };
const cuts: ComparisonOption = {
  flags: '--cuts <names>',
  setting: 'cuts',
  read: names,
  help: 'for the strategies that take one; see `cutpoint inspect BACKBONE`',
};
const seeds: ComparisonOption = {
  flags: '--seeds <numbers>',
  setting: 'seeds',
  numbers: { each: searchPlan.shape.seeds.unwrap().element },
  help: 'each determines splits, initial weights, order and augmentation of one set of runs',
};
const confidence: ComparisonOption = {
  flags: '--confidence <share>',
  setting: 'confidence',
  numbers: { one: tournamentPlan.shape.confidence },
  help: 'confidence level of the intervals',
};

/** What each kind of comparison takes besides the options of `train`, and which of those it decides itself. */
const KINDS: Record<ComparisonKind, { options: readonly ComparisonOption[]; decides: readonly string[] }> = {
  tournament: {
    decides: ['strategy', 'initialisation', 'classifier', 'cut', 'source', 'seed'],
    options: [
      { ...strategies, needed: true },
      cuts,
      {
        flags: '--sources <names>',
        setting: 'sources',
        read: names,
        help: 'pretrained weights to start from, see `cutpoint sources`; left out: random initialisation',
      },
      seeds,
      {
        flags: '--folds <k>',
        setting: 'folds',
        numbers: { one: folds.options[0].shape.k, word: 'fixed', standard: 5, into: (k) => ({ kind: 'groups', k }) },
        help: 'k-fold cross-validation by patient (or whatever groups the images), or `fixed`: one split per seed',
      },
      {
        flags: '--reference <name>',
        setting: 'reference',
        choices: STRATEGY_NAMES,
        help: 'the strategy that the others are compared with',
      },
      {
        flags: '--margin <auroc>',
        setting: 'margin',
        numbers: { one: tournamentPlan.shape.margin },
        help: 'largest loss of AUROC that still counts as non-inferior; choose it before the results are known',
      },
      confidence,
    ],
  },
  search: {
    decides: ['strategy', 'initialisation', 'classifier', 'cut', 'seed'],
    options: [
      {
        flags: '--method <name>',
        setting: 'method',
        choices: searchMethod.options,
        needed: true,
        help: 'two-stage: block cuts, then the layer cuts next to the best; fast: linear probes, then successive halving; svcca: where feature reuse ends; deepening: layerwise fine-tuning, block by block',
      },
      {
        flags: '--strategy <name>',
        setting: 'strategy',
        choices: searchPlan.shape.strategy.unwrap().options,
        help: 'what the cut is for',
      },
      seeds,
    ],
  },
  'learning-curve': {
    decides: ['strategy', 'initialisation', 'classifier', 'cut', 'seed', 'trainShare'],
    options: [
      strategies,
      cuts,
      {
        flags: '--shares <numbers>',
        setting: 'shares',
        numbers: { each: learningCurvePlan.shape.shares.unwrap().element },
        help: 'shares of the training patients (or whatever groups the images), separated by commas',
      },
      seeds,
      confidence,
    ],
  },
};

const SCHEMAS = { tournament: tournamentPlan, search: searchPlan, 'learning-curve': learningCurvePlan };

/** Adds the options of a kind of comparison, and those of `train` that its runs have in common. */
export function addComparisonOptions(command: Command, kind: ComparisonKind): Command {
  const defaults = defaultsOf(kind);
  for (const { flags, setting, read, numbers, needed, choices, help } of KINDS[kind].options) {
    // Defaults are shown, but set by the schema: an option that was not given stays undefined.
    const value = shownDefault(defaults[setting]);
    const shown = value === null ? help : `${help} (default: ${value})`;
    const option = numbers
      ? new NumericOption(flags, help, { ...numbers, ...(value !== null && { standard: value }) })
      : new Option(flags, shown);
    if (read) option.argParser<unknown>(read);
    if (choices) option.choices([...choices]);
    if (needed) option.makeOptionMandatory();
    command.addOption(option);
  }
  return addTrainOptions(command, { without: KINDS[kind].decides });
}

/**
 * The comparison that the command line describes, with every default filled in and absolute paths.
 * @throws CutpointError INPUT_INVALID, naming the options
 */
export function comparisonPlanOf(command: Command, kind: ComparisonKind): ComparisonPlan {
  const { options } = KINDS[kind];
  const given = options.flatMap(({ flags, setting }) => {
    const value: unknown = command.getOptionValue(new Option(flags).attributeName());
    if (value === undefined) return [];
    return [[setting, setting === 'folds' && value === 'fixed' ? { kind: 'fixed' } : value] as const];
  });
  const parsed = comparisonPlan.safeParse({ ...Object.fromEntries(given), kind, base: planOf(command) });
  if (parsed.success) return parsed.data;
  throw refused(
    command,
    parsed.error.issues,
    ([first]) => options.find(({ setting }) => setting === first)?.flags.split(' ')[0],
  );
}

/** Null for what cannot be said in a word. */
function shownDefault(value: unknown): string | null {
  if (Array.isArray(value)) return value.length > 0 ? value.join() : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function defaultsOf(kind: ComparisonKind): Record<string, unknown> {
  const shape: Record<string, z.ZodType> = SCHEMAS[kind].shape;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([setting, schema]) => {
      const parsed = schema.safeParse(undefined);
      return parsed.success ? [[setting, parsed.data]] : [];
    }),
  );
}
