/** Areas under the two curves of one class against the rest, in [0, 1]; null where one of the two is empty. */
export interface Ranking {
  auroc: number | null;
  auprc: number | null;
}

/**
 * How well scores rank positives above negatives. O(n log n); equal scores are one threshold.
 *
 * - AUROC: the Mann–Whitney statistic, the share of (positive, negative) pairs ranked rightly, ties counting one half.
 * - AUPRC: average precision, Σ (Rᵢ − Rᵢ₋₁) Pᵢ over descending thresholds, without interpolation; what scikit-learn
 *   calls `average_precision_score`.
 *
 * @param positive per image, 1 for the class and 0 for the rest
 * @param scores per image, larger for more likely positive; finite
 */
export function ranking(positive: Uint8Array, scores: Float32Array): Ranking {
  const n = scores.length;
  const positives = positive.reduce((sum, one) => sum + one, 0);
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return { auroc: null, auprc: null };

  const order = Uint32Array.from({ length: n }, (_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  let [truePositives, falsePositives, pairs, precisionSum] = [0, 0, 0, 0];
  for (let start = 0, end = 0; start < n; start = end) {
    let tiedPositives = 0;
    while (end < n && scores[order[end]!] === scores[order[start]!]) tiedPositives += positive[order[end++]!]!;
    const tiedNegatives = end - start - tiedPositives;
    pairs += tiedNegatives * (truePositives + tiedPositives / 2);
    truePositives += tiedPositives;
    falsePositives += tiedNegatives;
    precisionSum += tiedPositives * (truePositives / (truePositives + falsePositives));
  }
  return { auroc: pairs / (positives * negatives), auprc: precisionSum / positives };
}
