import { cohortOf, wordsFor } from '../../contract/groups.ts';
import { MASK_FIGURES, MASK_REASONS, type MaskAgreement, type MaskClass, type MaskFigure, type MaskRow, type MaskSummary } from '../../contract/masks.ts'; // prettier-ignore
import { csvText } from '../outFile.ts';
import { paragraphs, table, type Column } from './table.ts';
import { counted, metric, orNone, percent, range, whole } from './units.ts';

const right = (title: string): Column => ({ title, align: 'right' });
const unitOf = ({ spacing }: MaskAgreement): string => (spacing ? 'mm' : 'px');

const TITLES: Readonly<Record<MaskFigure, string>> = {
  dice: 'Dice',
  jaccard: 'Jaccard',
  sensitivity: 'Sensitivity',
  specificity: 'Specificity',
  averageDistance: 'Average surface distance',
  hausdorff95: 'Hausdorff 95',
};

/** What was found, each class, and the worst pairs. */
export function describeMaskAgreement(found: MaskAgreement, worst: number): string {
  const { images, patients, grouping, classes, values, rows, problems, findings, confidence, resamples } = found;
  const one = classes.length === 1;
  const { many } = wordsFor(grouping);
  return paragraphs(
    `${cohortOf({ images, groups: patients }, grouping)} compared${problems.length > 0 ? `, ${counted(problems.length, 'problem')}` : ''}`,
    findings.map(({ message }) => message).join('\n'),
    table(
      [right('Value'), { title: 'Class' }, right('Pixels of truth'), right('in masks'), right('Pixels of the other'), right('in masks')], // prettier-ignore
      values.map(({ value, class: name, truth, other }) => [
        ...[String(value), name ?? 'background', whole(truth.pixels), whole(truth.masks)],
        ...[whole(other.pixels), whole(other.masks)],
      ]),
    ),
    ...classes.map((each) => `${each.name}\n${ofClass(each, found)}`),
    `Intervals are percentiles of ${whole(resamples)} draws of ${many} (${percent(confidence)}); there is none where all draws are alike.`,
    `Worst first, ${rows.length > worst ? `${whole(worst)} of ${whole(rows.length)}` : 'all'}:\n${table(
      [{ title: 'File' }, ...(one ? [] : [{ title: 'Class' }]), ...[right('Dice'), right('Jaccard'), right(`Average surface distance, ${unitOf(found)}`), right(`Hausdorff 95, ${unitOf(found)}`), { title: '' }]], // prettier-ignore
      rows.slice(0, worst).map((row) => [row.file, ...(one ? [] : [row.class]), ...ofRow(row)]),
    )}`,
    problems.map(({ of, file, message }) => `${PLACES[of]}${file}: ${message}`).join('\n'),
  );
}

const PLACES: Readonly<Record<MaskAgreement['problems'][number]['of'], string>> = {
  truth: 'TRUTH ',
  other: 'OTHER ',
  table: '',
};

/** Means over images and patients, and of all pixels, each with its interval. */
function ofClass({ images, patients, pooled }: MaskClass, found: MaskAgreement): string {
  const { many } = wordsFor(found.grouping);
  const summary = (each: MaskSummary | undefined, far: boolean): [string, string] =>
    each === undefined
      ? ['', '']
      : far
        ? [distance(each.value), each.interval ? `${distance(each.interval.low)} to ${distance(each.interval.high)}` : orNone(null)] // prettier-ignore
        : [metric(each.value), range(each.interval)];
  const known = found.grouping !== 'image';
  return table(
    [
      ...[{ title: '' }, right('Mean of images'), right('interval'), right('of')],
      ...(known ? [right(`Mean of ${many}`), right('interval'), right('of')] : []),
      ...[right('All pixels'), right('interval')],
    ],
    MASK_FIGURES.map((name) => {
      const far = name === 'averageDistance' || name === 'hausdorff95';
      return [
        ...[
          far ? `${TITLES[name]}, ${unitOf(found)}` : TITLES[name],
          ...summary(images[name], far),
          whole(images[name].of),
        ],
        ...(known ? [...summary(patients[name], far), whole(patients[name].of)] : []),
        ...summary(far ? undefined : pooled[name as keyof typeof pooled], far),
      ];
    }),
  );
}

function ofRow({ figures }: MaskRow): string[] {
  const { dice, jaccard, averageDistance, hausdorff95 } = figures;
  const why = dice.reason ?? hausdorff95.reason;
  return [
    ...[metric(dice.value), metric(jaccard.value), distance(averageDistance.value), distance(hausdorff95.value)],
    why ? MASK_REASONS[why] : '',
  ];
}

const distance = (value: number | null): string => (value === null ? orNone(null) : value.toFixed(2));

/** Every row with every figure; empty where it is not defined. */
export const maskRowsAsCsv = (found: MaskAgreement): string =>
  csvText(
    ['file', 'other', 'class', 'truth_pixels', 'other_pixels', 'dice', 'jaccard', 'sensitivity', 'specificity', `average_surface_distance_${unitOf(found)}`, `hausdorff95_${unitOf(found)}`, 'reason'], // prettier-ignore
    found.rows.map(({ file, other, class: name, pixels, figures }) => [
      ...[file, other, name, pixels.truth, pixels.other],
      ...MASK_FIGURES.map((figure) => figures[figure].value),
      figures.dice.reason ?? figures.hausdorff95.reason ?? '',
    ]),
  ).trimEnd();
