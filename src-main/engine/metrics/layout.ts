import { classificationFigures } from '../../contract/task/classificationFigures.ts';
import { CLASS_MEASURES, type Measure, type wholeMeasures } from './measures.ts';
import type { Tally } from './tally.ts';

const CLASS_NAMES = classificationFigures.filter((each) => each.of === 'class').map(({ name }) => name);
const WHOLE_NAMES = classificationFigures.filter((each) => each.of === 'whole').map(({ name }) => name);

/** A number of the study: which figure it is, and how it comes of the tally and of the numbers before it. */
export interface Row {
  part: 'class' | 'macro' | 'weighted' | 'whole';
  name: string;
  label: number | null;
  measure: Measure;
  of(tally: Tally, before: Float64Array): number;
}

/** Of each class, of several their averages, and what there is one of. */
export function layoutOf(k: number, whole: ReturnType<typeof wholeMeasures>): Row[] {
  const labels = Array.from({ length: k }, (_, label) => label);
  const perClass = labels.flatMap((label) =>
    CLASS_NAMES.map((name): Row => {
      const measure = CLASS_MEASURES[name];
      return { part: 'class', name, label, measure, of: (tally) => measure.of(tally, label) };
    }),
  );
  const averages = (['macro', 'weighted'] as const).flatMap((part) =>
    CLASS_NAMES.map((name, at): Row => {
      const weight = (tally: Tally, label: number) => (part === 'macro' ? 1 : tally.actual[label]!);
      return {
        ...{ part, name, label: null, measure: CLASS_MEASURES[name] },
        of(tally, before) {
          let [sum, all] = [0, 0];
          for (const label of tally.present) {
            sum += weight(tally, label) * before[label * CLASS_NAMES.length + at]!;
            all += weight(tally, label);
          }
          return sum / all;
        },
      };
    }),
  );
  const overall = WHOLE_NAMES.map((name): Row => ({
    part: 'whole',
    name,
    label: null,
    measure: whole[name],
    of: (tally) => whole[name].of(tally, 0),
  }));
  return [...perClass, ...(k === 2 ? [] : averages), ...overall];
}
