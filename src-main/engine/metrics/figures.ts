import { AGGREGATIONS, type ClassOrder, type Figures } from '../../contract/figures.ts';
import type { Intervals, MeasuredCurves, Proportion } from '../../contract/evaluation.ts';
import type { Interval } from '../../contract/comparison/shared.ts';
import { orderByNames } from '../../contract/classOrder.ts';
import { perPatient } from './aggregate.ts';
import { percentileInterval, type Predictions, type Resampled } from './bootstrap.ts';
import { curvesOf } from './curves.ts';
import { delongInterval } from './delong.ts';
import { measureSet } from './figureSet.ts';
import { against, judgedOf } from './labels.ts';
import { wilson } from './wilson.ts';

const CONFIDENCE = 0.95;
const RESAMPLES = 2000;

type ClassIntervals = Intervals['perClass'][number];

/**
 * All figures of predictions with their intervals, of images and of patients, and the curves behind the areas.
 * O(images × classes) per resample.
 *
 * @param classes k names, of classes or labels; of two classes, the second is the positive one
 * @param options.order of the classes; left out: what their names say; labels have none
 * @param options.signal aborts between resamples
 */
export async function figuresOf(
  predictions: Predictions,
  classes: readonly string[],
  {
    signal,
    order = orderByNames(classes),
    resamples = RESAMPLES,
    confidence = CONFIDENCE,
  }: { signal?: AbortSignal; order?: ClassOrder; resamples?: number; confidence?: number } = {},
): Promise<{ intervals: Intervals; curves: MeasuredCurves[]; figures: Figures }> {
  const known: ClassOrder = predictions.several ? { classes: null, by: 'unknown' } : order;
  const position = known.classes && classes.map((name) => known.classes!.indexOf(name));
  const measure = (of: Predictions) =>
    measureSet(of, { classes, position }, { resamples, confidence, ...(signal && { signal }) });
  const images = await measure(predictions);
  const groups: Figures['groups'] = images.set.drawn < images.set.cases ? { mixed: 0, sets: [] } : null;
  for (const aggregation of groups ? AGGREGATIONS : []) {
    const combined = perPatient(predictions, classes.length, aggregation);
    groups!.mixed = combined.mixed;
    if (combined.predictions.groups.length === 0) continue;
    groups!.sets.push({ aggregation, ...(await measure(combined.predictions)).set });
  }
  return {
    intervals: intervalsOf(predictions, classes, { images, confidence, resamples }),
    curves: curvesFor(predictions, classes),
    figures: { confidence, resamples, order: known, images: images.set, groups },
  };
}

/** Of two classes the curves of the positive one, of several, and of labels, those of each that the data define. */
function curvesFor(predictions: Predictions, classes: readonly string[]): MeasuredCurves[] {
  return judgedOf(predictions).flatMap((label) => {
    const { positive, scores } = against(predictions, label);
    const found = curvesOf(positive, scores);
    return found ? [{ class: classes[label]!, ...found }] : [];
  });
}

/** The intervals of the metrics of `computeMetrics`: AUROC by DeLong or percentiles, AUPRC by percentiles, shares by Wilson. */
function intervalsOf(
  predictions: Predictions,
  classes: readonly string[],
  {
    images: { set, resampled },
    confidence,
    resamples,
  }: { images: Awaited<ReturnType<typeof measureSet>>; confidence: number; resamples: number },
): Intervals {
  const clustered = set.drawn < set.cases;
  const intervalOf = (found: Resampled) => visible(percentileInterval(found, confidence));
  const shareOf = (figures: typeof set.whole, name: string): Proportion | null => {
    const share = figures.find((each) => each.name === name)?.share;
    return share ? wilson(share.count, share.of, confidence) : null;
  };
  const perClass = set.perClass.map(({ figures }, label): ClassIntervals => {
    const auroc = resampled(label, 'auroc');
    const { positive, scores } = against(predictions, label);
    const exact = auroc.value === null || clustered ? null : delongInterval(positive, scores, confidence);
    return {
      auroc: exact ?? intervalOf(auroc),
      auprc: intervalOf(resampled(label, 'auprc')),
      sensitivity: shareOf(figures, 'sensitivity'),
      specificity: shareOf(figures, 'specificity'),
    };
  });
  const mean = (name: 'auroc' | 'auprc') => intervalOf(meanOf(classes.map((_, label) => resampled(label, name))));
  const overall =
    classes.length === 2 && !predictions.several
      ? perClass[1]!
      : { auroc: mean('auroc'), auprc: mean('auprc'), sensitivity: null, specificity: null };
  return { ...overall, confidence, resamples, clustered, accuracy: shareOf(set.whole, 'accuracy')!, perClass };
}

/** Of no variance, resampling sees none, which is not certainty. */
const visible = (found: Interval | null): Interval | null =>
  found && (found.value === 0 || found.value === 1) ? null : found;

/** Plain mean over the classes that the data define, resample by resample. */
function meanOf(classes: readonly Resampled[]): Resampled {
  const judged = classes.filter(({ value }) => value !== null);
  const mean = (of: (each: Resampled) => number) => judged.reduce((sum, each) => sum + of(each), 0) / judged.length;
  return {
    value: judged.length === 0 ? null : mean(({ value }) => value!),
    resamples: Float64Array.from(classes[0]!.resamples, (_, at) => mean(({ resamples }) => resamples[at]!)),
  };
}
