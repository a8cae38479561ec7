import { denseCuts } from '../../../backbone/dense.ts';
import { backbones } from '../../../backbone/zoo/index.ts';
import { LABEL_FROM } from '../../../contract/decision.ts';
import { wordsFor } from '../../../contract/groups.ts';
import type { PrecisionChoice } from '../../../contract/plan.ts';
import { asLineage } from '../../../contract/origin.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { smallerBatchSentence } from '../../../contract/smallerBatch.ts';
import { STRATEGIES, trainsBehindFrozen } from '../../../contract/strategies.ts';
import { methodsOf, partition } from '../checklists/known.ts';
import { headline, ofSeveralLabels } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { counted, listed, plural, share } from '../words.ts';
import { calledFrom, LABEL_FIGURES, labelLoss, labelsHeld, labelsRead } from './labelMethods.ts';

/** What was done, in paragraphs that can be taken into a paper. */
export const methodParagraphs = (report: StudyReport): string[] =>
  [data, network, preparation, training, statistics].map((sentences) => sentences(report).filter(Boolean).join(' '));

export const methods = (report: StudyReport): Html =>
  html`${methodParagraphs(report).map((paragraph) => html`<p>${paragraph}</p>`)}`;

function data(report: StudyReport): string[] {
  const { cohort, approach } = report;
  const { strata = [] } = approach.settings.split;
  const { one } = wordsFor(cohort.grouping);
  const of = cohort.several ? 'label' : 'class';
  const stratified = strata.length === 0 && !cohort.several ? 'classes are stratified' : `what is drawn is stratified by ${listed([of, ...strata])}${cohort.several ? ' (iterative stratification, Sechidis et al. 2011)' : ''}`; // prettier-ignore
  return [
    `${plural(cohort.files, 'file')} were read, each decoded whole; those that could not be used were excluded with their reason (flow diagram).`,
    `Labels are from ${labelSource(report)}.`,
    ...(cohort.several ? [labelsHeld(cohort.several), ...labelsRead(cohort.several, cohort.ownTestFolder)] : []),
    partition(report).text,
    cohort.grouping === 'image'
      ? `Whose images they are was not known, so the division is by image, stratified by ${of}.`
      : `All images of a ${one} are in one part; ${stratified}.`,
  ];
}

function labelSource({ approach: { labels, labelTag = '' }, cohort: { several } }: StudyReport): string {
  if (several)
    return several.policies ? 'a table, with a column for each' : 'a table that names those of an image in one cell';
  if (labels === 'tag') return `the DICOM tag ${labelTag}`;
  return labels === 'table' ? 'a table' : 'the names of folders';
}

function network(report: StudyReport): string[] {
  const { approach, subject, cohort: { classes } } = report; // prettier-ignore
  const { network: found, source, settings } = approach;
  const several = ofSeveralLabels(report);
  const backbone = backbones.find(({ name }) => name === found.backbone);
  const isDense = backbone !== undefined && denseCuts(backbone).includes(found.cut ?? '');
  const head = [
    ...(isDense ? [] : [settings.pooling === 'average' ? 'global average pooling' : 'flattening']),
    ...(settings.dropout > 0 ? [`dropout of ${settings.dropout}`] : []),
    several ? `a dense layer of ${plural(classes.length, 'output')}` : 'a dense layer',
  ];
  return [
    `${subject.kind === 'comparison' ? 'The run shown here has' : 'The model is'} ${found.title} (${found.paper}), ${found.transfer}: ${counted(found.parameters)} parameters and ${counted(found.macs)} multiply-accumulates for one image, ${share(found.parameters, found.full.parameters)} and ${share(found.macs, found.full.macs)} of the whole network.`,
    `After it ${head.length > 1 ? 'come' : 'comes'} ${listed(head)}${settings.classifier === 'svm' ? '; once trained, a calibrated linear SVM on its features takes its place' : several ? ', each with a sigmoid: a probability of its own for each label' : ' with softmax'}.`,
    strategyOf(settings),
    source
      ? `Training began with the pretrained weights ${source.name} (${source.lineage ? `trained here: ${asLineage(source.lineage)}` : source.licence === null ? 'licence not known here' : `licence ${source.licence}`}).`
      : 'Training began with random weights.',
  ];
}

function strategyOf({ strategy, initialisation, classifier }: StudyReport['approach']['settings']): string {
  const entry = Object.values(STRATEGIES).find(
    ({ plan }) =>
      plan.strategy === strategy && plan.initialisation === initialisation && plan.classifier === classifier,
  );
  return entry ? `${entry.title}: ${entry.summary.charAt(0).toLowerCase()}${entry.summary.slice(1)}` : '';
}

const FITS = {
  letterbox: 'kept whole, with black bars',
  stretch: 'stretched to the square',
  crop: 'cropped to the square',
} as const;

function preparation({ approach }: StudyReport): string[] {
  const { settings, preprocessing, greyScale } = approach;
  const { flipHorizontal, flipVertical, crop, rotation, brightness } = settings.augmentation;
  const flips = [...(flipHorizontal ? ['horizontally'] : []), ...(flipVertical ? ['vertically'] : [])];
  const steps = [
    ...(flips.length > 0 ? [`mirroring ${listed(flips)}`] : []),
    ...(rotation > 0 ? [`rotation by up to ${rotation}°`] : []),
    ...(crop > 0 ? [`cropping of up to ${Math.round(100 * crop)} % of each side`] : []),
    ...(brightness > 0 ? [`brightness within ± ${Math.round(100 * brightness)} %`] : []),
  ];
  return [
    `Images were brought to ${settings.input} × ${settings.input} pixels, ${FITS[settings.fit]}, as 8-bit RGB${settings.channels === 1 ? ', averaged over the colours' : ''}; those of more than 8 bits without a window: ${greyScale}.`,
    `From values between 0 and 1 the mean (${preprocessing.mean.join(', ')}) was subtracted, and the rest divided by (${preprocessing.std.join(', ')}).`,
    steps.length > 0
      ? `Training images were augmented at random: ${listed(steps)}.`
      : 'Training images were not augmented.',
    trainsBehindFrozen(settings) ? storedOutput(settings, steps.length > 0) : '',
  ];
}

/** What the layers that are trained saw of an image. */
function storedOutput({ frozenVariants }: StudyReport['approach']['settings'], augmented: boolean): string {
  const rounded = 'and rounded to bfloat16 (8 significant bits) for training only';
  if (!augmented) return `What the frozen layers make of them was computed once, ${rounded}.`;
  return `Of each, ${plural(frozenVariants, 'augmented variant')} went through the frozen layers${frozenVariants > 1 ? ' and were seen in turn, epoch after epoch' : ''}; what these make of an image was computed once, ${rounded}.`;
}

function training(report: StudyReport): string[] {
  const { approach, training: { bestEpoch, epochs, smallerBatches = [] } } = report; // prettier-ignore
  const several = ofSeveralLabels(report);
  const { settings, selection, seeds } = approach;
  return [
    `${optimiser(settings)}, learning rate ${settings.learningRate}, batches of ${settings.batch}, ${settings.weightDecay > 0 ? `weight decay ${settings.weightDecay}` : 'no weight decay'}, at most ${plural(settings.epochs, 'epoch')}.`,
    ...smallerBatches.map(smallerBatchSentence),
    `${schedule(settings)}`,
    ARITHMETIC[settings.precision],
    several
      ? labelLoss(settings)
      : settings.classWeights === 'balanced'
        ? 'The cross-entropy weighs classes by the inverse of their frequency.'
        : 'The loss is the cross-entropy.',
    `The epoch with the best validation ${selection}${several && selection !== 'loss' ? ', the mean over the labels,' : ''} was kept${bestEpoch === null ? '' : ` (epoch ${bestEpoch} of ${epochs.length})`}${settings.earlyStopping === null ? '' : `; training was set to end after ${plural(settings.earlyStopping, 'epoch')} without a better one`}.`,
    `All randomness follows from the seed${seeds.length > 1 ? `s ${listed(seeds.map(String))}` : ` ${seeds[0]}`}.`,
  ];
}

const ARITHMETIC: Record<PrecisionChoice, string> = {
  float32: 'Training was computed in float32.',
  bfloat16:
    'In training, convolutions and what lies between them were computed in bfloat16, and all else in float32; whatever was measured was computed in float32.',
  auto: 'Whatever was measured was computed in float32; training in float32 or bfloat16, whichever was the faster one on that machine, as each run says.',
};

function optimiser({ optimiser: found }: StudyReport['approach']['settings']): string {
  return found.kind === 'adam'
    ? `Adam (β₁ ${found.beta1}, β₂ ${found.beta2}, ε ${found.epsilon})`
    : `Stochastic gradient descent with ${found.nesterov ? 'Nesterov ' : ''}momentum ${found.momentum}`;
}

function schedule({ schedule: found }: StudyReport['approach']['settings']): string {
  switch (found.kind) {
    case 'constant':
      return 'The learning rate stayed the same.';
    case 'plateau':
      return `The learning rate was multiplied by ${found.factor} after ${plural(found.patience, 'epoch')} without a better validation score${found.threshold > 0 ? ` (by more than ${found.threshold}, ${found.thresholdMode === 'rel' ? 'relative' : 'absolute'})` : ''}, down to ${found.minimum}.`;
    case 'step':
      return `The learning rate was multiplied by ${found.factor} every ${plural(found.every, 'epoch')}.`;
    case 'cosine':
      return `The learning rate fell along a cosine to ${found.minimum}.`;
  }
}

function statistics(report: StudyReport): string[] {
  const figures = headline(report);
  const { figures: measured, classes } = figures;
  return [
    ofSeveralLabels(report)
      ? LABEL_FIGURES
      : `AUROC, average precision, accuracy, balanced accuracy, sensitivity and specificity are given${classes.length > 2 ? ', of several classes each against the rest with the plain mean' : ` for the positive class ${classes[1] ?? ''}`}.`,
    decisionOf(report),
    measured
      ? `Intervals cover ${Math.round(100 * measured.confidence)} %: ${methodsOf(figures)}.`
      : 'No intervals were computed.',
  ];
}

function decisionOf(report: StudyReport): string {
  const { operating, figures: [first], labelPoints = [] } = report; // prettier-ignore
  if (ofSeveralLabels(report))
    return `${calledFrom(labelPoints)}${labelPoints.length > 0 ? ` All figures are measured at ${LABEL_FROM}, but for those at a threshold and the errors.` : ''}`;
  if (operating !== null && operating.threshold !== null)
    return `${operating.positive} is called from a probability of ${operating.threshold} on, which was chosen on the validation images.`;
  const { classes } = first!;
  return classes.length === 2
    ? `The decision is ${classes[1]!} from a probability of 0.5 on.`
    : 'The decision is the most probable class.';
}
