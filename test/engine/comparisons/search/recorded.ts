import { searchPlan, type SearchPlan } from '../../../../src-main/contract/comparison/search.ts';
import { type CellRecord, type ComparisonCell } from '../../../../src-main/contract/comparison/shared.ts';
import { cutPoints } from '../../../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import type { ComparisonContext } from '../../../../src-main/engine/comparisons/context.ts';

/** Cuts of the network that the recorded searches are about. */
export const POINTS = cutPoints(findBackbone('mobilenet_v2_keras').build(), { height: 64, width: 64 });

export function planOf(changes: Partial<SearchPlan> = {}): SearchPlan {
  const base = { data: { folder: '/study' }, backbone: 'mobilenet_v2_keras', source: 'imagenet', input: 64, epochs: 6 };
  return { ...searchPlan.parse({ kind: 'search', method: 'two-stage', base }), ...changes };
}

export interface Recorded {
  comparison: ComparisonContext<SearchPlan>;
  /** Every cell that was asked for, in order. */
  asked: ComparisonCell[];
  messages: string[];
}

/**
 * A comparison whose runs are looked up: validation AUPRC by `score` (null: the run fails), a second per epoch, and a
 * cell with more epochs goes on with the run of its shorter one. What it remembers is in `remembered`.
 */
export function recordedComparison(
  plan: SearchPlan,
  score: (cell: ComparisonCell) => number | null,
  remembered: Record<string, unknown> = {},
): Recorded {
  const asked: ComparisonCell[] = [];
  const messages: string[] = [];
  const record = (cell: ComparisonCell): CellRecord => {
    const validationAuprc = score(cell);
    const point = POINTS.find(({ name }) => name === cell.cut) ?? POINTS.at(-1)!;
    const whole = cell.strategy === 'truncated' ? point : POINTS.at(-1)!;
    return {
      cell,
      status: validationAuprc === null ? 'failed' : 'completed',
      run: `${cell.strategy}-${cell.cut}-${cell.seed}`,
      validationAuprc,
      validationAuroc: validationAuprc,
      testAuroc: null,
      testAuprc: null,
      parameters: whole.parameters,
      macs: whole.macs,
      trainingSeconds: cell.epochs,
      epochs: cell.epochs,
      error: validationAuprc === null ? { code: 'TRAINING_DIVERGED', message: 'no', remedy: 'smaller rate' } : null,
    };
  };
  const comparison = {
    id: 'comparison',
    plan,
    classes: ['a', 'b'],
    train: async (cells: readonly ComparisonCell[]) => {
      asked.push(...cells);
      return cells.map(record);
    },
    remember: async (name: string, schema: { parse(value: unknown): unknown }) => {
      const key = Object.keys(remembered).find((prefix) => name.startsWith(prefix));
      if (key === undefined) throw new Error(`nothing recorded under '${name}'`);
      return schema.parse(remembered[key]);
    },
    say: (message: string) => messages.push(message),
    signal: new AbortController().signal,
  };
  return { comparison: comparison as unknown as ComparisonContext<SearchPlan>, asked, messages };
}
