import { cohortOf, countedGroups, wordsFor } from '../../contract/groups.ts';
import { measureTitles, type Subgroup, type SubgroupBy, type SubgroupGap, type SubgroupReport } from '../../contract/subgroups.ts'; // prettier-ignore
import { paragraphs, table } from './table.ts';
import { metric, percent, range, signed, whole } from './units.ts';

const right = (title: string) => ({ title, align: 'right' as const });

/** By what a run can be divided, one line each. */
export const describeChoices = (choices: readonly SubgroupBy[]): string =>
  choices.length === 0
    ? 'No table lies beside these images, and they are no DICOM files. Name a column and its table: --column, --table.'
    : table(
        [{ title: 'Divided by' }, { title: 'From' }],
        choices.map((by) =>
          by.kind === 'column' ? [`--column ${by.name}`, by.csv ?? ''] : [`--header ${by.value}`, 'DICOM headers'],
        ),
      );

/** A row for each subgroup, and the largest gaps with what chance alone makes. */
export function describeSubgroups(report: SubgroupReport): string {
  const { subgroups, classes, images, groups, grouping, gaps, unknown } = report;
  const name = report.by.kind === 'column' ? report.by.name : report.by.value;
  const measures = subgroups[0]!.figures.map(({ measure }) => measure);
  const { many } = wordsFor(grouping);
  return paragraphs(
    report.label !== undefined && labelSentence(report.label, images),
    `By ${name}: ${cohortOf({ images, groups }, grouping)}${unknown.images > 0 ? `, of which ${countedGroups(unknown.images, 'image')} without a value` : ''}`,
    table(
      [
        { title: name },
        right('Images'),
        ...(grouping === 'image' ? [] : [right(many.charAt(0).toUpperCase() + many.slice(1))]),
        ...classes.map(right),
        ...measures.map((measure) => right(measureTitles(classes)[measure])),
      ],
      subgroups.map((each) => [
        each.value,
        whole(each.images),
        ...(grouping === 'image' ? [] : [whole(each.groups)]),
        ...each.perClass.map(whole),
        ...each.figures.map((figure) => told(figure)),
      ]),
    ),
    basis(report),
    gaps.map((gap) => gapSentence(gap, report)).join('\n'),
  );
}

const labelSentence = ({ name, of, threshold, kept }: NonNullable<SubgroupReport['label']>, known: number): string =>
  `‘${name}’ against not having it, on the images of which that is known: ${whole(known)} of ${whole(of)}. Called from a probability of ${threshold} on${kept ? ', the threshold that is kept for it' : ''}.`;

const MISSING = { few: '– (too few)', class: '– (a class is missing)' };

function told({ value, interval, share, missing }: Subgroup['figures'][number]): string {
  if (value === null) return MISSING[missing ?? 'class'];
  const ends = interval ?? share;
  return `${metric(value)}${ends ? ` (${range(ends)})` : ''}${share ? `, ${whole(share.count)} of ${whole(share.of)}` : ''}`;
}

function basis({ confidence, resamples, grouping, least }: SubgroupReport): string {
  const { many } = wordsFor(grouping);
  return `In brackets: ${percent(confidence)} intervals, each of its subgroup alone. AUROC by DeLong and shares by Wilson where no ${wordsFor(grouping).one} has several images in the subgroup, else by ${whole(resamples)} draws of ${many}. Of fewer than ${least} ${many} nothing but the count is told.`;
}

function gapSentence({ measure, highest, lowest, difference, chance }: SubgroupGap, report: SubgroupReport): string {
  const { classes, confidence, grouping } = report;
  const gap = `Largest gap of ${measureTitles(classes)[measure]}: ‘${highest}’ against ‘${lowest}’, ${signed(difference.value)} (${percent(confidence)} interval ${range(difference)}, of a pair chosen as the farthest apart).`;
  if (chance === null)
    return `${gap} ${wordsFor(grouping).many} have images of several values, so what chance alone makes is not told.`;
  return `${gap} Chance alone makes ${metric(chance.typical)} of it in half of the draws, and ${metric(chance.ninetyFive)} or more in one of twenty (p = ${chance.p.toFixed(3)}).`;
}
