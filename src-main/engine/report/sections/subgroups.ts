import { measureTitles } from '../../../contract/subgroups.ts';
import { wordsFor } from '../../../contract/groups.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { headline, ofSeveralLabels, PART_WORDS } from '../headline.ts';
import { MOST_LABELS } from '../gather/subgroups.ts';
import { html, type Html } from '../html.ts';
import { between, counted, plural, score } from '../words.ts';
import { table } from './parts.ts';

type Report = StudyReport['subgroups'][number];

/** Figures by what else is known of the images, and the largest gaps. */
export function subgroups(report: StudyReport): Html | null {
  if (report.subgroups.length === 0) return null;
  const { on } = headline(report);
  return html`<p>On the ${PART_WORDS[on]}. The largest gap of each figure is chosen as such: by chance alone there is one, too.</p>${ofSeveralLabels(report) && html`<p>${whichLabels(report)}</p>`}${report.subgroups.map(one)}`; // prettier-ignore
}

const whichLabels = ({ cohort: { classes } }: StudyReport): string =>
  `Each label is told on its own, against not having it, on the images of which that is known${classes.length > MOST_LABELS ? `; here those of the first ${MOST_LABELS} of ${classes.length}` : ''}.`;

function one({ by: column, label, images, subgroups: found, gaps, unknown, grouping, least, classes }: Report): Html {
  const by = label === undefined ? column : `${column}, ${label.name}`;
  const titles = measureTitles(classes);
  const measures = found[0]?.figures.map(({ measure }) => measure) ?? [];
  const { many } = wordsFor(grouping);
  return html`<h3>By ${by}</h3>
${label !== undefined && html`<p>Known of ${counted(images)} of ${plural(label.of, 'image')}; called from a probability of ${label.threshold} on${label.kept && ', the threshold that is kept for it'}.</p>`}
${table(
  `Figures by ${by}`,
  [by, grouping === 'image' ? 'Images' : `Images (${many})`, ...measures.map((measure) => titles[measure])],
  found.map(({ value, images, groups, figures }) => [
    value,
    grouping === 'image' ? counted(images) : `${counted(images)} (${counted(groups)})`,
    ...figures.map((each) => between(each.value, each.interval ?? each.share)),
  ]),
)}
${found.some(({ figures }) => figures.some(({ missing }) => missing === 'few')) && html`<p>Of fewer than ${least} ${many} nothing is told.</p>`}
${unknown.images > 0 && html`<p>${plural(unknown.images, 'image')} without a value.</p>`}
${gaps.length > 0 && html`<ul>${gaps.map(({ measure, highest, lowest, difference, chance }) => html`<li>Largest gap of ${titles[measure]}: ${between(difference.value, difference)}, between ${highest} and ${lowest}${chance && `; by chance alone typically ${score(chance.typical)}, p = ${score(chance.p)}`}.</li>`)}</ul>`}`; // prettier-ignore
}
