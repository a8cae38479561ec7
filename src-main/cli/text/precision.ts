import { cohortOf, wordsFor, type Grouping } from '../../contract/groups.ts';
import {
  PRECISION_SOURCES,
  type Precision,
  type PrecisionFigure,
  type PrecisionInput,
  type PrecisionRow,
  type TestSample,
} from '../../contract/precision.ts';
import { facts, paragraphs, table } from './table.ts';
import { capitalised, orNone, percent, whole } from './units.ts';

const TITLES: Readonly<Record<PrecisionFigure, string>> = {
  auroc: 'AUROC',
  sensitivity: 'Sensitivity',
  specificity: 'Specificity',
  'calibration-slope': 'Calibration slope',
  'observed-expected': 'Observed / expected',
  'net-benefit': 'Net benefit, standardised',
};

interface Shown extends Precision {
  input: PrecisionInput;
  sample: TestSample | null;
  grouping: Grouping | undefined;
}

/** What a test set will show: each interval, what a wanted width needs, and by which formulas. */
export function describePrecision({ input, sample, grouping, rows, ...found }: Shown): string {
  const { patients, width, confidence, imagesPerPatient, icc, prevalence, threshold = prevalence } = input;
  // Whoever names a number says what it is of; only what was counted may be of something else.
  const { many } = wordsFor(sample ? grouping : 'patient');
  const right = (title: string) => ({ title, align: 'right' as const });
  const several = imagesPerPatient > 1;
  return paragraphs(
    facts([
      ...(sample ? [['Counted', `${cohortOf(sample, grouping)} to test on, ${whole(sample.cases)} of ${sample.class}${sample.classes > 2 ? ', the rarest class, against the rest' : ''}`] as const] : []),
      ...(patients === undefined ? [] : [[capitalised(many), whole(patients)] as const]),
      ['Prevalence', percent(prevalence)],
      ...(several ? [['Images of each', `${short(imagesPerPatient)}, intraclass correlation ${icc}: design effect ${short(found.designEffect)}`] as const] : []),
      ...(found.effective === null ? [] : [['Worth', `${short(found.effective)} independent images, ${short(found.cases!)} with the finding`] as const]),
    ]), // prettier-ignore
    table(
      [
        { title: 'Figure' },
        right('Guessed'),
        ...(patients === undefined ? [] : [right('±'), right(`${percent(confidence)} interval`)]),
        ...(width === undefined ? [] : [right(`${capitalised(many)} for ± ${width}`)]),
        { title: 'Formula' },
      ],
      rows.map((row) => [
        TITLES[row.figure],
        row.value.toFixed(2),
        ...(patients === undefined ? [] : [row.half === null ? orNone(null) : row.half.toFixed(3), spanOf(row)]),
        ...(width === undefined ? [] : [row.needed === null ? orNone(null) : whole(row.needed)]),
        PRECISION_SOURCES[row.source],
      ]),
    ),
    [
      rows.some(({ reason }) => reason === 'no-case') &&
        'No interval: fewer than one image with or without the finding is to be expected.',
      rows.some(({ neededReason }) => neededReason === 'too-many') && 'No number: more than a billion would be needed.',
      found.few && 'Fewer than ten images with or without the finding: formulas that hold for many are a rough guide.',
      several && `Design effect: ${PRECISION_SOURCES.designEffect}.`,
      `Net benefit is that at the threshold ${short(threshold)}; slope and observed / expected are those of a calibrated model.`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

const spanOf = ({ low, high }: PrecisionRow): string =>
  low === null || high === null ? orNone(null) : `${low.toFixed(2)} to ${high.toFixed(2)}`.replaceAll('-', '−');

/** At most three significant digits after a whole number. */
const short = (value: number): string => String(Number(value.toFixed(value < 1 ? 3 : 1)));
