import {
  FIGURE_REASONS,
  type Aggregation,
  type FigureInterval,
  type Figures,
  type FigureSet,
  type MeasuredFigure,
} from '../../contract/figures.ts';
import { countedGroups, wordsFor, type Grouping } from '../../contract/groups.ts';
import { tasks } from '../../contract/task/index.ts';
import { paragraphs, table } from './table.ts';
import { metric, percent, range, signed, whole } from './units.ts';

const METHODS: Readonly<Record<FigureInterval['method'], string>> = {
  wilson: 'Wilson',
  delong: 'DeLong',
  percentile: 'percentile',
  bca: 'BCa',
};
const AGGREGATED: Readonly<Record<Aggregation, string>> = {
  mean: 'mean probability of its images',
  max: 'largest probability among its images',
  'noisy-or': 'noisy-or of the probabilities of its images',
};
/** Of two classes neither is nearer than the other. */
const ordered = new Set<string>(tasks.classification.figures.flatMap((each) => (each.ordered ? [each.name] : [])));
/** Of all tasks: what is called alike is the same. */
const titles = new Map<string, string>(
  Object.values(tasks).flatMap(({ figures }) => figures.map(({ name, title }) => [name, title] as const)),
);

/** All figures of images and, where patients have several, of patients; each with all its intervals. */
export function describeFigures(
  figures: Figures,
  {
    grouping,
    aggregation,
    several = false,
  }: { grouping: Grouping | undefined; aggregation: Aggregation; several?: boolean | undefined },
): string {
  const { images, groups } = figures;
  const { one, many } = wordsFor(grouping);
  const set = groups?.sets.find((each) => each.aggregation === aggregation);
  return paragraphs(
    `All figures, each image a case: ${countedGroups(images.cases, 'image')}`,
    describeSet(images, several),
    !several && absentOf(images),
    groups && `Each ${one} a case, by the ${AGGREGATED[aggregation]}: ${countedGroups(set?.cases ?? 0, grouping)}${groups.mixed > 0 ? `; left out, because their images ${several ? 'differ in a label' : 'are of several classes'}: ${whole(groups.mixed)}` : ''}`,
    set && describeSet(set, several),
    set && !several && absentOf(set),
    `Intervals: ${percent(figures.confidence)}. Percentile and BCa: bootstrap, ${whole(figures.resamples)} draws of ${groups ? `${many}, each with all its images` : many}. DeLong and Wilson take cases as independent.`,
    !several && orderOf(figures),
  );
} // prettier-ignore

/** What the means are not over. */
function absentOf({ perClass }: FigureSet): string | false {
  const absent = perClass.filter(({ cases }) => cases === 0).map(({ name }) => name);
  return (
    perClass.length > 2 && absent.length > 0 && `Not in the means, because it does not occur: ${absent.join(', ')}.`
  );
}

function describeSet({ whole: overall, perClass, macro, weighted }: FigureSet, several: boolean): string {
  const parts: (readonly [string, readonly MeasuredFigure[]])[] = [
    ...(macro.length > 0 ? ([[several ? 'mean of labels' : 'mean of classes', macro], [several ? 'weighted by label' : 'weighted by class', weighted]] as const) : []),
    ...perClass.toReversed().map(({ name, figures }) => [name, figures] as const),
    ['all', overall.filter(({ name }) => several || perClass.length > 2 || !ordered.has(name))],
  ]; // prettier-ignore
  return table(
    [{ title: 'Figure' }, { title: 'Of' }, { title: 'Value', align: 'right' }, { title: 'Cases', align: 'right' }, { title: 'Intervals' }],
    parts.flatMap(([of, figures]) => figures.map((figure) => row(of, figure))),
  ); // prettier-ignore
}

function row(of: string, { name, value, reason, reasonOf, share, intervals, noInterval, undefinedResamples }: MeasuredFigure) {
  const why = reason && `${reasonOf === undefined ? '' : `${reasonOf}: `}${reason.message}`;
  const made = intervals.map((each) => `${range(each)} (${METHODS[each.method]})`);
  const left = undefinedResamples > 0 && !noInterval ? `${whole(undefinedResamples)} draws left out` : '';
  return [
    titles.get(name) ?? name,
    of,
    value === null || value >= 0 ? metric(value) : signed(value),
    share ? `${whole(share.count)} of ${whole(share.of)}` : '',
    why ?? [...made, left, noInterval ? `bootstrap: ${noInterval.message}` : ''].filter(Boolean).join('; '),
  ];
} // prettier-ignore

/** By what the weighted kappas were made, or why there are none. */
function orderOf({ order, images }: Figures): string | false {
  // Of several labels an image there are none.
  if (images.perClass.length < 3 || !images.whole.some(({ name }) => ordered.has(name))) return false;
  if (order.classes === null)
    return `${FIGURE_REASONS.NOT_ORDERED} ${order.by === 'person' ? 'Somebody said so.' : 'Say in which: --class-order.'}`;
  return `Order of the classes, for weighted kappas: ${order.classes.join(' < ')}, ${order.by === 'person' ? 'as somebody said' : 'by their names'}.`;
}
