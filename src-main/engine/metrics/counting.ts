import { classificationFigures } from '../../contract/task/classificationFigures.ts';
import type { Predictions } from './bootstrap.ts';
import { layoutOf, type Counted, type Row } from './layout.ts';
import { CLASS_MEASURES, wholeMeasures } from './measures.ts';
import { tallying, type Tally } from './tally.ts';

/** All that a task's figures of some predictions need to be resampled. */
export interface Counting<T extends Counted> {
  patients: number;
  /** @param weights per patient @returns what the next call overwrites */
  tally(weights: Uint32Array): T;
  layout: readonly Row<T>[];
  /** Cases of a class or label, and of how many it is known whether they are. */
  of(full: T, label: number): { cases: number; known?: number };
  /** Whether some patient has several of the cases that a figure is made of, so that they are not independent. */
  isClustered(full: T, row: Row<T>): boolean;
}

/** @param position of each of the k classes in their order; null: there is no order */
export function countingClasses(
  predictions: Predictions,
  k: number,
  position: readonly number[] | null,
): Counting<Tally> {
  const { patients, tally } = tallying(predictions, k);
  const whole = wholeMeasures(position);
  const measures = {
    perClass: classificationFigures.flatMap((each) => (each.of === 'class' ? [[each.name, CLASS_MEASURES[each.name]] as const] : [])), // prettier-ignore
    whole: classificationFigures.flatMap((each) => (each.of === 'whole' ? [[each.name, whole[each.name]] as const] : [])), // prettier-ignore
    prior: ({ actual }: Tally, label: number) => actual[label]!,
  };
  return {
    ...{ patients, tally },
    layout: layoutOf(k, measures, { averages: k > 2 }),
    of: ({ actual }, label) => ({ cases: actual[label]! }),
    isClustered: ({ cases }) => patients < cases,
  };
}
