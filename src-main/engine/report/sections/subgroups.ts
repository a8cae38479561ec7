import { ONE_CLASS_ONLY } from '../../../contract/oneClass.ts';
import { measureTitles } from '../../../contract/subgroups.ts';
import { wordsFor } from '../../../contract/groups.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { headline, ofSeveralLabels, PART_WORDS } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { between, counted, plural, score } from '../words.ts';
import { table } from './parts.ts';

type Report = StudyReport['subgroups'][number];

/** Figures by what else is known of the images, and the largest gaps. */
export function subgroups(report: StudyReport): Html | null {
  if (ofSeveralLabels(report)) return html`<p>${ONE_CLASS_ONLY.subgroups}</p>`;
  if (report.subgroups.length === 0) return null;
  const { on } = headline(report);
  return html`<p>On the ${PART_WORDS[on]}. The largest gap of each figure is chosen as such: by chance alone there is one, too.</p>${report.subgroups.map(one)}`; // prettier-ignore
}

function one({ by, subgroups: found, gaps, unknown, grouping, least, classes }: Report): Html {
  const titles = measureTitles(classes);
  const measures = found[0]?.figures.map(({ measure }) => measure) ?? [];
  const { many } = wordsFor(grouping);
  return html`<h3>By ${by}</h3>
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
