import { MASK_FIGURES, POOLED_MASK_FIGURES, type MaskClass, type MaskFigure, type MaskSummary, type PooledMaskFigure } from '../../../contract/masks.ts'; // prettier-ignore
import { ROUNDING } from '../bca.ts';
import { percentileInterval } from '../bootstrap.ts';
import { numbered, patientDraws } from '../draws.ts';
import type { Compared } from './compare.ts';
import { OVERLAP_FIGURES } from './overlap.ts';

/** A number that is the sum of parts over the sum of wholes, of patients as often as each is drawn. */
interface Ratio {
  /** Of each patient. */
  parts: Float64Array;
  wholes: Float64Array;
  /** Images, or patients, that have a value. */
  of: number;
}

export type ClassSummary = Omit<MaskClass, 'name' | 'values'>;

/**
 * Of each class the means over the images, over the patients (of the means of their images), and the shares of all pixels
 * together, with percentile intervals of the bootstrap over patients (Field and Welsh 2007; Efron and Tibshirani 1993, section
 * 13.3). All are resampled together.
 * @param classes of each class what was compared, image by image
 * @param groups patient of each image
 */
export async function summariseMasks(
  classes: readonly (readonly Compared[])[],
  groups: readonly string[],
  {
    confidence,
    resamples,
    seed,
    signal,
  }: { confidence: number; resamples: number; seed: number; signal?: AbortSignal },
): Promise<ClassSummary[]> {
  const { patients, count } = numbered(groups);
  const ratios = classes.map((images) => ratiosOf(images, patients, count));
  const all = ratios.flatMap(({ images, patients: means, pooled }) =>
    [images, means, pooled].flatMap(Object.values<Ratio>),
  );
  const drawn = new Map(all.map((ratio) => [ratio, new Float64Array(resamples)]));
  let resample = 0;
  if (count > 1)
    for await (const weights of patientDraws(count, { resamples, seed, signal })) {
      for (const [ratio, into] of drawn) into[resample] = valueOf(ratio, weights);
      resample++;
    }
  const once = new Uint32Array(count).fill(1);
  const summaryOf = (ratio: Ratio): MaskSummary => {
    const value = valueOf(ratio, once);
    const [resampled, known] = [drawn.get(ratio)!, Number.isNaN(value) ? null : value];
    const found = count > 1 ? percentileInterval({ value: known, resamples: resampled }, confidence) : null;
    const varies = found !== null && resampled.some((each) => Math.abs(each - value) > ROUNDING);
    return { value: known, interval: varies ? { low: found.low, high: found.high } : null, of: ratio.of };
  };
  return ratios.map(({ images, patients: means, pooled }) => ({
    images: eachOf(MASK_FIGURES, (name) => summaryOf(images[name])),
    patients: eachOf(MASK_FIGURES, (name) => summaryOf(means[name])),
    pooled: eachOf(POOLED_MASK_FIGURES, (name) => summaryOf(pooled[name])),
  }));
}

const eachOf = <N extends string, T>(names: readonly N[], make: (name: N) => T): Record<N, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, T>;

/** NaN where the patients that are drawn define none. */
function valueOf({ parts, wholes }: Ratio, weights: Uint32Array): number {
  let [part, whole] = [0, 0];
  for (let patient = 0; patient < weights.length; patient++) {
    part += weights[patient]! * parts[patient]!;
    whole += weights[patient]! * wholes[patient]!;
  }
  return part / whole;
}

interface Ratios {
  images: Record<MaskFigure, Ratio>;
  patients: Record<MaskFigure, Ratio>;
  pooled: Record<PooledMaskFigure, Ratio>;
}

function ratiosOf(images: readonly Compared[], patients: Uint32Array, count: number): Ratios {
  const means = eachOf(MASK_FIGURES, (name): Ratio => {
    const ratio = { parts: new Float64Array(count), wholes: new Float64Array(count), of: 0 };
    for (const [image, { figures }] of images.entries()) {
      const { value } = figures[name];
      if (value === null) continue;
      ratio.parts[patients[image]!]! += value;
      ratio.wholes[patients[image]!]! += 1;
      ratio.of++;
    }
    return ratio;
  });
  return {
    images: means,
    patients: eachOf(MASK_FIGURES, (name): Ratio => {
      const { parts, wholes } = means[name];
      const own = wholes.map((whole) => Math.min(whole, 1));
      return { parts: parts.map((part, at) => part / Math.max(wholes[at]!, 1)), wholes: own, of: own.reduce((sum, one) => sum + one, 0) }; // prettier-ignore
    }),
    pooled: eachOf(POOLED_MASK_FIGURES, (name): Ratio => {
      const ratio = { parts: new Float64Array(count), wholes: new Float64Array(count), of: images.length };
      for (const [image, { counts }] of images.entries()) {
        const [part, whole] = OVERLAP_FIGURES[name].of(counts);
        ratio.parts[patients[image]!]! += part;
        ratio.wholes[patients[image]!]! += whole;
      }
      return ratio;
    }),
  };
}
