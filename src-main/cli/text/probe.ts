import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { ProbedCut, ProbeReport } from '../../contract/probe.ts';
import { positiveSentence } from './positive.ts';
import { paragraphs, table } from './table.ts';
import { counted, duration, scaled } from './units.ts';

/** A sweep as text: a row per cut, and what it says in one sentence. */
export function describeProbe(report: ProbeReport): string {
  const { cuts, images, patients, folds, seconds, leftOut, warnings } = report;
  const left = [
    leftOut.test > 0 && `${counted(leftOut.test, 'image')} of the test part`,
    leftOut.limit > 0 && `${counted(leftOut.limit, 'image')} beyond the limit`,
  ].filter(Boolean);
  return paragraphs(
    `${nameOf(report)}: ${cohortOf({ images, groups: patients }, report.grouping)}, ${folds} folds by ${wordsFor(report.grouping).one}${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`,
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
      ],
      cuts.map((cut) => [
        cut.name,
        cut.endsBlock ? `${cut.block} (end)` : cut.block,
        scaled(cut.parameters),
        scaled(cut.macs),
        withDeviation(cut.auroc),
        withDeviation(cut.auprc),
        cut.logMe.toFixed(3),
        cut.hScore.toFixed(3),
      ]),
    ),
    reading(report),
    positiveSentence(report.classes),
    warnings.map(({ code, message }) => `${message} [${code}]`).join('\n'),
    `One pass ${duration(seconds.pass)}, probes ${duration(seconds.probes)}. ± is the standard deviation over the folds.`,
  );
}

function nameOf({ network }: ProbeReport): string {
  if (network.kind === 'run') return `Run ${network.run}, ${network.at === 'best' ? 'after' : 'before'} fine-tuning`;
  return `${network.backbone}, ${network.source ?? `random weights, seed ${network.seed}`}`;
}

const withDeviation = ({ mean, deviation }: ProbedCut['auroc']): string =>
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
