import type {
  BinnedError,
  CalibrationFigure,
  CalibrationReport,
  ClassCalibration,
  MethodCalibration,
  Scaling,
} from '../../contract/calibration.ts';
import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { CalibrationMethod } from '../../contract/runChoices.ts';
import { paragraphs, table } from './table.ts';
import { counted, metric, orNone, percent, range, signed, whole } from './units.ts';

const METHODS: Readonly<Record<CalibrationMethod, string>> = {
  none: 'As the network gives them',
  temperature: 'Temperature scaling',
  platt: 'Platt scaling',
};
const PARTS = { validation: 'Validation split, on which the epoch was chosen', test: 'Test split' };

/** `Temperature scaling (T = 1.3241)`. */
export const describeScaling = (scaling: Scaling): string =>
  scaling.method === 'temperature'
    ? `${METHODS.temperature} (T = ${metric(scaling.temperature)})`
    : `${METHODS.platt} (log odds · ${metric(scaling.slope)} ${scaling.intercept < 0 ? '−' : '+'} ${metric(Math.abs(scaling.intercept))})`;

/** Figures before and after each method, and the bins of one. */
export function describeCalibration(report: CalibrationReport, shown: CalibrationMethod): string {
  const { part, images, groups, grouping, label, kept, fittedOn, methods, zeros, confidence, resamples } = report;
  const offered = methods.filter(({ measured }) => measured !== null);
  const one = methods.find(({ method }) => method === shown)!;
  return paragraphs(
    `${typeof part === 'string' ? PARTS[part] : 'Another folder'}: ${cohortOf({ images, groups }, grouping)}`,
    label !== undefined &&
      `‘${label.name}’ against not having it, on the images of which that is known: ${whole(images)} of ${whole(label.of)}.`,
    part === 'validation' &&
      offered.length > 1 &&
      'The methods were fitted on these images: how they do on others is not seen here.',
    offered
      .map(({ scaling }) => scaling && describeScaling(scaling))
      .filter(Boolean)
      .join('\n'),
    methods
      .map(({ method, why }) => why && `${METHODS[method]} is not offered. ${why}`)
      .filter(Boolean)
      .join('\n'),
    overall(offered),
    perClass(offered),
    whys(offered),
    one.why === null && bins(one),
    [
      resamples > 0 &&
        `In brackets, ${percent(confidence)} intervals by ${counted(resamples, 'draw')} of ${wordsFor(grouping).many} with all their images.`,
      'ECE is biased upward: by chance alone, right probabilities show what stands beside it (on average; in 95 of 100 studies at most). Debiased: root mean squared error of the bins (Kumar et al. 2019).',
      zeros > 0 && `${counted(zeros, 'image')} had a probability of exactly 0, which counts as 2^-149 in logarithms.`,
      label === undefined &&
        `Kept with the run: ${METHODS[kept]}. Fitted on ${cohortOf(fittedOn, grouping)} of the validation split. Stored predictions and figures stay those of the network itself.`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

const right = (title: string) => ({ title, align: 'right' as const });

const withInterval = ({ value, interval }: CalibrationFigure): string =>
  value === null || interval === null
    ? orNone(value === null ? null : signed(value))
    : `${signed(value)} (${range(interval)})`;

const errors = ({ ece, chance, debiased }: BinnedError): string[] => [
  chance === null ? metric(ece) : `${metric(ece)} (chance ${metric(chance.mean)}, ≤ ${metric(chance.high)})`,
  metric(debiased),
];

function overall(methods: readonly MethodCalibration[]): string {
  const several = methods.some(({ measured }) => measured!.topLabel !== null);
  return table(
    [
      { title: 'Probabilities' },
      ...['Brier', 'Log loss', ...(several ? ['ECE of the most probable', 'Debiased'] : [])].map(right),
    ],
    methods.map(({ method, measured }) => [
      METHODS[method],
      withInterval(measured!.brier),
      withInterval(measured!.logLoss),
      ...(measured!.topLabel ? errors(measured!.topLabel) : []),
    ]),
  );
}

function perClass(methods: readonly MethodCalibration[]): string {
  const titles = ['Slope', 'Intercept', 'O:E', 'ECE', 'Debiased', 'Brier'];
  const rows = methods.flatMap(({ method, measured }) =>
    measured!.classes.map((own) => [
      own.class,
      METHODS[method],
      ...[own.slope, own.intercept, own.observedExpected].map(withInterval),
      ...errors(own),
      withInterval(own.brier),
    ]),
  );
  return table([{ title: 'Class' }, { title: 'Probabilities' }, ...titles.map(right)], rows);
}

/** Why numbers or intervals are missing, each once. */
function whys(methods: readonly MethodCalibration[]): string {
  const of = ({ slope, intercept, observedExpected, eceWhy, curveWhy }: ClassCalibration) => [
    ['Slope', slope.why],
    ['Intercept', intercept.why],
    ['O:E', observedExpected.why],
    ['ECE', eceWhy],
    ['Curve', curveWhy],
  ];
  const all = methods.flatMap(({ measured }) =>
    measured!.classes.flatMap((own) =>
      of(own).flatMap(([what, why]) => (why ? [`${what} of ${own.class}: ${why}`] : [])),
    ),
  );
  return [...new Set(all)].join('\n');
}

function bins({ method, measured }: MethodCalibration): string {
  const rows = measured!.classes.flatMap((own) =>
    own.bins.map((bin) => [
      own.class,
      `${metric(bin.from)} to ${metric(bin.to)}`,
      String(bin.count),
      metric(bin.mean),
      metric(bin.observed),
      range(bin),
    ]),
  );
  if (rows.length === 0) return '';
  const titles = ['Images', 'Mean probability', 'Observed', 'Wilson interval'];
  return paragraphs(
    `Bins of about as many images each. ${METHODS[method]}:`,
    table([{ title: 'Class' }, { title: 'Probability' }, ...titles.map(right)], rows),
  );
}
