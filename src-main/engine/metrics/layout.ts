import type { Measure } from './measures.ts';

/** What a tally of any task has. */
export interface Counted {
  cases: number;
  /** Classes or labels that the averages are over, whatever the weights. */
  present: readonly number[];
}

/** The figures of a task by their names, in the order in which they are shown. */
export interface Measures<T> {
  perClass: readonly (readonly [name: string, measure: Measure<T>])[];
  whole: readonly (readonly [name: string, measure: Measure<T>])[];
  /** What a class or label weighs in the mean by prior. */
  prior(tally: T, label: number): number;
}

/** A number of the study: which figure it is, and how it comes of the tally and of the numbers before it. */
export interface Row<T> {
  part: 'class' | 'macro' | 'weighted' | 'whole';
  name: string;
  label: number | null;
  measure: Measure<T>;
  of(tally: T, before: Float64Array): number;
}

/** Of each of k classes or labels, their averages, where there are any, and what there is one of. */
export function layoutOf<T extends Counted>(
  k: number,
  { perClass, whole, prior }: Measures<T>,
  { averages }: { averages: boolean },
): Row<T>[] {
  const labels = Array.from({ length: k }, (_, label) => label);
  const each = labels.flatMap((label) =>
    perClass.map(([name, measure]): Row<T> => ({
      ...{ part: 'class', name, label, measure },
      of: (tally) => measure.of(tally, label),
    })),
  );
  const means = (['macro', 'weighted'] as const).flatMap((part) =>
    perClass.map(([name, measure], at): Row<T> => ({
      ...{ part, name, label: null, measure },
      of(tally, before) {
        let [sum, all] = [0, 0];
        for (const label of tally.present) {
          const weight = part === 'macro' ? 1 : prior(tally, label);
          sum += weight * before[label * perClass.length + at]!;
          all += weight;
        }
        return sum / all;
      },
    })),
  );
  const overall = whole.map(([name, measure]): Row<T> => ({
    ...{ part: 'whole', name, label: null, measure },
    of: (tally) => measure.of(tally, 0),
  }));
  return [...each, ...(averages ? means : []), ...overall];
}
