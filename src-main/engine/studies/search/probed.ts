/** What a linear probe finds at a cut: its cross-validated AUPRC and the standard error of that. */
export interface Probed {
  cut: string;
  auprc: number;
  error: number;
}

/** Standard errors below the best probe, beyond which a cut is too far behind to catch up by fine-tuning. */
const FAR = 2;
/** Fewest and most cuts that get a run; short runs of more than these would cost what the search is to save. */
const FEWEST = 3;
const MOST = 5;

/**
 * The cuts worth a run, from shallow to deep. Dropped are, first, cuts that are dominated: a shallower, smaller one is
 * linearly as good or better, so the layers between add nothing; second, cuts whose probe is more than `FAR` standard
 * errors (the larger of the two) below the best one. Where fewer than `FEWEST` are left, the best of those dropped come
 * back; of more than `MOST`, the best are kept.
 * @param probes from shallow to deep
 */
export function worthARun(probes: readonly Probed[]): string[] {
  const best = probes.reduce((a, b) => (b.auprc > a.auprc ? b : a));
  let highest = Number.NEGATIVE_INFINITY;
  const kept = probes.filter(({ auprc, error }) => {
    const gains = auprc > highest;
    highest = Math.max(highest, auprc);
    return gains && best.auprc - auprc <= FAR * Math.max(error, best.error);
  });
  const byProbe = (some: readonly Probed[]): Probed[] => some.toSorted((a, b) => b.auprc - a.auprc);
  const others = byProbe(probes.filter((each) => !kept.includes(each)));
  const chosen = new Set([...byProbe(kept), ...others].slice(0, Math.min(MOST, Math.max(FEWEST, kept.length))));
  return probes.filter((each) => chosen.has(each)).map(({ cut }) => cut);
}
