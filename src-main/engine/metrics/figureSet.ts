import type { FigureSet, MeasuredFigure } from '../../contract/figures.ts';
import type { Predictions, Resampled } from './bootstrap.ts';
import { countingClasses, type Counting } from './counting.ts';
import { delongInterval } from './delong.ts';
import { countingLabels } from './labelCounting.ts';
import { against, isSeveral, type Against } from './labels.ts';
import type { Counted, Row } from './layout.ts';
import { measuredFigure } from './measuredFigure.ts';
import type { CLASS_MEASURES } from './measures.ts';
import { resampleNumbers } from './resample.ts';

interface Options {
  resamples: number;
  confidence: number;
  signal?: AbortSignal;
}

/** A set of figures, and what a figure of a class or label is in each resample. */
export interface MeasuredSet {
  set: FigureSet;
  resampled(label: number, name: keyof typeof CLASS_MEASURES): Resampled;
}

/**
 * All figures of predictions, with their intervals. Of shares the first interval is Wilson's, of an AUROC DeLong's, as long
 * as each patient has one case; otherwise, and of all else, it is that of the bootstrap over patients. Averages are over
 * the classes that occur, of several labels an image over those that some have and some have not, and defined where each of
 * them defines the figure.
 *
 * @param classes k names; of two, the second is the positive one; or names of labels
 * @param position of each class in the order of the classes; null: there is no order, as of labels
 */
export const measureSet = (
  predictions: Predictions,
  { classes, position }: { classes: readonly string[]; position: readonly number[] | null },
  options: Options,
): Promise<MeasuredSet> =>
  isSeveral(predictions)
    ? measureCounted(countingLabels(predictions), { predictions, classes }, options)
    : measureCounted(countingClasses(predictions, classes.length, position), { predictions, classes }, options);

async function measureCounted<T extends Counted>(
  { patients, tally, layout, of, isClustered }: Counting<T>,
  { predictions, classes }: { predictions: Predictions; classes: readonly string[] },
  options: Options,
): Promise<MeasuredSet> {
  const study = {
    patients,
    numbers: layout.length,
    measure(weights: Uint32Array, into: Float64Array) {
      const found = tally(weights);
      for (let at = 0; at < layout.length; at++) into[at] = layout[at]!.of(found, into);
    },
  };
  const resampled = await resampleNumbers(study, { ...options, seed: 0 });
  const full = tally(new Uint32Array(patients).fill(1));
  const { confidence } = options;
  const rows = layout.map((row, at) => {
    const clustered = isClustered(full, row);
    const figure = measuredFigure({ row, at, full, classes }, { resampled, clustered, confidence });
    const exact = row.name === 'auroc' && row.label !== null && !clustered && figure.value !== null;
    return { ...row, figure: exact ? withDeLong(figure, against(predictions, row.label!), confidence) : figure };
  });
  const figuresIn = (part: Row<T>['part'], label: number | null = null): MeasuredFigure[] =>
    rows.filter((row) => row.part === part && row.label === label).map(({ figure }) => figure);
  return {
    set: {
      cases: full.cases,
      drawn: patients,
      whole: figuresIn('whole'),
      perClass: classes.map((name, label) => ({ name, ...of(full, label), figures: figuresIn('class', label) })),
      macro: figuresIn('macro'),
      weighted: figuresIn('weighted'),
    },
    resampled(label, name) {
      const at = layout.findIndex((row) => row.part === 'class' && row.label === label && row.name === name);
      const value = resampled.values[at]!;
      return { value: Number.isNaN(value) ? null : value, resamples: resampled.drawn[at]! };
    },
  };
}

/** DeLong's interval before the others, where it can be told. */
function withDeLong(figure: MeasuredFigure, { positive, scores }: Against, confidence: number): MeasuredFigure {
  const exact = delongInterval(positive, scores, confidence);
  if (!exact) return figure;
  return { ...figure, intervals: [{ method: 'delong', low: exact.low, high: exact.high }, ...figure.intervals] };
}
