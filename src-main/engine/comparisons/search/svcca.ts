import type { SearchPlan, SearchResult } from '../../../contract/comparison/search.ts';
import type { Detection } from '../../similarity/detector.ts';
import type { Course } from '../context.ts';
import { candidatesOf } from './cuts.ts';
import { detectCut } from './detector.ts';
import { counted, figure, searchResult } from './result.ts';
import { bestOf, fullCell, trialOf, tryCuts, type Search } from './trials.ts';

/**
 * The detector of Peng et al. 2023, appendix C.1: (1) full fine-tuning, under the first seed; (2) at every cut the SVCCA
 * coefficients of the features before against after; (3) those of random features of the same shape; (4) the cut from which
 * on the two overlap substantially (similarity/overlap.ts says how that is told); (5) truncated fine-tuning there, under all
 * seeds. Where they overlap nowhere all layers are reused, and the deepest cut is taken.
 */
export const svcca: Course<SearchPlan, SearchResult> = async (comparison) => {
  const { plan } = comparison;
  const { points } = candidatesOf(plan);
  const search: Search = { comparison, trials: [], records: [] };

  comparison.say('Full fine-tuning');
  const [full] = await comparison.train([fullCell(plan)]);
  search.records.push(full!);
  search.trials.push(trialOf(points.at(-1)!.name, { stage: 'full', records: [full!], seconds: full!.trainingSeconds }));
  const whole = bestOf(search, search.trials, points);

  comparison.say(`SVCCA at ${counted(points.length, 'cut')}, before against after`);
  const detected = await detectCut(
    comparison,
    full!.run!,
    points.map(({ name }) => name),
  );

  comparison.say(`Truncated fine-tuning at ${detected.cut}`);
  const best = bestOf(search, await tryCuts(search, [detected.cut], 'truncated'), points);
  const reason =
    `${where(detected)} Truncated there, validation AUPRC is ${figure(best)}, against ${figure(whole)} of the whole ` +
    `network fully fine-tuned.`;
  return searchResult(search, best, { reason, detector: detected.cuts });
};

function where({ cut, ends, cuts }: Detection): string {
  const { meanSvcca, randomSvcca, overlap, chosen } = cuts.find((row) => row.cut === cut)!;
  const [similar, chance, share] = [meanSvcca, randomSvcca, overlap].map((value) => value.toFixed(2));
  const figures = `SVCCA before against after is ${similar} there, ${chance} between random features, and overlaps with them by ${share}`;
  const stability = `${Math.round(100 * chosen)} % of the half-samples choose the same cut`;
  return ends
    ? `Feature reuse ends at ${cut}: ${figures}; ${stability}.`
    : `Features are reused at every cut up to ${cut}: ${figures}; ${stability}.`;
}
