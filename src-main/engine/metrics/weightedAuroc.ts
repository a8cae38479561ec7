import { rankClasses, type Predictions, type Resampled } from './bootstrap.ts';
import { patientDraws, type Drawing } from './draws.ts';
import { COUNTS, countRanked, PAIRS, POSITIVES, WINS, type RankedImages } from './ranking.ts';

/**
 * AUROC of each class against the rest, weighted by its share of the images: `roc_auc_score(multi_class='ovr',
 * average='weighted')` of scikit-learn, and the figure of van den Brandt et al. 2021, section IV. Of two classes it is their
 * AUROC. A class that no image has weighs nothing; scikit-learn refuses such data.
 * @returns in [0, 1]; null where all images are of one class
 */
export function weightedAuroc(predictions: Predictions): number | null {
  const value = areaOf(rankClasses(predictions, numbersOf([predictions])), ones(predictions.labels.length), scratch());
  return Number.isNaN(value) ? null : value;
}

/** Runs whose figures are set against each other: `own[i]` and `baseline[i]` were tested on the same images. */
export interface Pairing {
  own: readonly number[];
  baseline: readonly number[];
}

/** Per cent, equation 1 of van den Brandt et al. 2021; NaN where the baseline ranks every pair wrongly. */
export const TRANSFERABILITY = (own: number, baseline: number): number =>
  baseline === 0 ? NaN : (100 * (own - baseline)) / baseline;
export const DIFFERENCE = (own: number, baseline: number): number => own - baseline;

/**
 * A figure of pairs of runs, mean over the pairs, with what it is in each resample of the patients: both runs of a pair see
 * the same patients, each with all images, and all pairings the same resamples (paired cluster bootstrap, Field and Welsh
 * 2007). How far one training lies from another of the same data is not in it.
 * @param runs test predictions
 * @returns value null without pairs, and where a run was tested on one class; resamples NaN where one leaves one
 * class only, or no figure
 */
export async function pairedAurocs(
  runs: readonly Predictions[],
  pairings: readonly Pairing[],
  { figure, ...drawing }: Drawing & { figure: (own: number, baseline: number) => number },
): Promise<Resampled[]> {
  const patients = numbersOf(runs);
  const ranked = runs.map((run) => rankClasses(run, patients));
  const areas = new Float64Array(runs.length);
  const into = scratch();
  const measure = (weights: Uint32Array): number[] => {
    ranked.forEach((classes, run) => void (areas[run] = areaOf(classes, weights, into)));
    return pairings.map(({ own, baseline }) => {
      const sum = own.reduce((total, run, at) => total + figure(areas[run]!, areas[baseline[at]!]!), 0);
      return sum / own.length;
    });
  };
  const results = measure(ones(patients.size)).map((value) => ({
    value: Number.isNaN(value) ? null : value,
    resamples: new Float64Array(drawing.resamples),
  }));
  let resample = 0;
  for await (const weights of patientDraws(patients.size, drawing)) {
    const values = measure(weights);
    results.forEach((result, at) => void (result.resamples[resample] = values[at]!));
    resample++;
  }
  return results;
}

/** NaN where no class has a pair. */
function areaOf(classes: readonly RankedImages[], weights: Uint32Array, counts: Float64Array): number {
  let sum = 0;
  let images = 0;
  for (const each of classes) {
    countRanked(each, weights, counts, 0);
    const positives = counts[POSITIVES]!;
    if (positives === 0) continue;
    sum += (positives * counts[WINS]!) / counts[PAIRS]!;
    images += positives;
  }
  return sum / images;
}

const scratch = (): Float64Array => new Float64Array(COUNTS);
const ones = (count: number): Uint32Array => new Uint32Array(count).fill(1);

function numbersOf(runs: readonly Predictions[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { groups } of runs) for (const group of groups) if (!numbers.has(group)) numbers.set(group, numbers.size);
  return numbers;
}
