import { cohortOf } from '../../contract/groups.ts';
import { asLineage } from '../../contract/origin.ts';
import { LABEL_FROM } from '../../contract/decision.ts';
import type { ReportFigures, StudyReport } from '../../contract/report.ts';
import { code, table } from '../export/markdown.ts';
import { headline, ofSeveralLabels, PART_WORDS, shownInterval } from './headline.ts';
import { methodParagraphs } from './sections/methods.ts';
import { openings } from './sections/summary.ts';
import { between, counted, day, score, share } from './words.ts';

/** A model card in Markdown of what a report is of: what the model is for, what it was made of, how well it did. */
export function reportCard(report: StudyReport): string {
  const { subject, producer, createdAt, cohort, approach, weights } = report;
  const { network, source } = approach;
  const figures = headline(report);
  const lines = [
    `# ${subject.title}`,
    '',
    `Cutpoint ${producer}, ${day(createdAt)}, run ${code(subject.run)}.`,
    '',
    '**Not a medical device.** It is meant for research, on images like those it was trained on. It has not been assessed for use on patients; on images of another scanner, hospital or population it may be wrong without any sign of it.',
    '',
    '## Data',
    '',
    ...table(
      ['Part', 'Images'],
      cohort.parts.map(({ part, grouping, ...counts }) => [part, cohortOf(counts, grouping)]),
    ),
    '',
    `Fingerprint of the data: ${code(cohort.fingerprint)}. Test set: ${openings(report)}.`,
    ...cohort.findings.flatMap(({ message, accepted }) => ['', `- ${message}${accepted ? ' **Accepted.**' : ''}`]),
    '',
    '## Methods',
    ...methodParagraphs(report).flatMap((each) => ['', each]),
    '',
    `## Results on the ${PART_WORDS[figures.on]}`,
    '',
    ...(ofSeveralLabels(report) ? labelFigures(figures) : classFigures(figures)),
    '',
    '## Network',
    '',
    ...table(
      ['', 'This model', 'Whole backbone', 'Share'],
      [
        ['Parameters', counted(network.parameters), counted(network.full.parameters), share(network.parameters, network.full.parameters)],
        ['Multiply-accumulates', counted(network.macs), counted(network.full.macs), share(network.macs, network.full.macs)],
      ], // prettier-ignore
    ),
    '',
    `SHA-256 of the weights: ${'missing' in weights ? weights.missing : code(weights.sha256)}.`,
    `Network: ${network.paper}. ${source ? `Pretrained weights: ${code(source.name)}, ${source.lineage ? `trained here: ${asLineage(source.lineage)}` : `licence ${source.licence ?? 'not known to Cutpoint'}`}.` : 'Training began with random weights.'}`,
  ];
  return `${lines.join('\n')}\n`;
}

const classFigures = ({ metrics, intervals, classes }: ReportFigures): string[] => [
  ...table(
    ['Measure', 'Value'],
    [
      ['AUROC', between(metrics.auroc, intervals?.auroc)],
      ['Average precision', between(metrics.auprc, intervals?.auprc)],
      ['Accuracy', between(metrics.accuracy, intervals?.accuracy)],
      ['Balanced accuracy', score(metrics.balancedAccuracy)],
      ['Sensitivity', between(metrics.sensitivity, intervals?.sensitivity)],
      ['Specificity', between(metrics.specificity, intervals?.specificity)],
    ],
  ),
  '',
  'Confusion matrix (rows: true class; columns: predicted class):',
  '',
  ...table(
    ['', ...classes],
    metrics.confusionMatrix.map((row, at) => [classes[at]!, ...row]),
  ),
];

/** Means over the labels, and each label against not having it. */
function labelFigures(figures: ReportFigures): string[] {
  const { metrics, figures: measured } = figures;
  const interval = (name: string) => shownInterval(figures, name);
  const own = (label: number, name: string) =>
    measured?.images.perClass[label]?.figures.find((each) => each.name === name)?.intervals[0];
  return [
    ...table(
      ['Measure', 'Value'],
      [
        ['AUROC (mean of the labels)', between(metrics.auroc, interval('auroc'))],
        ['Average precision (mean of the labels)', between(metrics.auprc, interval('auprc'))],
        ['Accuracy (share of what is known)', between(metrics.accuracy, interval('accuracy'))],
        ['Balanced accuracy (mean of the labels)', between(metrics.balancedAccuracy, interval('balancedAccuracy'))],
      ],
    ),
    '',
    `Each label against not having it, on the images of which it is known, called from a probability of ${LABEL_FROM} on:`,
    '',
    ...table(
      ['Label', 'Have it', 'Known', 'AUROC', 'Average precision', 'Sensitivity', 'Specificity'],
      metrics.perClass.map(({ name, images, known = figures.images, ...values }, at) => [
        ...[name, counted(images), counted(known)],
        ...(['auroc', 'auprc', 'sensitivity', 'specificity'] as const).map((of) => between(values[of], own(at, of))),
      ]),
    ),
  ];
}
