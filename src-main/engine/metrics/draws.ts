import { setImmediate as turn } from 'node:timers/promises';
import { generator } from '../random.ts';

export interface Drawing {
  resamples: number;
  seed: number;
  signal?: AbortSignal | undefined;
  /** Another stream of the seed draws others. */
  stream?: string;
}

/** Milliseconds between two turns of the event loop. */
const A_TURN = 20;

/** The patient of each image by number, counted from 0 in the order of the images. */
export function numbered(groups: readonly string[]): { patients: Uint32Array; count: number } {
  const numbers = new Map<string, number>();
  const patients = Uint32Array.from(groups, (group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  return { patients, count: numbers.size };
}

/**
 * Patients drawn with replacement, resample after resample: how often each was drawn. All that is resampled
 * by one stream is resampled together. The array is the same one every time. Abort with `signal`.
 */
export async function* patientDraws(
  count: number,
  { resamples, seed, signal, stream = 'bootstrap' }: Drawing,
): AsyncGenerator<Uint32Array> {
  const weights = new Uint32Array(count);
  const random = generator(seed, stream);
  let since = -Infinity;
  for (let resample = 0; resample < resamples; resample++) {
    if (performance.now() - since > A_TURN) {
      await turn();
      signal?.throwIfAborted();
      since = performance.now();
    }
    weights.fill(0);
    for (let drawn = 0; drawn < count; drawn++) weights[Math.floor(random() * count)]! += 1;
    yield weights;
  }
}
