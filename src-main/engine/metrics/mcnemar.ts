import { binomialMidP, normalTail } from './tails.ts';

/** Of one image, or of one patient, whether each of two networks was right. */
export interface Paired {
  group: string;
  own: boolean;
  other: boolean;
}

/** How often two networks were right on the same images, and whether that differs by more than chance. */
export interface McNemar {
  both: number;
  onlyOwn: number;
  onlyOther: number;
  neither: number;
  method: 'mid-p' | 'clustered' | 'sign';
  /** Two-sided. */
  p: number;
}

/** Patients that tip to one side, below which the chi-square distribution is not trusted, as in McNemar's own test. */
const ENOUGH = 25;

/**
 * McNemar's test of whether two networks are right equally often (1947).
 *
 * - `mid-p`: each patient counts once. The exact conditional test with its mid-p value, which keeps its level with few
 *   discordant images too (Fagerland, Lydersen and Laake 2013).
 * - `clustered`: patients have several images, or were tested under several seeds. With b images that only the one and c
 *   that only the other is right on, of n of a patient: (Σ (b − c) / n)² / Σ ((b − c) / n)², chi-square with one degree of
 *   freedom (Durkalski et al. 2003).
 * - `sign`: the same with fewer than 25 patients whose b and c differ: which of the two is the larger, patient by patient,
 *   by the exact binomial test with its mid-p value.
 */
export function mcnemar(pairs: readonly Paired[]): McNemar {
  const counts = { both: 0, onlyOwn: 0, onlyOther: 0, neither: 0 };
  for (const { own, other } of pairs) counts[own ? (other ? 'both' : 'onlyOwn') : other ? 'onlyOther' : 'neither'] += 1;
  const patients = [...Map.groupBy(pairs, ({ group }) => group).values()];
  if (patients.length === pairs.length) {
    const { onlyOwn, onlyOther } = counts;
    return { ...counts, method: 'mid-p', p: binomialMidP(Math.min(onlyOwn, onlyOther), onlyOwn + onlyOther) };
  }
  const shares = patients
    .map((images) => images.reduce((sum, { own, other }) => sum + Number(own) - Number(other), 0) / images.length)
    .filter((share) => share !== 0);
  if (shares.length < ENOUGH) {
    const better = shares.filter((share) => share > 0).length;
    return { ...counts, method: 'sign', p: binomialMidP(Math.min(better, shares.length - better), shares.length) };
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share ** 2, 0);
  return { ...counts, method: 'clustered', p: normalTail(sum / Math.sqrt(squares)) };
}
