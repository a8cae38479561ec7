import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { ProbedCut, ProbeReport } from '../../contract/probe.ts';
import { ESTIMATE_TITLES, type AskedEstimates } from '../../contract/transferEstimates.ts';
import type { EstimateRanking } from '../../contract/transferability.ts';
import { positiveSentence } from './positive.ts';
import { describeRankings, WITHOUT_LEEP } from './rankings.ts';
import { paragraphs, table, type Column } from './table.ts';
import { counted, duration, orNone, scaled } from './units.ts';

/** Those that are measured when they are asked for. */
export const ESTIMATE_COLUMNS = (['nLeep', 'parc', 'leep'] as const).map((name): Column => ({
  title: ESTIMATE_TITLES[name],
  align: 'right',
}));

export const estimateCells = ({ nLeep, parc, leep }: AskedEstimates): string[] =>
  [nLeep, parc, leep].map((value) => orNone(value?.toFixed(3)));

const UNMEASURED =
  'LogME and H-score are no ground to choose a cut by as long as it is not measured how they rank cuts on these images beside fine-tuning: --estimates does.';

/** A sweep as text: a row per cut, and what it says in one sentence. */
export function describeProbe(report: ProbeReport, rankings?: readonly EstimateRanking[]): string {
  const { cuts, images, patients, folds, seconds, warnings } = report;
  const estimated = cuts.some(({ estimates }) => estimates);
  return paragraphs(
    `${nameOf(report)}: ${cohortOf({ images, groups: patients }, report.grouping)}, ${folds} folds by ${wordsFor(report.grouping).one}${leftOutWords(report)}`,
    table(
      [
        { title: 'Cut' },
        { title: 'Block' },
        { title: 'Parameters', align: 'right' },
        { title: 'MACs', align: 'right' },
        { title: 'AUROC', align: 'right' },
        { title: 'AUPRC', align: 'right' },
        { title: 'LogME', align: 'right' },
        { title: 'H-score', align: 'right' },
        ...(estimated ? ESTIMATE_COLUMNS : []),
      ],
      cuts.map((cut) => [
        cut.name,
        cut.endsBlock ? `${cut.block} (end)` : cut.block,
        scaled(cut.parameters),
        scaled(cut.macs),
        withDeviation(cut.auroc),
        withDeviation(cut.auprc),
        cut.logMe?.toFixed(3) ?? orNone(null),
        cut.hScore?.toFixed(3) ?? orNone(null),
        ...(cut.estimates ? estimateCells(cut.estimates) : []),
      ]),
    ),
    reading(report),
    estimated && cuts.every(({ estimates }) => !estimates || estimates.leep === null) && WITHOUT_LEEP,
    rankings ? describeRankings(rankings, 'cut') : UNMEASURED,
    positiveSentence(report.classes),
    warnings.map(({ code, message }) => `${message} [${code}]`).join('\n'),
    `One pass ${duration(seconds.pass)}, probes ${duration(seconds.probes)}${seconds.estimates === undefined ? '' : `, of which estimates ${duration(seconds.estimates)}`}. ± is the standard deviation over the folds.`,
  );
}

/** `; left out: …` where images were, else nothing. */
export function leftOutWords({ leftOut }: Pick<ProbeReport, 'leftOut'>): string {
  const left = [
    leftOut.test > 0 && `${counted(leftOut.test, 'image')} of the test part`,
    leftOut.limit > 0 && `${counted(leftOut.limit, 'image')} beyond the limit`,
  ].filter(Boolean);
  return left.length > 0 ? `; left out: ${left.join(', ')}` : '';
}

function nameOf({ network }: ProbeReport): string {
  if (network.kind === 'run') return `Run ${network.run}, ${network.at === 'best' ? 'after' : 'before'} fine-tuning`;
  return `${network.backbone}, ${network.source ?? `random weights, seed ${network.seed}`}`;
}

export const withDeviation = ({ mean, deviation }: ProbedCut['auroc']): string =>
  `${mean.toFixed(3)} ± ${(deviation ?? 0).toFixed(3)}`;

function reading({ cuts, first, best }: ProbeReport): string {
  const [early, top] = [first, best].map((name) => cuts.find((cut) => cut.name === name)!) as [ProbedCut, ProbedCut];
  const last = cuts.at(-1)!;
  if (early === top) {
    const whole =
      top === last ? 'the end of the network' : `${scaled(last.parameters - top.parameters)} parameters before its end`;
    return `The best cut for a linear classifier is ${top.name} (AUPRC ${top.auprc.mean.toFixed(3)}), ${whole}; none before it is within one standard error.`;
  }
  return `${early.name} (AUPRC ${early.auprc.mean.toFixed(3)}, ${scaled(early.parameters)} of ${scaled(last.parameters)} parameters) is the first cut within one standard error of the best, ${top.name} (${top.auprc.mean.toFixed(3)}).`;
}
