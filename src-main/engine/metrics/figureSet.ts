import type { FigureSet, MeasuredFigure } from '../../contract/figures.ts';
import type { Predictions, Resampled } from './bootstrap.ts';
import { delongInterval } from './delong.ts';
import { against, type Against } from './labels.ts';
import { layoutOf, type Row } from './layout.ts';
import { measuredFigure } from './measuredFigure.ts';
import { wholeMeasures, type CLASS_MEASURES } from './measures.ts';
import { resampleNumbers } from './resample.ts';
import { tallying } from './tally.ts';

interface Options {
  resamples: number;
  confidence: number;
  signal?: AbortSignal;
}

/**
 * All figures of predictions, with their intervals. Of shares the first interval is Wilson's, of an AUROC DeLong's, as long
 * as each patient has one case; otherwise, and of all else, it is that of the bootstrap over patients. Averages are over
 * the classes that occur, and defined where each of them defines the figure.
 *
 * @param classes k names; of two, the second is the positive one
 * @param position of each class in the order of the classes; null: there is no order
 */
export async function measureSet(
  predictions: Predictions,
  { classes, position }: { classes: readonly string[]; position: readonly number[] | null },
  options: Options,
): Promise<{ set: FigureSet; resampled(label: number, name: keyof typeof CLASS_MEASURES): Resampled }> {
  const k = classes.length;
  const { patients, tally } = tallying(predictions, k);
  const layout = layoutOf(k, wholeMeasures(position));
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
  const clustered = patients < full.cases;
  const rows = layout.map((row, at): Measured => {
    const figure = measuredFigure({ row, at, full, classes }, { resampled, clustered, confidence: options.confidence });
    const exact = row.name === 'auroc' && row.label !== null && !clustered && figure.value !== null;
    return { ...row, figure: exact ? withDeLong(figure, against(predictions, row.label!), options) : figure };
  });
  const figuresIn = (part: Row['part'], label: number | null = null): MeasuredFigure[] =>
    rows.filter((row) => row.part === part && row.label === label).map(({ figure }) => figure);
  return {
    set: {
      cases: full.cases,
      drawn: patients,
      whole: figuresIn('whole'),
      perClass: classes.map((name, label) => ({
        name,
        cases: full.actual[label]!,
        figures: figuresIn('class', label),
      })),
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

type Measured = Row & { figure: MeasuredFigure };

/** DeLong's interval before the others, where it can be told. */
function withDeLong(figure: MeasuredFigure, { positive, scores }: Against, { confidence }: Options): MeasuredFigure {
  const exact = delongInterval(positive, scores, confidence);
  if (!exact) return figure;
  return { ...figure, intervals: [{ method: 'delong', low: exact.low, high: exact.high }, ...figure.intervals] };
}
