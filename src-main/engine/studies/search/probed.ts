/** What a linear probe finds at a cut: its cross-validated AUPRC and the standard error of that. */
export interface Probed {
  cut: string;
  auprc: number;
  error: number;
}

/** Standard errors below the best probe, beyond which a cut is too far behind to catch up by fine-tuning. */
const FAR = 3;
/**
 * The cuts worth a run, from shallow to deep. First those are dropped whose probe is more than `FAR` standard errors (the
 * larger of the two) below the best. What is left often is a plateau on which probes cannot order cuts of different depth,
 * and fine-tuning will; so it is divided into `most` stretches of neighbouring cuts, and within each all are dropped that
 * another one dominates: whose probe is better, or as good at a smaller depth.
 * @param probes from shallow to deep
 */
export function worthARun(probes: readonly Probed[], most: number): string[] {
  const best = better(probes);
  const near = probes.filter(({ auprc, error }) => best.auprc - auprc <= FAR * Math.max(error, best.error));
  const stretches = Math.min(most, near.length);
  const boundary = (index: number): number => Math.round((index * near.length) / stretches);
  return Array.from({ length: stretches }, (_, i) => better(near.slice(boundary(i), boundary(i + 1))).cut);
}

/** The cut with the best probe, of equal ones the first. */
export const bestProbe = (probes: readonly Probed[]): string => better(probes).cut;

function better(probes: readonly Probed[]): Probed {
  return probes.reduce((a, b) => (b.auprc > a.auprc ? b : a));
}
