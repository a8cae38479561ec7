import type { CutPoint } from '../../../contract/backbone.ts';
import type { SearchCertainty } from '../../../contract/comparison/search.ts';
import { countedGroups } from '../../../contract/groups.ts';
import { comparisonPatients } from '../../cohort/parts.ts';
import { additiveFit, meansBy, type AdditiveFit } from '../../metrics/additive.ts';
import type { Predictions } from '../../metrics/bootstrap.ts';
import { correctedSelection } from '../../metrics/selection.ts';
import { studentQuantile } from '../../metrics/tails.ts';
import { counted } from './result.ts';
import type { ScoredTrial, Search } from './trials.ts';

const LEVEL = 0.05;
const DRAWS = 1000;

/** A run of a cut that was trained to the end. */
interface WholeRun {
  cut: string;
  seed: number;
  run: string;
  value: number;
  parameters: number;
  macs: number;
}

/**
 * How sure the choice of a cut is: which others are not worse beyond the noise of the seeds, the smallest of these, and what
 * is left of the score once it is corrected for having been the best.
 *
 * The band is that of multiple comparisons with the best (Hsu 1984), one-sided at 5 %: the difference of two means, as if every
 * cut had every seed, against Student's t times its standard error, with Bonferroni's bound for the number of cuts, which is
 * at least Dunnett's. So with few seeds it is wide, as it should be.
 */
export async function certaintyOf(
  { comparison, records }: Search,
  chosen: ScoredTrial,
  points: readonly CutPoint[],
): Promise<SearchCertainty> {
  const { base, strategy } = comparison.plan;
  const runs = records.flatMap(({ cell, status, run, validationAuprc: value, parameters, macs }): WholeRun[] =>
    cell.strategy === strategy && cell.cut !== null && cell.epochs === base.epochs && status === 'completed' && run !== null && value !== null
      ? [{ cut: cell.cut, seed: cell.seed, run, value, parameters, macs }]
      : [],
  ); // prettier-ignore
  const cuts = [...new Set(runs.map(({ cut }) => cut))];
  const scores = runs.map(({ cut, seed, value }) => ({ candidate: cuts.indexOf(cut), seed, value }));
  const fit = cuts.length > 1 ? additiveFit(scores) : null;
  if (fit === null) {
    const sentence =
      'No other cut was trained to the end, so that how far the choice is chance is not known, nor how much too good its score is for having been the best.';
    return { band: null, optimism: null, sentences: [sentence] };
  }
  const band = bandOf(fit, { runs, cuts, chosen: chosen.cut, points });
  const optimism = await optimismOf(comparison, fit, { runs, cuts, chosen: chosen.cut });
  return { band, optimism: optimism.found, sentences: [...bandSentences(band, chosen, runs), ...optimism.sentences] };
}

type Whole = { runs: readonly WholeRun[]; cuts: readonly string[]; chosen: string };

function bandOf(
  fit: AdditiveFit,
  { runs, cuts, chosen, points }: Whole & { points: readonly CutPoint[] },
): SearchCertainty['band'] {
  if (fit.noise === null) return null;
  const { deviation, degrees, kind } = fit.noise;
  const values = runs.map(({ value }) => value);
  const means = meansBy(fit, values);
  const best = cuts.indexOf(chosen);
  const critical = studentQuantile(1 - LEVEL / (cuts.length - 1), degrees);
  const depth = new Map(points.map(({ name }, index) => [name, index]));
  const compared = cuts.map((cut, at) => {
    const contrast = fit.operator[best]!.map((each, score) => each - fit.operator[at]![score]!);
    const reach = critical * deviation * Math.hypot(...contrast);
    const difference = means[best]! - means[at]!;
    return { cut, difference, reach, within: at === best || difference <= reach };
  });
  const sizeOf = (cut: string) => runs.find((run) => run.cut === cut)!;
  // Layer-wise all are of one size: then the deepest cut, which trains least.
  const [smallest] = compared
    .filter(({ within }) => within)
    .map(({ cut }) => sizeOf(cut))
    .toSorted((a, b) => a.parameters - b.parameters || a.macs - b.macs || depth.get(b.cut)! - depth.get(a.cut)!);
  return { noise: kind, deviation, degrees, level: LEVEL, cuts: compared, smallest: smallest!.cut };
}

function bandSentences(band: SearchCertainty['band'], chosen: ScoredTrial, runs: readonly WholeRun[]): string[] {
  if (band === null) return ['Each cut was trained to the end under one seed only, so that the noise of the seeds is not known: other cuts may be as good.']; // prettier-ignore
  const others = band.cuts.filter(({ cut, within }) => within && cut !== chosen.cut).map(({ cut }) => cut);
  const noise = `${band.deviation.toFixed(3)} a run, ${counted(band.degrees, 'degree')} of freedom`;
  if (others.length === 0) return [`Every other cut that was trained to the end is worse beyond the noise of the seeds (${noise}).`]; // prettier-ignore
  const said = `Not worse beyond the noise of the seeds (${noise}): ${others.join(', ')}.`;
  const sizeOf = (cut: string) => runs.find((run) => run.cut === cut)!.parameters;
  const parameters = sizeOf(band.smallest);
  const alike = others.every((cut) => sizeOf(cut) === chosen.parameters);
  if (band.smallest === chosen.cut)
    return [said, alike ? 'Of these the chosen cut trains least.' : 'The chosen cut is the smallest of these.'];
  return parameters === chosen.parameters
    ? [said, `The one of these that trains least is ${band.smallest}.`]
    : [said, `The smallest of these is ${band.smallest}, with ${((100 * parameters) / chosen.parameters).toFixed(1)} % of the parameters of the chosen one.`]; // prettier-ignore
}

async function optimismOf(
  { id, workspace, signal }: Search['comparison'],
  fit: AdditiveFit,
  { runs, cuts, chosen }: Whole,
): Promise<{ found: SearchCertainty['optimism']; sentences: string[] }> {
  const { patients, grouping, rows: rowOf } = comparisonPatients(workspace.store, id, 'learnt');
  const predictions = runs.map(({ run }): Predictions => {
    const rows = workspace.store.predictions.load(run, 'validation');
    return {
      labels: rows.map(({ label }) => label),
      ...(rowOf && { several: Int8Array.from(rows.flatMap(({ file }) => [...rowOf(file)])) }),
      probabilities: Float32Array.from(rows.flatMap(({ probabilities }) => [...probabilities])),
      groups: rows.map(({ file }) => patients.get(file) ?? `file:${file}`),
    };
  });
  const none = (reason: string) => ({ found: null, sentences: [reason] });
  if (predictions.some(({ labels }) => labels.length === 0))
    return none('How much too good its score is for having been the best is not known: predictions of a run are lost.');
  const found = await correctedSelection(predictions, (auprc) => meansBy(fit, auprc), {
    chosen: cuts.indexOf(chosen),
    draws: DRAWS,
    seed: 0,
    signal,
  });
  const groups = new Set(predictions.flatMap(({ groups: own }) => own)).size;
  if (found === null)
    return none('How much too good its score is for having been the best cannot be told: too few validation images of some class.'); // prettier-ignore
  const apparent = meansBy(fit, runs.map(({ value }) => value))[cuts.indexOf(chosen)]!; // prettier-ignore
  const sentences = [
    `Its score of ${apparent.toFixed(3)} is that of the best of ${cuts.length} cuts; corrected for that it is ${found.corrected.toFixed(3)} (the choice made anew on bootstrap samples of ${countedGroups(groups, grouping)}, the same cut in ${Math.round(100 * found.again)} % of them).`,
    'That each run’s best epoch was chosen on the same validation images is not in this correction: on others the score may be lower still.',
  ];
  return { found: { ...found, apparent, cuts: cuts.length, patients: groups }, sentences };
}
