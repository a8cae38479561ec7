import { searchPlan, type SearchPlan } from '../../../../src-main/contract/study/search.ts';
import { type CellRecord, type StudyCell } from '../../../../src-main/contract/study/shared.ts';
import { cutPoints } from '../../../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import type { StudyContext } from '../../../../src-main/engine/studies/context.ts';

/** Cuts of the network that the recorded searches are about. */
export const POINTS = cutPoints(findBackbone('mobilenet_v2_keras').build(), { height: 64, width: 64 });

export function planOf(changes: Partial<SearchPlan> = {}): SearchPlan {
  const base = { data: { folder: '/study' }, backbone: 'mobilenet_v2_keras', source: 'imagenet', input: 64, epochs: 6 };
  return { ...searchPlan.parse({ kind: 'search', method: 'two-stage', base }), ...changes };
}

export interface Recorded {
  study: StudyContext<SearchPlan>;
  /** Every cell that was asked for, in order. */
  asked: StudyCell[];
  messages: string[];
}

/**
 * A study whose runs are looked up: validation AUPRC by `score` (null: the run fails), a second per epoch, and a cell with
 * more epochs goes on with the run of its shorter one. What it remembers is in `remembered`.
 */
export function recordedStudy(
  plan: SearchPlan,
  score: (cell: StudyCell) => number | null,
  remembered: Record<string, unknown> = {},
): Recorded {
  const asked: StudyCell[] = [];
  const messages: string[] = [];
  const record = (cell: StudyCell): CellRecord => {
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
  const study = {
    id: 'study',
    plan,
    classes: ['a', 'b'],
    train: async (cells: readonly StudyCell[]) => {
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
  return { study: study as unknown as StudyContext<SearchPlan>, asked, messages };
}
