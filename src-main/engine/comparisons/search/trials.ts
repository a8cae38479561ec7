import type { CutPoint } from '../../../contract/backbone.ts';
import { CutpointError } from '../../../contract/errors.ts';
import type { SearchPlan, SearchTrial } from '../../../contract/comparison/search.ts';
import type { CellRecord, ComparisonCell } from '../../../contract/comparison/shared.ts';
import { meanAndDeviation } from '../../metrics/summary.ts';
import type { ComparisonContext } from '../context.ts';

/** A search as it goes: what it asks of the comparison, what it has tried, and every run behind that. */
export interface Search {
  comparison: ComparisonContext<SearchPlan>;
  trials: SearchTrial[];
  records: CellRecord[];
}

/** The run of one cut under one seed; `epochs` left out: as many as the plan says. */
export function cellOf(
  { base, strategy }: SearchPlan,
  cut: string,
  seed: number,
  epochs = base.epochs,
): ComparisonCell {
  return { strategy, cut, source: base.source, seed, fold: null, share: base.trainShare, epochs };
}

/** The run of full fine-tuning under the first seed. */
export function fullCell({ base, seeds }: SearchPlan): ComparisonCell {
  const { source, trainShare: share, epochs } = base;
  return { strategy: 'full', cut: null, source, seed: seeds[0]!, fold: null, share, epochs };
}

/**
 * Trains the cuts under all the seeds given and adds a trial for each.
 * @param options.seeds default: those of the plan
 * @returns these trials, in the order of the cuts
 */
export async function tryCuts(
  search: Search,
  cuts: readonly string[],
  stage: string,
  options: { seeds?: readonly number[]; epochs?: number } = {},
): Promise<SearchTrial[]> {
  const { comparison, records } = search;
  const seeds = options.seeds ?? comparison.plan.seeds;
  const cells = cuts.flatMap((cut) => seeds.map((seed) => cellOf(comparison.plan, cut, seed, options.epochs)));
  const done = await comparison.train(cells);
  const trials = cuts.map((cut) => {
    const ofCut = done.filter(({ cell }) => cell.cut === cut);
    const before = trainingSeconds(comparison.plan.base, records);
    records.push(...ofCut);
    return trialOf(cut, { stage, records: ofCut, seconds: trainingSeconds(comparison.plan.base, records) - before });
  });
  search.trials.push(...trials);
  return trials;
}

/**
 * The runs of a cut in one figure. Where one of them failed there is none: the others stand for other patients than those
 * that the rest of the cuts are compared on.
 * @param options.seconds of training that these runs added
 */
export function trialOf(
  cut: string,
  { stage, records, seconds }: { stage: string; records: readonly CellRecord[]; seconds: number },
): SearchTrial {
  const complete = records.every(({ status }) => status === 'completed');
  return {
    cut,
    stage,
    validationAuprc: complete ? meanAndDeviation(records.map(({ validationAuprc }) => validationAuprc)) : null,
    parameters: records[0]?.parameters ?? 0,
    macs: records[0]?.macs ?? 0,
    trainingSeconds: seconds,
  };
}

/**
 * Seconds that all these runs trained. A run that went on where a shorter one had ended counts the epochs of that one too,
 * so of these only the longest is counted; with a cosine schedule every run began anew.
 */
export function trainingSeconds({ schedule }: SearchPlan['base'], records: readonly CellRecord[]): number {
  const longest = new Map<string, number>();
  for (const { cell, trainingSeconds: seconds } of records) {
    const { epochs, ...rest } = cell;
    const key = JSON.stringify(schedule.kind === 'cosine' ? [rest, epochs] : rest);
    longest.set(key, Math.max(longest.get(key) ?? 0, seconds));
  }
  return [...longest.values()].reduce((sum, seconds) => sum + seconds, 0);
}

/** Differences that are not shown count as ties: validation AUPRC to three decimals. */
const shown = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * Trials with a figure, best first: higher mean validation AUPRC to three decimals; of equal ones the fewest parameters,
 * then multiply-accumulates, then (layer-wise, where all are of one size) the deepest cut, which trains least.
 */
export function ranked(trials: readonly SearchTrial[], points: readonly CutPoint[]): ScoredTrial[] {
  const depth = new Map(points.map(({ name }, index) => [name, index]));
  return trials
    .filter((trial): trial is ScoredTrial => trial.validationAuprc !== null)
    .toSorted(
      (a, b) =>
        shown(b.validationAuprc.mean) - shown(a.validationAuprc.mean) ||
        a.parameters - b.parameters ||
        a.macs - b.macs ||
        depth.get(b.cut)! - depth.get(a.cut)!,
    );
}

export type ScoredTrial = SearchTrial & { validationAuprc: NonNullable<SearchTrial['validationAuprc']> };

/**
 * The first of `ranked`.
 * @throws CutpointError COMPARISON_STATE where no cut has all its runs
 */
export function bestOf({ records }: Search, trials: readonly SearchTrial[], points: readonly CutPoint[]): ScoredTrial {
  const [best] = ranked(trials, points);
  if (best) return best;
  const failed = records.find(({ error }) => error !== null)?.error;
  throw new CutpointError('COMPARISON_STATE', 'At every cut that was tried a run failed, so no cut can be chosen.', {
    remedy: failed?.remedy ?? 'Look at the errors of its runs, correct them, and resume the comparison.',
    details: { first: failed?.message },
  });
}
