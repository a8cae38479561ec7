import { rankClasses, type Predictions } from './bootstrap.ts';
import { patientDraws } from './draws.ts';
import { countRanked, COUNTS, PAIRS, POSITIVES, PRECISION, type RankedImages } from './ranking.ts';

/** How good the best of several candidates is once it is no longer judged by the patients that chose it. */
export interface CorrectedSelection {
  /** Score of the chosen one corrected for having been the best; never above its own. */
  corrected: number;
  /** Share of the draws in which the same candidate was chosen again. */
  again: number;
  /** Draws that define every score. */
  draws: number;
}

/**
 * Bootstrap bias correction of a selection (BBC-CV, Tsamardinos, Greasidou and Borboudakis 2018): patients are drawn with
 * replacement, each with all its images, the candidate with the best AUPRC on them is chosen anew, and scored on the patients
 * who were not drawn. As average precision depends on how many images of which class there are, both are taken relative to
 * the mean of all candidates on the same patients, which nobody selected; the corrected score is that mean on all patients plus
 * what the choices gain over it on others.
 *
 * @param runs validation predictions, all with the same k classes or labels
 * @param means of the candidates, from the AUPRC of each run
 * @param options.chosen index of the candidate that was chosen on all patients
 * @returns null where fewer than half of the draws define all scores
 */
export async function correctedSelection(
  runs: readonly Predictions[],
  means: (auprc: Float64Array) => Float64Array,
  { chosen, draws, seed, signal }: { chosen: number; draws: number; seed: number; signal?: AbortSignal | undefined },
): Promise<CorrectedSelection | null> {
  const patients = new Map<string, number>();
  for (const { groups } of runs)
    for (const group of groups) if (!patients.has(group)) patients.set(group, patients.size);
  const ranked = runs.map((run) => rankClasses(run, patients));
  const scores = new Float64Array(runs.length);
  const measure = (weights: Uint32Array): Float64Array => {
    ranked.forEach((classes, run) => (scores[run] = auprcOf(classes, weights)));
    return means(scores);
  };
  const mean = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0) / values.length;

  const all = measure(new Uint32Array(patients.size).fill(1));
  const rest = new Uint32Array(patients.size);
  let [gain, again, defined] = [0, 0, 0];
  for await (const drawn of patientDraws(patients.size, { resamples: draws, seed, signal, stream: 'selection' })) {
    drawn.forEach((weight, patient) => (rest[patient] = weight === 0 ? 1 : 0));
    const [within, outside] = [measure(drawn), measure(rest)];
    if (within.some(Number.isNaN) || outside.some(Number.isNaN)) continue;
    const best = within.indexOf(Math.max(...within));
    gain += outside[best]! - mean(outside);
    again += best === chosen ? 1 : 0;
    defined += 1;
  }
  if (defined < draws / 2 || Number.isNaN(all[chosen]!)) return null;
  return { corrected: Math.min(all[chosen]!, mean(all) + gain / defined), again: again / defined, draws: defined };
}

/** Average precision, the plain mean over the classes or labels that have images on these patients; NaN where none has. */
function auprcOf(classes: readonly RankedImages[], weights: Uint32Array): number {
  const counts = new Float64Array(COUNTS);
  let [sum, judged] = [0, 0];
  for (const images of classes) {
    countRanked(images, weights, counts, 0);
    if (counts[PAIRS] === 0) continue;
    sum += counts[PRECISION]! / counts[POSITIVES]!;
    judged += 1;
  }
  return judged === 0 ? Number.NaN : sum / judged;
}
