import { LEAST_TO_JUDGE, type Shortcuts } from '../../../contract/shortcuts.ts';
import { breathe } from '../../breathe.ts';
import { ROUNDING } from '../../metrics/bca.ts';
import { numbered } from '../../metrics/draws.ts';
import { clusteredInterval } from '../../metrics/pooledSlope.ts';
import { wilson } from '../../metrics/wilson.ts';
import { findFolds } from '../folds.ts';
import { compare } from '../walk.ts';
import { crossValidate, type Study } from './crossValidate.ts';
import { candidatesOf, type Known } from './predictors.ts';

const FOLDS = 5;
const SEED = 0;
/** Of all intervals together. */
const CONFIDENCE = 0.95;
/** Classes that are judged, the largest of them. */
const MOST_CLASSES = 20;

/** An image with its label, and what else is known of it. */
export type Labelled = Known & { label: string; sha256: string };

/**
 * Whether the label can be predicted without a look at what is imaged: by the scanner alone, the size alone, and so on, each
 * by cross-validation with 5 folds in which no patient is on both sides. Nothing is known of an image that is predicted but
 * the features in question. With several classes, each against the rest and their mean.
 *
 * An interval is that of the sum of the patients' influences, as normal on the logit scale; where not one pair is ranked
 * wrongly, that of Wilson for as many patients as the smallest class has.
 */
export async function probeShortcuts(images: readonly Labelled[], signal?: AbortSignal): Promise<Shortcuts> {
  const judged = ofLargeClasses(images);
  const found: Shortcuts = { confidence: CONFIDENCE, images: 0, groups: 0, classes: 0, found: [] };
  const folds = judged.length === 0 ? null : findFolds(judged, { k: FOLDS, seed: SEED });
  if (folds === null) return found;
  const names = [...new Set(judged.map(({ label }) => label))].sort(compare);
  const { patients, count } = numbered(judged.map(({ group }) => group));
  const study: Study = {
    labels: Uint16Array.from(judged, ({ label }) => names.indexOf(label)),
    ...{ classes: names.length, folds, patients, count },
  };
  const rarest = Math.min(...[...Map.groupBy(judged, ({ label }) => label).values()].map(groupsOf));
  const candidates = candidatesOf(judged);
  // Of several that are tried, one would seem to tell something by chance.
  const confidence = 1 - (1 - CONFIDENCE) / Math.max(1, candidates.length);
  for (const { by, features } of candidates) {
    await breathe();
    signal?.throwIfAborted();
    const { value, influences } = crossValidate(features, study);
    found.found.push({ by, auroc: value, ...intervalOf(value, influences, { confidence, patients: rarest }) });
  }
  return { ...found, images: judged.length, groups: count, classes: names.length };
}

const groupsOf = (images: readonly Labelled[]): number => new Set(images.map(({ group }) => group)).size;

/** The images of the classes that have enough; none where fewer than two have. */
function ofLargeClasses(images: readonly Labelled[]): readonly Labelled[] {
  const large = [...Map.groupBy(images, ({ label }) => label)]
    .filter(([, own]) => own.length >= LEAST_TO_JUDGE.images && groupsOf(own) >= LEAST_TO_JUDGE.groups)
    .sort(([a, one], [b, other]) => other.length - one.length || compare(a, b))
    .slice(0, MOST_CLASSES)
    .map(([name]) => name);
  const names = new Set(large);
  return large.length < 2 ? [] : images.filter(({ label }) => names.has(label));
}

/** @param patients of the class that the fewest have */
function intervalOf(
  value: number,
  influences: Float64Array,
  { confidence, patients }: { confidence: number; patients: number },
): { low: number; high: number } {
  // Where nothing varies, no variance is seen, which is not certainty.
  if (value < ROUNDING || value > 1 - ROUNDING) return wilson(Math.round(value) * patients, patients, confidence);
  const slope = value * (1 - value);
  const { low, high } = clusteredInterval(Math.log(value / (1 - value)), influences.map((each) => each / slope), confidence); // prettier-ignore
  const share = (logit: number): number => 1 / (1 + Math.exp(-logit));
  return { low: share(low), high: share(high) };
}
