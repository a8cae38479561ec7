import { z } from 'zod';
import type { InputOf } from '../../../src-main/contract/index.ts';
import { learningCurvePlan } from '../../../src-main/contract/comparison/learningCurve.ts';
import { searchMethod, searchPlan } from '../../../src-main/contract/comparison/search.ts';
import { tournamentPlan } from '../../../src-main/contract/comparison/tournament.ts';
import { FIRST_STRATEGY } from '../../../src-main/backbone/strategy/index.ts';
import type { TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { STRATEGY_NAMES, STRATEGIES, type StrategyName } from '../../../src-main/contract/strategies.ts';

export type ComparisonPlanInput = InputOf<'comparison.cells'>;

const kind = z.enum(['tournament', 'search', 'learning-curve']);
export type Kind = z.infer<typeof kind>;
export const KINDS = kind.options;
export const METHODS = searchMethod.options;

/** What is typed and ticked where a comparison is set up; lists of numbers as they were typed. */
export const setup = z.object({
  kind,
  strategies: z.array(z.enum(STRATEGY_NAMES)),
  /** Empty: the one of the Network room, as with the sources. */
  cuts: z.array(z.string()),
  sources: z.array(z.string()),
  reference: z.enum(STRATEGY_NAMES),
  /** Null: one split by the plan. */
  folds: z.number().nullable(),
  seeds: z.string(),
  shares: z.string(),
  margin: z.number(),
  confidence: z.number(),
  method: searchMethod,
  /** Of a search. */
  strategy: searchPlan.shape.strategy.unwrap(),
});
export type Setup = z.infer<typeof setup>;

/** The contract's own defaults, so that window and command line begin with the same. */
export const defaultSetup = (): Setup => ({
  kind: 'tournament',
  strategies: ['full', 'truncated'],
  cuts: [],
  sources: [],
  reference: tournamentPlan.shape.reference.parse(undefined),
  folds: 5,
  seeds: '0',
  shares: learningCurvePlan.shape.shares.parse(undefined).join(', '),
  margin: tournamentPlan.shape.margin.parse(undefined),
  confidence: tournamentPlan.shape.confidence.parse(undefined),
  method: 'fast',
  strategy: FIRST_STRATEGY,
});

/** Whether any of the chosen strategies ends at a cut, or may. */
export const takesCut = ({ kind: of, strategies }: Setup): boolean =>
  of !== 'search' && strategies.some((name) => STRATEGIES[name].cut !== 'none');

/** Numbers that were typed with commas or spaces between them; what is none is NaN, and refused by the plan's own check. */
export const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);

/**
 * The plan that a setup comes to. What is compared decides strategy, cut, start of the weights and classifier; all else is
 * that of the run which the Train room would start.
 */
export function planOf(of: Setup, run: TrainingPlanInput): ComparisonPlanInput {
  const { strategy: _s, cut: own, initialisation: _i, classifier: _k, trainShare: _t, ...base } = run;
  const seeds = numbersIn(of.seeds);
  const cuts = takesCut(of) ? (of.cuts.length === 0 && own !== undefined ? [own] : of.cuts) : [];
  const { confidence, strategies } = of;
  switch (of.kind) {
    case 'search':
      return { kind: 'search', method: of.method, base, strategy: of.strategy, seeds };
    case 'learning-curve':
      return { kind: 'learning-curve', base, strategies, cuts, shares: numbersIn(of.shares), seeds, confidence };
    case 'tournament':
      return {
        ...{ kind: 'tournament', base, strategies, cuts, seeds, confidence },
        ...{ sources: of.sources, reference: referenceOf(of), margin: of.margin },
        folds: of.folds === null ? { kind: 'fixed' } : { kind: 'groups', k: of.folds },
      };
  }
}

/** A reference that is not compared itself is none: the first strategy takes its place. */
export const referenceOf = ({ reference, strategies }: Setup): StrategyName =>
  strategies.includes(reference) ? reference : (strategies[0] ?? reference);
