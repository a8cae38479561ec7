import type { Target } from './target.ts';

/**
 * The parts of a Brier score, which is miscalibration − discrimination + uncertainty: what recalibrating by the best
 * monotone function (isotonic regression) would gain, what that is better than the prevalence alone, and the score of the
 * prevalence (Dimitriadis, Gneiting and Jordan 2021). No bins are chosen.
 */
export function brierParts({ positive, probability }: Pick<Target, 'positive' | 'probability'>) {
  const n = positive.length;
  const recalibrated = isotonic(positive, probability);
  const score = (of: (image: number) => number) =>
    positive.reduce((sum, truth, image) => sum + (of(image) - truth) ** 2, 0) / n;
  const prevalence = positive.reduce((sum, each) => sum + each, 0) / n;
  const own = score((image) => probability[image]!);
  const best = score((image) => recalibrated[image]!);
  const uncertainty = prevalence * (1 - prevalence);
  return { miscalibration: own - best, discrimination: uncertainty - best, uncertainty };
}

/** Shares that rise with the probability and are nearest to the truth: pool adjacent violators, equal probabilities as one. */
function isotonic(positive: Uint8Array, probability: Float64Array): Float64Array {
  const order = Uint32Array.from(probability, (_, image) => image).sort((a, b) => probability[a]! - probability[b]!);
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((image, at) => {
    const tied = at > 0 && probability[image] === probability[order[at - 1]!];
    const block = tied ? blocks.pop()! : { sum: 0, count: 0 };
    blocks.push({ sum: block.sum + positive[image]!, count: block.count + 1 });
    if (probability[image] === probability[order[at + 1]!]) return;
    while (blocks.length > 1) {
      const [before, last] = blocks.slice(-2) as [(typeof blocks)[number], (typeof blocks)[number]];
      if (before.sum * last.count < last.sum * before.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const result = new Float64Array(positive.length);
  let at = 0;
  for (const { sum, count } of blocks) for (let each = 0; each < count; each++) result[order[at++]!] = sum / count;
  return result;
}
