import { cohortOf, wordsFor } from '../../../contract/groups.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { html, type Html } from '../html.ts';
import { counted, plural } from '../words.ts';
import { labelsHeld, labelsRead } from './labelMethods.ts';
import { table } from './parts.ts';

const TITLES = { train: 'Training', validation: 'Validation', test: 'Test' } as const;

/** From the files that were found to the images of each part. Boxes of text: they print, and are read aloud in order. */
export function flow({ cohort, approach }: StudyReport): Html {
  const { files, excluded, withoutFile, parts } = cohort;
  const left = excluded.reduce((sum, each) => sum + each.files, 0);
  return html`<ol class="flow">
<li><strong>${plural(files, 'file')}</strong> found</li>
${left > 0 && html`<li class="out"><strong>${counted(left)} excluded</strong><ul>${excluded.map((each) => html`<li>${counted(each.files)}: ${each.reason}</li>`)}</ul></li>`}
<li><strong>${cohortOf(cohort, cohort.grouping)}</strong> used</li>
<li class="split"><ol>${parts.map(({ part, grouping, ...each }) => html`<li><strong>${TITLES[part]}</strong><br>${cohortOf(each, grouping)}</li>`)}</ol></li>
</ol>
${approach.folds !== null && html`<p>In the comparison, ${approach.folds}-fold cross-validation tests every ${wordsFor(cohort.grouping).one} once under each seed; the parts above are those of one of its runs.</p>`}
${approach.settings.trainShare < 1 && html`<p>Of the training part ${Math.round(100 * approach.settings.trainShare)} % were drawn; the box counts those.</p>`}
${withoutFile > 0 && html`<p>${plural(withoutFile, 'row')} of the label table name${withoutFile === 1 && 's'} a file that is not there.</p>`}
${cohort.grouping === 'image' && html`<p class="note"><strong>Patients are not known.</strong> The division is by image: where a patient has several, parts are not independent, and results are better than they would be on new patients.</p>`}`; // prettier-ignore
}

/** Labels and origin of the images of each part. */
export function population({ cohort, demographics, testOpened, hasTest }: StudyReport): Html {
  const { parts, classes, formats, sizes, dicom, grey } = cohort;
  const one = wordsFor(cohort.grouping);
  const cell = (found: { images: number; groups: number }) =>
    cohort.grouping === 'image' ? counted(found.images) : `${counted(found.images)} (${counted(found.groups)})`;
  // Of a label also how many images have it not, and of how many it is not known.
  const counts = (found: Parameters<typeof cell>[0] & { unknown?: number | undefined }, images: number) =>
    cohort.several
      ? `${cell(found)} / ${counted(images - found.images - (found.unknown ?? 0))} / ${counted(found.unknown ?? 0)}`
      : cell(found);
  const rows = classes.map(({ name, ...all }) => [
    name,
    counts(all, cohort.images),
    ...parts.map(({ classes: own, images }) => (own === null ? 'sealed' : counts(own.find((each) => each.name === name) ?? { images: 0, groups: 0 }, images))),
  ]); // prettier-ignore
  const what = cohort.grouping === 'image' ? 'Images' : `Images (${one.many})`;
  const heading = cohort.several ? `${what} that have each label / images that have it not / of which it is not known` : `${what} of each class`; // prettier-ignore
  return html`${table(heading, [cohort.several ? 'Label' : 'Class', 'All', ...parts.map(({ part }) => TITLES[part])], rows)}
${cohort.several && howRead(cohort.several, cohort.ownTestFolder)}
${demographics.map(({ by, parts: counted, values }) =>
  table(
    `By ${by}, ${cohort.grouping === 'image' ? 'images' : `images (${one.many})`} in each part`,
    [by, ...counted.map((part) => TITLES[part])],
    values.map(({ value, counts }) => [value ?? 'not said', ...counts.map(cell)]),
  ),
)}
<p>${demographics.length === 0 ? 'Age, sex and clinical characteristics are' : 'Other clinical characteristics are'} <strong>not known here: the author must give them</strong> for each part.${demographics.length > 0 && hasTest && !testOpened && ' Of the test part they are counted once it was opened.'} ${dicom ? '' : 'The files say nothing of scanners.'}</p>
${table('What the files are', ['Format', 'Images'], formats.map(({ format, images }) => [format, counted(images)]))}
${sizes && html`<p>Sizes from ${sizes.smallest.join(' × ')} to ${sizes.largest.join(' × ')} pixels, median ${sizes.median.join(' × ')}.${grey !== null && ` ${plural(grey, 'image')} without colour.`}</p>`}
${dicom && dicom.manufacturer.length > 0 && table('Manufacturers, as the DICOM headers say', ['Manufacturer', 'Images'], dicom.manufacturer.map(({ value, images }) => [value === 'not-said' ? 'not said' : value, counted(images)]))}`; // prettier-ignore
}

const COUNTS_AS = { ignore: 'not known', zeros: 'has it not', ones: 'has it' } as const;

/** How several labels were read: where it is the same of all, in sentences. */
function howRead(several: NonNullable<StudyReport['cohort']['several']>, ownTestFolder: boolean): Html {
  const { policies } = several;
  const kinds = new Set(policies?.map(({ uncertain, empty }) => `${uncertain} ${empty}`));
  if (!policies || kinds.size < 2)
    return html`<p>${[labelsHeld(several), ...labelsRead(several, ownTestFolder)].join(' ')}</p>`;
  return html`<p>${labelsHeld(several)}</p>
${policyTable(policies)}`; // prettier-ignore
}

const policyTable = (policies: NonNullable<NonNullable<StudyReport['cohort']['several']>['policies']>): Html =>
  table(
    'What values that say neither yes nor no count as',
    ['Label', 'Uncertain', 'Empty'],
    policies.map(({ label, uncertain, empty }) => [label, COUNTS_AS[uncertain], COUNTS_AS[empty]]),
    false,
  );

export const findings = ({ cohort }: StudyReport): Html =>
  cohort.findings.length === 0
    ? html`<p>The audit found nothing to object to.</p>`
    : html`<ul>${cohort.findings.map(({ message, accepted, kept }) => html`<li>${message}${accepted && html` <strong>Accepted; training went ahead despite it.</strong>`}${kept !== undefined && html` <strong>Looked at, and kept as it is${kept.reason !== undefined && `: ${kept.reason}`}.</strong>`}</li>`)}</ul>`; // prettier-ignore
