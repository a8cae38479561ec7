import type { InputOf } from '../../contract/index.ts';
import type { Origin } from '../../contract/job.ts';
import { ESTIMATE_TITLES } from '../../contract/transferEstimates.ts';
import type { EstimateRanking, RankAgreement, RankFigure } from '../../contract/transferability.ts';
import { pValue } from './pair.ts';
import { paragraphs, table } from './table.ts';
import { counted, orNone } from './units.ts';

/** That of which a correlation is asked for. */
export const fromJob = ({ origin }: { origin?: Origin | undefined }): InputOf<'transferability.correlation'> => ({
  from: { kind: 'job', id: origin!.job },
});

/** Why LEEP is missing. */
export const WITHOUT_LEEP =
  'LEEP needs the class probabilities of the source’s own classifier: it is there for runs that were trained here with a softmax, and not for pretrained weights, which are kept without their classifier.';

const KNOWN_TO_FAIL =
  'On medical images such estimates are known to fail (arXiv:2308.07444, arXiv:2412.20172): by themselves they are no ground to choose.';

/** How estimates ranked what was measured: tables, and what may be said of each estimate. @param noun `cut` or `source` */
export function describeRankings(rankings: readonly EstimateRanking[], noun: 'cut' | 'source'): string {
  const tuned = rankings.find(({ against }) => against === 'fineTuned');
  const probed = rankings.find(({ against }) => against === 'probe');
  return paragraphs(
    tuned
      ? paragraphs(heading(tuned, noun), figures(tuned), tuned.agreements.map((each) => verdict(each, noun)).join('\n'))
      : `Whether these estimates rank the ${noun}s as fine-tuning does is not known: there are no completed runs of two or more of them on these images that differ in nothing else.`,
    probed &&
      paragraphs(
        `Against AUROC of the linear probe. It is measured on the same features as the estimates, so that agreement says little of fine-tuning.`,
        figures(probed),
      ),
    noun === 'cut' && 'Neighbouring cuts are alike: the intervals and p-values take them for independent, and are too narrow and too small.', // prettier-ignore
    KNOWN_TO_FAIL,
  );
}

const heading = ({ items, runs, epochs }: EstimateRanking, noun: string): string =>
  `Against fine-tuning: mean validation AUROC of ${counted(runs, 'run')} (${counted(epochs ?? 0, 'epoch')}) at ${counted(items.length, noun)}, on these images and with the same settings.`;

function figures({ agreements }: EstimateRanking): string {
  return table(
    [
      { title: 'Estimate' },
      { title: 'n', align: 'right' },
      { title: 'Kendall’s τ-b', align: 'right' },
      { title: 'p', align: 'right' },
      { title: 'Weighted τ', align: 'right' },
      { title: 'p', align: 'right' },
      { title: 'Spearman’s ρ', align: 'right' },
      { title: 'p', align: 'right' },
    ],
    agreements.map(({ estimate, n, kendall, weightedKendall, spearman }) => [
      ESTIMATE_TITLES[estimate],
      String(n),
      ...[kendall, weightedKendall, spearman].flatMap((each) => [figure(each), pOf(each)]),
    ]),
  );
}

const two = (value: number): string => value.toFixed(2).replace('-', '−');

function figure(found: RankFigure | null): string {
  if (found === null) return orNone(null);
  const { value, interval } = found;
  return interval ? `${two(value)} (${two(interval.low)} to ${two(interval.high)})` : two(value);
}

/** `~`: of permutations drawn at random. */
const pOf = (found: RankFigure | null): string =>
  found === null ? orNone(null) : `${found.method === 'exact' ? '' : '~ '}${pValue(found.p)}`;

function verdict({ estimate, n, kendall, verdict: what }: RankAgreement, noun: string): string {
  const title = ESTIMATE_TITLES[estimate];
  if (kendall === null || what === 'unknown')
    return `${title}: with ${counted(n, noun)} of which both are known, or all of them equal, nothing can be said.`;
  const { value, interval, p } = kendall;
  const range = interval ? `${two(interval.low)} to ${two(interval.high)}; ` : '';
  const found = `On your own images ${title} ranked ${counted(n, noun)} as fine-tuning did with Kendall’s τ ${two(value)} (${range}p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`})`;
  return what === 'agrees'
    ? `${found}: more than chance, also after Holm’s correction for all estimates here. On other images it may be otherwise.`
    : `${found}: this is no ground to choose by it.`;
}
