import type {
  BinnedError,
  CalibrationFigure,
  ClassCalibration,
  MeasuredCalibration,
  MethodCalibration,
  Scaling,
} from '../../../../src-main/contract/calibration.ts';
import { fixed } from '../../../logic/locale.ts';
import { said, t } from '../../../text/index.ts';

/** A figure of the table: what it is, what would be right, and what it is with each method. */
export interface FigureRow {
  key: string;
  name: string;
  ideal: string;
  values: string[];
}

const number = (value: number): string => fixed(value, 3).replace('-', '−');

const withInterval = ({ value, interval }: CalibrationFigure): string => {
  if (value === null) return '–';
  if (interval === null) return number(value);
  return t('calibration.table.withInterval', {
    value: number(value),
    low: number(interval.low),
    high: number(interval.high),
  });
};

const plain = (value: number | null): string => (value === null ? '–' : number(value));

/** How a method changes probabilities, by its numbers. */
export const scalingWords = (scaling: Scaling): string =>
  scaling.method === 'temperature'
    ? t('calibration.choice.temperature.fitted', { temperature: number(scaling.temperature) })
    : t('calibration.choice.platt.fitted', {
        slope: number(scaling.slope),
        sign: scaling.intercept < 0 ? '−' : '+',
        intercept: number(Math.abs(scaling.intercept)),
      });

type Measured = MethodCalibration & { measured: MeasuredCalibration };

export const measuredOf = (methods: readonly MethodCalibration[]): Measured[] =>
  methods.filter((each): each is Measured => each.measured !== null);

/** @param at place of the class among those that are judged */
export function figureRows(methods: readonly Measured[], at: number): FigureRow[] {
  const own = methods.map(({ measured }) => measured.classes[at]!);
  const all = methods.map(({ measured }) => measured);
  const several = all[0]!.topLabel !== null;
  const row = (key: string, name: string, ideal: string, values: string[]): FigureRow => ({ key, name, ideal, values });
  const low = t('calibration.table.low');
  const error = ({ ece, chance }: BinnedError): string =>
    chance === null
      ? plain(ece)
      : `${plain(ece)} (${t('calibration.table.byChance', { mean: number(chance.mean), high: number(chance.high) })})`;
  const rows = [
    row('slope', t('calibration.table.slope'), number(1), own.map(({ slope }) => withInterval(slope))),
    row('intercept', t('calibration.table.intercept'), number(0), own.map(({ intercept }) => withInterval(intercept))),
    row('ratio', t('calibration.table.ratio'), number(1), own.map((each) => withInterval(each.observedExpected))),
    row('ece', t('calibration.table.ece'), low, own.map(error)),
    row('debiased', t('calibration.table.debiased'), number(0), own.map(({ debiased }) => plain(debiased))),
    row('brier', t('calibration.table.brier'), low, own.map(({ brier }) => withInterval(brier))),
    row('parts', t('calibration.table.miscalibration'), number(0), own.map((each) => number(each.decomposition.miscalibration))),
    row('logLoss', t('calibration.table.logLoss'), low, all.map(({ logLoss }) => withInterval(logLoss))),
  ]; // prettier-ignore
  if (!several) return rows;
  return [
    ...rows,
    row('brierAll', t('calibration.table.brierAll'), low, all.map(({ brier }) => withInterval(brier))),
    row('topLabel', t('calibration.table.topLabel'), low, all.map(({ topLabel }) => error(topLabel!))),
  ]; // prettier-ignore
}

/** Why numbers, intervals or the curve are missing, each once. */
export function reasons(methods: readonly Measured[], at: number): string[] {
  const names = { slope: 'slope', intercept: 'intercept', observedExpected: 'ratio', brier: 'brier' } as const;
  const of = (found: ClassCalibration): string[] => [
    ...(Object.keys(names) as (keyof typeof names)[]).flatMap((key) => {
      const { why } = found[key];
      return why === null ? [] : [`${t(`calibration.table.${names[key]}`)}: ${said(why)}`];
    }),
    ...(found.eceWhy === null ? [] : [`${t('calibration.table.ece')}: ${said(found.eceWhy)}`]),
    ...(found.curveWhy === null ? [] : [said(found.curveWhy)]),
  ];
  return [...new Set(methods.flatMap(({ measured }) => of(measured.classes[at]!)))];
}
