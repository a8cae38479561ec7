import { setImmediate as turn } from 'node:timers/promises';
import { generator, shuffle } from '../random.ts';

/** Numbers that are made of patients, each counted as often as it weighs. */
export interface Weighable {
  patients: number;
  /** How many numbers there are. */
  numbers: number;
  /** Writes them; NaN what these weights do not define. @param weights per patient, a whole number */
  measure(weights: Uint32Array, into: Float64Array): void;
}

/** What the numbers are, in each draw, and with patients left out; one row a number. */
export interface ResampledNumbers {
  values: Float64Array;
  drawn: Float64Array[];
  left: Float64Array[];
}

/** Parts of the patients that are left out in turn: each patient is one as long as there are no more. */
const PARTS = 1000;
/** Milliseconds of computing between two turns of the event loop. */
const A_TURN = 20;

/**
 * Bootstrap and jackknife over patients. Draws are with replacement, as many as there are patients, each with all its cases
 * (Field and Welsh 2007), and the same for all numbers. The jackknife leaves out each patient, of more than 1,000 each of
 * as many random parts: the acceleration that it is for is the same for sums of patients as for patients.
 */
export async function resampleNumbers(
  { patients, numbers, measure }: Weighable,
  { resamples, seed, signal }: { resamples: number; seed: number; signal?: AbortSignal },
): Promise<ResampledNumbers> {
  const weights = new Uint32Array(patients).fill(1);
  const values = new Float64Array(numbers);
  measure(weights, values);

  const into = new Float64Array(numbers);
  let since = performance.now();
  const rows = async (count: number, weigh: (at: number) => void): Promise<Float64Array[]> => {
    const found = Array.from({ length: numbers }, () => new Float64Array(count));
    for (let at = 0; at < count; at++) {
      if (performance.now() - since > A_TURN) {
        await turn();
        signal?.throwIfAborted();
        since = performance.now();
      }
      weigh(at);
      measure(weights, into);
      for (let number = 0; number < numbers; number++) found[number]![at] = into[number]!;
    }
    return found;
  };

  const random = generator(seed, 'bootstrap');
  const drawn = await rows(resamples, () => {
    weights.fill(0);
    for (let draw = 0; draw < patients; draw++) weights[Math.floor(random() * patients)]! += 1;
  });

  const parts = Math.min(patients, PARTS);
  const all = Array.from({ length: patients }, (_, patient) => patient);
  const order = parts < patients ? shuffle(all, generator(seed, 'jackknife')) : all;
  const weighPart = (part: number, weight: number): void => {
    for (let at = part; at < patients; at += parts) weights[order[at]!] = weight;
  };
  weights.fill(1);
  const left = await rows(parts, (part) => {
    if (part > 0) weighPart(part - 1, 1);
    weighPart(part, 0);
  });
  return { values, drawn, left };
}
