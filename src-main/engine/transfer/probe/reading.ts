import type { ProbedCut } from '../../../contract/probe.ts';

/**
 * The best cut by AUPRC, and the first one within one standard error of it: the rule of Breiman et al. 1984 (Classification
 * and Regression Trees, 3.4.3), by which what is simpler wins where the numbers do not tell.
 * @param cuts in the order of the network, at least one
 */
export function readSweep(cuts: readonly ProbedCut[]): { first: string; best: string } {
  const best = cuts.reduce((a, b) => (b.auprc.mean > a.auprc.mean ? b : a));
  const least = best.auprc.mean - standardError(best.auprc);
  return { first: cuts.find(({ auprc }) => auprc.mean >= least)!.name, best: best.name };
}

const standardError = ({ deviation, n }: ProbedCut['auprc']): number => (deviation ?? 0) / Math.sqrt(n);
