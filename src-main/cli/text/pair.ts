import type { PairDetail, Slope } from '../../contract/comparison/pair.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { table, type Column } from './table.ts';
import { capitalised, counted, metric, orNone, range, signed, whole } from './units.ts';

/** What a model gains and loses against the reference, with the cells that say which model it is. */
export interface Described {
  model: readonly string[];
  detail: PairDetail;
}

const right = (title: string): Column => ({ title, align: 'right' });
export const pValue = (p: number | null): string => (p === null ? orNone(null) : p < 0.001 ? '< 0.001' : p.toFixed(3));

/** Sensitivity of each class at equal specificity, and calibration slopes. @param models titles of the cells of a model */
export function classesTable(described: readonly Described[], models: readonly Column[], interval: string): string {
  return table(
    [
      ...models,
      { title: 'Class' },
      right('Images'),
      right('Specificity'),
      right('Sensitivity'),
      right('Of the reference'),
      right('Difference'),
      right(interval),
      right('p'),
      { title: 'After Holm' },
      right('Slope'),
      right('Of the reference'),
    ],
    described.flatMap(({ model, detail }) =>
      detail.classes.map((each) => [
        ...model,
        each.class,
        whole(each.images),
        metric(each.specificity),
        metric(each.own),
        metric(each.reference),
        each.own === null || each.reference === null ? orNone(null) : signed(each.own - each.reference),
        range(each.difference),
        pValue(each.p),
        each.afterHolm ? 'differs' : '',
        slope(each.slopes.own),
        slope(each.slopes.reference),
      ]),
    ),
  );
}

/** Decisions of two models on the same images, and McNemar's test. */
export function decisionsTable(
  described: readonly Described[],
  models: readonly Column[],
  grouping: Grouping | undefined,
): string {
  return table(
    [
      ...models,
      right('Both right'),
      right('Only it'),
      right('Only the reference'),
      right('Neither'),
      right('Images called differently'),
      right(capitalised(wordsFor(grouping).many)),
      { title: 'Test' },
      right('p'),
      { title: 'After Holm' },
    ],
    described.map(({ model, detail: { decisions } }) => [
      ...model,
      ...[decisions.both, decisions.onlyOwn, decisions.onlyReference, decisions.neither].map(whole),
      whole(decisions.differ.images),
      whole(decisions.differ.patients),
      TESTS[decisions.method],
      pValue(decisions.p),
      decisions.afterHolm ? 'differs' : '',
    ]),
  );
}

const TESTS: Record<PairDetail['decisions']['method'], string> = {
  'mid-p': 'McNemar, exact, mid-p',
  clustered: 'McNemar, clustered (Durkalski 2003)',
  sign: 'sign test, clustered, mid-p',
};

/** How the figures of these two tables were made. */
export function howCompared(described: readonly Described[], grouping: Grouping | undefined): string[] {
  const { one, many } = wordsFor(grouping);
  const [first] = described;
  if (!first) return [];
  const { classes, comparisons } = first.detail.corrected;
  const undefinedSlopes = described.some(({ detail }) =>
    detail.classes.some(({ slopes: { own, reference } }) => own.reason !== null || reference.reason !== null),
  );
  return [
    `Sensitivity: at the specificity that the reference has by its own decision (the most probable class), in each run; both read off their ROC curves of the class against the rest. Its difference: paired bootstrap of the ${many}; p two-sided; after Holm: over ${counted(classes, 'class')} of all comparisons.`,
    `Slope: of calibration, pooled within runs; below 1: probabilities too extreme.${undefinedSlopes ? ' A dash: one class only, equal probabilities, or classes told apart without an error, of which no slope is the steepest.' : ''}`,
    `Decisions: how often both, one or neither of the two called an image rightly, each image once under every seed. The test takes the ${many} as units where one ${one} counts several times; after Holm: over ${counted(comparisons, 'comparison')}.`,
  ];
}

const slope = ({ value, low, high }: Slope): string =>
  value === null
    ? orNone(null)
    : `${value.toFixed(2)} (${low!.toFixed(2)} to ${high!.toFixed(2)})`.replaceAll('-', '−');
