/** What a linear probe finds at a cut: its cross-validated AUPRC and the standard error of that. */
export interface Probed {
  cut: string;
  auprc: number;
  error: number;
}

/**
 * Standard errors below the best probe, beyond which a cut is too far behind to catch up by fine-tuning. Many, because
 * among cuts that are nearer probes tell little of what fine-tuning finds: over the better half of the cuts of four sets,
 * one epoch of it ranks them with a Spearman correlation of 0.6 to 0.8 with whole runs, probes with -0.2 to 0.5.
 */
const FAR = 4;

/**
 * The cuts worth a run: all but those whose probe is more than `FAR` standard errors (the larger of the two) below the
 * best, and of these the best `most`.
 * @param probes from shallow to deep, as is the result
 */
export function worthARun(probes: readonly Probed[], most: number): string[] {
  const best = bestProbe(probes);
  const near = probes.filter(({ auprc, error }) => best.auprc - auprc <= FAR * Math.max(error, best.error));
  const chosen = new Set(near.toSorted((a, b) => b.auprc - a.auprc).slice(0, most));
  return near.filter((each) => chosen.has(each)).map(({ cut }) => cut);
}

/** The best of some probes, of equal ones the first. */
export function bestProbe(probes: readonly Probed[]): Probed {
  return probes.reduce((a, b) => (b.auprc > a.auprc ? b : a));
}
