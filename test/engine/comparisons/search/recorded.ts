import { searchPlan, type SearchPlan } from '../../../../src-main/contract/comparison/search.ts';
import { type CellRecord, type ComparisonCell } from '../../../../src-main/contract/comparison/shared.ts';
import { cutPoints } from '../../../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import { generator } from '../../../../src-main/engine/random.ts';
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
  const scores = new Map<string, number>();
  const record = (cell: ComparisonCell): CellRecord => {
    const validationAuprc = score(cell);
    const run = `${cell.strategy}-${cell.cut}-${cell.seed}`;
    if (validationAuprc !== null && cell.epochs === plan.base.epochs) scores.set(run, validationAuprc);
    const point = POINTS.find(({ name }) => name === cell.cut) ?? POINTS.at(-1)!;
    const whole = cell.strategy === 'truncated' ? point : POINTS.at(-1)!;
    return {
      cell,
      status: validationAuprc === null ? 'failed' : 'completed',
      run,
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
  const images = Array.from({ length: 60 }, (_, at) => ({
    file: `${at}.png`,
    group: `patient ${at}`,
    label: at % 3 === 0 ? 1 : 0,
  }));
  /** The higher the score of a run, the further its probabilities of the two classes lie apart. */
  const predicted = (run: string) => {
    const random = generator(run);
    const value = scores.get(run)!;
    return images.map(({ file, label }) => {
      const p = (random() + 0.5 * value * label) / (1 + 0.5 * value);
      return { file, label, probabilities: Float32Array.of(1 - p, p) };
    });
  };
  const workspace = {
    store: {
      comparisons: { datasets: () => ({ dataset: 'd', test: null }) },
      datasets: { load: () => ({ images, report: { groupSource: 'column' }, selection: {} }) },
      predictions: { load: predicted },
    },
  };
  const comparison = {
    workspace,
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
