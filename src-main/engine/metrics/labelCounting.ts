import type { FigureReason } from '../../contract/figures.ts';
import { multiLabelFigures, type LabelFigureName, type WholeLabelFigureName } from '../../contract/task/multiLabelFigures.ts'; // prettier-ignore
import type { Counting } from './counting.ts';
import type { SeveralLabels } from './labels.ts';
import { tallyingLabels, type LabelTally } from './labelTally.ts';
import { layoutOf } from './layout.ts';
import { CLASS_MEASURES, shareOf, wholeMeasures, type Measure } from './measures.ts';
import type { Tally } from './tally.ts';

const TWO_CLASSES = { ...wholeMeasures(null), ...CLASS_MEASURES };

/** Why a figure of two classes is not defined, in words of a label. */
const REASONS: Partial<Record<FigureReason, FigureReason>> = {
  ABSENT: 'LABEL_ABSENT',
  ALONE: 'LABEL_EVERYWHERE',
  NEVER_PREDICTED: 'LABEL_NEVER_CALLED',
  ALWAYS_PREDICTED: 'LABEL_ALWAYS_CALLED',
  ONE_PREDICTED: 'LABEL_ALIKE',
};

/** A figure of two classes, of one label: that of having it. */
function ofLabel(name: LabelFigureName): Measure<LabelTally> {
  const { of, share, why }: Measure = TWO_CLASSES[name];
  const having = ({ labels }: LabelTally, label: number): [Tally, number] => [labels[label]!, 1];
  return {
    of: (tally, label) => of(...having(tally, label)),
    ...(share && { share: (tally: LabelTally, label: number) => share(...having(tally, label)) }),
    why(tally, label) {
      const reason = why(...having(tally, label));
      return tally.labels[label]!.cases === 0 ? 'LABEL_UNKNOWN' : (REASONS[reason] ?? reason);
    },
  };
}

const sum = ({ labels }: LabelTally, of: (label: Tally) => number): number =>
  labels.reduce((total, label) => total + of(label), 0);
const entries = (tally: LabelTally): number => sum(tally, ({ cases }) => cases);
const truePositives = ({ matrix }: Tally): number => matrix[3]!;

/** Of all labels at once. */
const WHOLE: Readonly<Record<WholeLabelFigureName, Measure<LabelTally>>> = {
  accuracy: shareOf((tally) => [sum(tally, ({ matrix }) => matrix[0]! + matrix[3]!), entries(tally)], () => 'LABEL_UNKNOWN'),
  subsetAccuracy: shareOf(({ right, known }) => [right, known], () => 'LABEL_UNKNOWN'),
  // As F1 of one label, it is not defined where no label occurs.
  f1Micro: {
    of: (tally) => {
      const positives = sum(tally, ({ actual }) => actual[1]!);
      return positives === 0 ? NaN : (2 * sum(tally, truePositives)) / (positives + sum(tally, ({ predicted }) => predicted[1]!));
    },
    why: () => 'LABEL_ABSENT',
  },
  labelRankingPrecision: { of: ({ precision, ranked }) => precision / ranked, why: () => 'NOTHING_TO_RANK' },
  logLoss: { of: (tally) => sum(tally, ({ loss }) => loss) / entries(tally), why: () => 'LABEL_UNKNOWN' },
}; // prettier-ignore

/** Figures of several labels an image. Priors are the shares of what is known that has the label. */
export function countingLabels(predictions: SeveralLabels): Counting<LabelTally> {
  const { patients, patientsOf, tally } = tallyingLabels(predictions);
  const measures = {
    perClass: multiLabelFigures.flatMap((each) => (each.of === 'class' ? [[each.name, ofLabel(each.name)] as const] : [])), // prettier-ignore
    whole: multiLabelFigures.flatMap((each) => (each.of === 'whole' ? [[each.name, WHOLE[each.name]] as const] : [])),
    prior: ({ labels }: LabelTally, label: number) => labels[label]!.actual[1]! / labels[label]!.cases,
  };
  return {
    ...{ patients, tally },
    layout: layoutOf(patientsOf.length, measures, { averages: true }),
    of: ({ labels }, label) => ({ cases: labels[label]!.actual[1]!, known: labels[label]!.cases }),
    isClustered: (full, { label, name }) =>
      label !== null
        ? patientsOf[label]! < full.labels[label]!.cases
        : patients < (name === 'accuracy' ? entries(full) : full.cases),
  };
}
