import { features } from './features.ts';
import { full } from './full.ts';
import { layerwise } from './layerwise.ts';
import type { StrategyRow } from './strategy.ts';
import { transfusion } from './transfusion.ts';
import { truncated } from './truncated.ts';

export type { StrategyRow } from './strategy.ts';

/** One row a strategy, in the order in which they are shown. */
const rows = { full, truncated, layerwise, transfusion, features };

type Rows = typeof rows;
export type Strategy = keyof Rows;
/** The strategies that need a cut, which can be searched for. */
export type CutStrategy = { [K in Strategy]: Rows[K]['cut'] extends { needed: true } ? K : never }[Strategy];
/** The names by which strategies are compared. */
export type ComparedName = { [K in Strategy]: keyof Rows[K]['compared'] }[Strategy];

export const strategies: { readonly [K in Strategy]: StrategyRow } = rows;

/** The one to begin with, where nobody has chosen. */
export const FIRST_STRATEGY = 'truncated' satisfies Strategy;
