import { STRATEGIES, type StrategyName } from '../../contract/strategies.ts';
import type { ComparisonPlan } from '../../contract/comparison/index.ts';
import type { ComparisonCell } from '../../contract/comparison/shared.ts';

/** What is compared: a strategy at a cut from a source. */
export type Configuration = Pick<ComparisonCell, 'strategy' | 'cut' | 'source'>;

/** What a comparison varies; lists that are empty stand for what `base` says. */
export interface Grid {
  base: Pick<ComparisonPlan['base'], 'cut' | 'source'>;
  strategies: readonly StrategyName[];
  cuts: readonly string[];
  sources?: readonly string[];
}

/**
 * Every strategy at every cut from every source, as far as they mean something to it: one that takes no cut is there once,
 * one that may take a cut without any as the whole network, and one that starts at random without a source.
 */
export function configurations(grid: Grid): Configuration[] {
  const cuts = cutsOf(grid);
  const sources = grid.sources?.length ? unique(grid.sources) : [grid.base.source];
  return unique(grid.strategies).flatMap((strategy) => {
    const own = STRATEGIES[strategy].cut === 'none' || cuts.length === 0 ? [null] : cuts;
    const from = startsAtRandom(strategy) ? [null] : sources;
    return own.flatMap((cut) => from.map((source) => ({ strategy, cut, source })));
  });
}

export const cutsOf = ({ base, cuts }: Pick<Grid, 'base' | 'cuts'>): string[] =>
  cuts.length > 0 ? unique(cuts) : base.cut === undefined ? [] : [base.cut];

export const startsAtRandom = (strategy: StrategyName): boolean =>
  STRATEGIES[strategy].plan.initialisation === 'random';

export const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
