import { doubtOf } from '../../contract/classes.ts';
import { cohortOf, countedGroups, wordsFor, type Grouping } from '../../contract/groups.ts';
import type { CarriedPoint, Certificate } from '../../contract/certificate.ts';
import { LABEL_FROM } from '../../contract/decision.ts';
import { describeScale } from '../../contract/greyScale.ts';
import type { ExportFormat } from '../../contract/model.ts';
import { type Evaluation } from '../../contract/evaluation.ts';
import type { OperatingShare } from '../../contract/operating.ts';
import { fit } from '../../contract/plan.ts';
import { asLineage } from '../../contract/origin.ts';
import { smallerBatchSentence } from '../../contract/smallerBatch.ts';
import { describeRule } from '../../contract/runChoices.ts';
import { classMeasures, labelMeasures } from './cardMeasures.ts';
import { code, number, table } from './markdown.ts';
import { inverseOf, lineOf, scaledThreshold } from '../metrics/calibration/scaling.ts';
import { recipe } from './recipe.ts';
import { usage } from './usage.ts';

/** What a card says besides what is certified. */
export interface CardFacts {
  /** The backbone in words, and where it was published. */
  title: string;
  paper: string;
  format: ExportFormat;
  /** On the test split; null where the run was not tested, or nobody asked for its figures yet. */
  test: Evaluation | null;
  /** Nobody asked for them yet. */
  sealed: boolean;
}

const FITS: Readonly<Record<string, string>> = {
  letterbox: 'kept whole, with black bars',
  stretch: 'stretched to the square',
  crop: 'cropped to the square',
};

/** The model card in Markdown: what the model is for, what it was made of, how well it did, and how to run it. */
export function modelCard(certificate: Certificate, facts: CardFacts): string {
  const sections: string[][] = [
    head(certificate, facts),
    data(certificate, facts),
    results(certificate, facts),
    operatingPoints(certificate),
    network(certificate),
    calibration(certificate),
    agreement(certificate),
    speed(certificate),
    preparation(certificate),
    ['## How to run it', ...usage(certificate, facts.format)],
    origin(certificate, facts),
  ];
  return `${sections
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head({ model, producer, createdAt }: Certificate, { title }: CardFacts): string[] {
  return [
    `# ${title}, ${model.network}, for ${model.classes.map(code).join(', ')}`,
    '',
    `${model.outputs === 'sigmoid' ? `Tells which of ${model.classes.length} ${model.classes.length === 1 ? 'label' : 'labels'} an image has` : `Distinguishes ${model.classes.length} classes of images`}. Trained with Cutpoint ${producer}, exported ${createdAt.slice(0, 10)} from run ${code(model.run)}.${chosen(model)}${arithmetic(model)}`,
    '',
    '**Not a medical device.** It is meant for research, on images like those it was trained on. It has not been assessed for use on patients; on images of another scanner, hospital or population it may be wrong without any sign of it.',
  ];
}

const chosen = ({ epoch, smallerBatches = [] }: Certificate['model']): string =>
  [
    epoch ? ` Its weights are those of epoch ${epoch.number} of ${epoch.of}, the best by validation ${epoch.by}.` : '',
    ...smallerBatches.map((found) => ` ${smallerBatchSentence(found)}`),
  ].join('');

const arithmetic = ({ trainedIn = 'float32' }: Certificate['model']): string =>
  trainedIn === 'float32'
    ? ' It was trained in float32.'
    : ' Its convolutions, and what lies between them, were trained in bfloat16, which has 8 bits of precision; the weights are float32, and whatever this card states was measured in float32.';

/** What the split then stands for. */
const UNKNOWN_PATIENTS =
  'It was not known which images are of the same patient. The split is by image: where a patient has several, the test images are not independent of the training images, and the results are better than they would be on new patients.';

const UNOPENED =
  'The test set was set aside, and not opened yet: no figure of it is in this card. Open it once the model is final, and export again.';

function data({ data: found }: Certificate, { test }: CardFacts): string[] {
  const {
    split,
    divided,
    fingerprint,
    selectionFingerprint: whole,
    grouping,
    testGrouping = grouping,
    findings = [],
  } = found;
  const same = testGrouping === grouping;
  const kinds: Record<string, Grouping | undefined> = { train: grouping, validation: grouping, test: testGrouping };
  const counts = Object.entries(split).map(([name, { images, groups }]) => [
    name,
    images,
    ...(same && grouping === 'image' ? [] : [same ? groups : countedGroups(groups, kinds[name])]),
  ]);
  const many = same ? wordsFor(grouping).many : 'groups';
  const perClass = test?.metrics.perClass.map(({ name, images }) => `${code(name)}: ${images}`).join(', ');
  return [
    '## Data',
    '',
    ...table(
      ['Part', 'Images', ...(same && grouping === 'image' ? [] : [many.charAt(0).toUpperCase() + many.slice(1)])],
      counts,
    ),
    ...(divided === undefined ? [] : ['', divided]),
    '',
    `${perClass === undefined ? '' : `Test images ${test?.several ? 'with each label' : 'by class'}: ${perClass}. `}No image, file name or patient identifier is in the model or in this card. Fingerprint of the data: ${code(fingerprint)}.${whole === undefined ? '' : ` With the split, and what was left out, joined and decided about single images: ${code(whole)}.`}`,
    ...(grouping === 'image' ? ['', UNKNOWN_PATIENTS] : []),
    ...(findings.length === 0 ? [] : ['', 'What the audit found before training:', '']),
    ...findings.map(
      ({ message, grave, kept }) =>
        `- ${message}${grave ? ' **Accepted; training went ahead despite it.**' : ''}${kept ? keptAs(kept) : ''}`,
    ),
  ];
}

const keptAs = ({ reason }: { reason?: string | undefined }): string =>
  ` **Looked at, and kept as it is${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`}.**`;

function results(
  { model, data: { grouping, testGrouping: kind = grouping, testOpened } }: Certificate,
  { test, sealed }: CardFacts,
): string[] {
  if (sealed) return ['## Results', '', UNOPENED];
  if (test === null) return ['## Results', '', 'There was no test set: the model was not tested on separate images.'];
  const { metrics, images, groups, classes } = test;
  return [
    '## Results on the test images',
    '',
    `${cohortOf({ images, groups }, kind)}, ${apart(kind, grouping)}, in 32-bit floating point.${openings(testOpened)}`,
    '',
    ...(test.several ? labelMeasures(metrics) : classMeasures(metrics, classes, positive(model))),
    '',
    `No confidence intervals were computed; with this many ${wordsFor(kind).many}, read the numbers accordingly.`,
  ];
}

/** How often test figures were asked for, this card included; whoever chooses by them has no test set any more. */
function openings(opened: Certificate['data']['testOpened']): string {
  if (!opened) return '';
  const { times, at } = opened;
  return ` The test set was opened ${times === 1 ? 'once' : `${times} times`}, ${times === 1 ? '' : 'first '}on ${at.slice(0, 10)}, this card included.`;
}

/** What was done to the probabilities. In exports without it nothing is said. */
function calibration({ calibration: found, model }: Certificate): string[] {
  if (!found) return [];
  const { scaling, fittedOn } = found;
  const { slope, intercept } = lineOf(scaling);
  const what =
    scaling.method === 'temperature'
      ? `temperature scaling (Guo et al. 2017): the logits are divided by a temperature of ${number(scaling.temperature)}`
      : `Platt scaling (Platt 1999): the log odds of ${code(model.classes[1]!)} are multiplied by ${number(slope)}, and ${number(intercept)} is added`;
  const half = scaledThreshold(0.5, inverseOf(scaling));
  const decision = model.operatingPoint
    ? ' The threshold that was kept is told for the probabilities of this file.'
    : model.classes.length === 2 && intercept !== 0
      ? ` A probability of 0.5 in this file is one of ${number(half)} of the network itself, for which the results were measured at 0.5: decisions at 0.5 may be others here.`
      : ' The most probable class is the same.';
  return [
    '## Calibration',
    '',
    `Probabilities are changed by ${what}. It is in the last layer of the file. It was fitted on the ${fittedOn.images} ${fittedOn.part} images.`,
    '',
    `The results above are of the network itself, before this.${decision}`,
  ];
}

/** What is known of the test images: of a folder of their own, their groups may not be of the kind trained on. */
function apart(kind: Grouping | undefined, trained: Grouping | undefined): string {
  if (kind === 'image') return 'none of which the network was trained on';
  if (kind === trained) return 'of none of which the network was trained on';
  const { many } = wordsFor(kind);
  return `none of the images being among those that the network was trained on; whether others of the same ${many} were is not known`;
}

function positive({ positive: found, classes }: Certificate['model']): string[] {
  if (!found) return [];
  const sentence = found.certain
    ? `The positive class is ${code(found.positive)}: ${found.why}.`
    : `**The positive class is not certain.** ${doubtOf(classes, found)}`;
  return [sentence, ''];
}

/** The thresholds that were kept with the run, and what each does. */
function operatingPoints({ model: { operatingPoint: one, labelPoints = [] } }: Certificate): string[] {
  return [...(one ? [one] : []), ...labelPoints].flatMap((point) => [one ? '## Threshold' : `## Threshold of ${code(point.positive)}`, '', ...operatingPoint(point), '']).slice(0, -1); // prettier-ignore
}

function operatingPoint(point: CarriedPoint): string[] {
  const columns = [point.validation, ...(point.test ? [point.test] : [])];
  const share = ({ value, count, of, low, high }: OperatingShare) =>
    value === null ? '–' : `${number(value)} (${count}/${of}${low === null || high === null ? '' : `; ${number(low)} to ${number(high)}`})`; // prettier-ignore
  const row = (title: string, name: 'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'accuracy') => [title, ...columns.map((each) => share(each[name]))]; // prettier-ignore
  const { grouping, resamples } = point.validation;
  return [
    `${code(point.positive)} is called at a probability of ${point.threshold} or more. Rule: ${describeRule(point.rule)}, on the validation images; kept ${point.keptAt.slice(0, 10)}${point.afterTest ? ', **after the test figures had been looked at: they are no fair measurement of it**' : ''}.`,
    '',
    ...table(
      ['', 'Validation (chosen here: optimistic)', ...(point.test ? ['Test'] : [])],
      [
        row('Sensitivity', 'sensitivity'),
        row('Specificity', 'specificity'),
        row('PPV at their prevalence', 'ppv'),
        row('NPV at their prevalence', 'npv'),
        row('Accuracy', 'accuracy'),
      ],
    ),
    '',
    `In brackets: counts and 95 % intervals by ${resamples === 0 ? 'Wilson' : `the bootstrap over ${wordsFor(grouping).many}`}.${point.test ? '' : ' On the test images it was not looked at.'}`,
  ];
}

function network({ model, full, file }: Certificate): string[] {
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  return [
    '## Network',
    '',
    ...table(
      ['', 'This model', 'Whole backbone', 'Share'],
      [
        ['Parameters', grouped(model.parameters), grouped(full.parameters), share(model.parameters, full.parameters)],
        ['Multiply-accumulates', grouped(model.macs), grouped(full.macs), share(model.macs, full.macs)],
      ],
    ),
    '',
    `${code(file.name)}: ${grouped(file.bytes)} bytes, SHA-256 ${code(file.sha256)}.`,
  ];
}

function agreement({ parity, stored, wholePath, effect, options }: Certificate): string[] {
  const says = (of: Certificate['parity'], what: string) =>
    `${what}: on ${of.images} held-out images, run by ${of.runtime}, probabilities differ by at most ${of.largestDifference.toExponential(1)} (${of.meanDifference.toExponential(1)} on average); ${of.changedDecisions} decisions change.`;
  const lines = [
    '## Agreement with Cutpoint',
    '',
    says(
      parity,
      wholePath
        ? 'The network in the file against the application, from prepared images on'
        : 'The file against the application',
    ),
    '',
    stored
      ? `The application against the predictions that were stored with the run: on ${stored.images} held-out images probabilities differ by at most ${stored.largestDifference.toExponential(1)} (accepted: ${stored.tolerance}); ${stored.changedDecisions} decisions change.`
      : 'The application was not compared with stored predictions: the run has none of these images.',
  ];
  if (wholePath)
    lines.splice(
      2,
      0,
      `${says(wholePath, 'The file, which resizes, against the application, which resizes in its own code, from the pixels of the original images on')} There are ${wholePath.of} held-out images.`,
      '',
    );
  if (effect) {
    lines.push(
      '',
      `In ${options.precision}, on all ${effect.images} ${effect.on} images, ${effect.changedDecisions} decisions change${effect.on === 'validation' ? ' (the epoch was chosen on these images)' : ''}:`,
      '',
      ...table(
        ['Measure', 'float32', options.precision],
        [
          ['AUROC', number(effect.auroc.before), number(effect.auroc.after)],
          ['Accuracy', number(effect.accuracy.before), number(effect.accuracy.after)],
        ],
      ),
    );
  }
  return lines;
}

function speed({ latency }: Certificate): string[] {
  if (!latency) return ['## Speed', '', 'Not measured.'];
  const of = (network: string, batch: number) => latency.rows.find((row) => row.network === network && row.batch === batch); // prettier-ignore
  const batches = [...new Set(latency.rows.map(({ batch }) => batch))];
  const rows = batches.map((batch) => {
    const [own, full] = [of('exported', batch)!, of('full', batch)];
    return [
      `${batch} image${batch === 1 ? '' : 's'}`,
      `${own.milliseconds.toFixed(1)} ms`,
      full ? `${full.milliseconds.toFixed(1)} ms` : '–',
      full ? (own.milliseconds / full.milliseconds).toFixed(2) : '–',
    ];
  });
  return [
    '## Speed',
    '',
    ...table(['Call', 'This model', 'Whole backbone', 'Ratio'], rows),
    '',
    `Median of ${latency.runs} calls in turn; ${latency.runtime}, ${latency.threads} threads of ${latency.cpu}.`,
  ];
}

function preparation({ model, options }: Certificate): string[] {
  const { height, width } = model.input;
  const { mean, std } = model.preprocessing;
  return [
    '## What goes in and what comes out',
    '',
    options.anySize
      ? `In: 8-bit RGB images of any size, ${FITS[model.fit] ?? model.fit} inside the file at ${height} × ${width} pixels.`
      : `In: RGB images of ${height} × ${width} pixels, 0 to 255, ${FITS[model.fit] ?? model.fit}.`,
    'Before that, EXIF orientation is applied, palettes are looked up, transparency is composited onto black, and grey becomes three equal channels. Embedded colour profiles (also those of DICOM) and CMYK are converted to sRGB, perceptual intent; only images of more than 8 bits are taken as they are. DICOM goes through the rescaling and the window or table that the file specifies; MONOCHROME1 is inverted.',
    ...levels(model),
    `Resizing: first box means, the side of a box being half the reduction factor in pixels (rounded down; at least one), then cubic convolution (Keys, a = −½) with antialiasing, along rows and then along columns, each step rounded to 8 bits; the rest of the square is black. In Python with Pillow${options.anySize ? ' (`levels` is what goes into this file, `prepare` what is done inside it)' : ''}, without DICOM and colour profiles:`,
    '',
    '```python',
    ...recipe(width, fit.parse(model.fit), model.greyScale),
    '```',
    '',
    `Subtracting the mean (${mean.join(', ')}) and dividing by the deviation (${std.join(', ')}) of values from 0 to 1${model.grey ? ', and averaging the colours,' : ''} is inside the model, unless the file holds weights alone.`,
    `Out: probabilities of ${model.classes.map(code).join(', ')}, in this order. ${
      model.outputs === 'sigmoid'
        ? labelDecision(model)
        : model.threshold === null
          ? model.operatingPoint
            ? `The decision is ${code(model.operatingPoint.positive)} at a probability of ${model.operatingPoint.threshold} or more, and below that the most probable of the others.`
            : 'The most probable class is the decision.'
          : `The decision is ${code(model.classes[1]!)} at a probability of ${model.threshold} or more.`
    }`,
  ];
}

/** Of labels of which an image may have several, each with a probability of its own. */
function labelDecision({ labelPoints = [] }: Certificate['model']): string {
  const others = labelPoints.map(({ positive: name, threshold }) => `${code(name)} from ${threshold} on`);
  return `An image may have none or several of these labels: the probabilities do not add up to 1. A label is called from a probability of ${LABEL_FROM} on${others.length === 0 ? '' : `, but for ${others.join(', ')}`}.`;
}

/** Black and white of images that bring none. */
function levels({ greyScale }: Certificate['model']): string[] {
  return greyScale === undefined ? [] : [`Images with more than 8 bits and no window: ${describeScale(greyScale)}.`];
}

/** Of weights that were trained here there is no file to ask for. */
function licenceOf({ licence, lineage }: NonNullable<Certificate['source']>): string {
  if (lineage) return `They were trained here: ${asLineage(lineage.map(code))}. What may be done with them follows from the images and weights that they were made of.`; // prettier-ignore
  return `Licence of these weights: ${licence ?? 'not known to Cutpoint; ask where the file came from before you share the model'}.`;
}

function origin({ source }: Certificate, { paper }: CardFacts): string[] {
  return [
    '## Where it comes from',
    '',
    `Network: ${paper}.`,
    source
      ? `Training began with the weights ${code(source.name)} (SHA-256 ${code(source.sha256)}). ${licenceOf(source)}`
      : 'Training began with random weights.',
  ];
}

const grouped = (value: number): string => value.toLocaleString('en-GB');
