import type { Command } from 'commander';
import type { AuditReport, DicomCounts, HeaderCounts } from '../../contract/data.ts';
import type { Finding } from '../../contract/findings.ts';
import { groupingOf, wordsFor } from '../../contract/groups.ts';
import { describeScale } from '../../contract/greyScale.ts';
import { imageSplit } from '../../contract/images.ts';
import type { ProgressOf } from '../../contract/index.ts';
import { addLabelOptions, dataSelection, type LabelOptions } from '../options/data.ts';
import { tellObstacle, tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { positiveFact } from '../text/positive.ts';
import { describeShortcuts } from '../text/shortcuts.ts';
import { facts, paragraphs, table } from '../text/table.ts';
import { capitalised, counted, short, whole } from '../text/units.ts';

const SOURCES = { csv: 'the CSV', pattern: 'the file names', dicom: 'DICOM headers' } as const;

/** What the groups are, how many, and where they come from. */
function groupsOf(report: AuditReport): [string, string] {
  const kind = groupingOf(report);
  const { groupSource, groups } = report;
  if (report.images === 0) return ['Patients', ''];
  if (kind === 'image' || groupSource === 'none') return ['Patients', 'not known: each image counts on its own'];
  const title = capitalised(wordsFor(kind).many);
  return [title, `${whole(groups)} (from ${SOURCES[groupSource]})`];
}

const hasCopies = ({ warnings }: AuditReport): boolean => warnings.some(({ code }) => /DUPLICATE/.test(code));

export function addAudit(program: Command): void {
  const command = program.command('audit').argument('<data>', 'folder of images');
  addLabelOptions(command).action((folder: string, options: LabelOptions, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const show = showCount(output, 'reading', 'files');
      let told = false;
      const onProgress = ({ headers, ...progress }: ProgressOf<'data.audit'>): void => {
        if (headers && !told) output.note(headersSentence(headers));
        told ||= headers !== undefined;
        show(progress);
      };
      const selection = dataSelection(folder, options);
      const report = await client.call('data.audit', selection, { signal, onProgress });
      // Known from the audit: the images are not read again.
      const asked = hasCopies(report) && { ...selection, plan: imageSplit.parse({}) };
      const { leaks = [] } = asked ? await client.call('data.images', asked, { signal }) : {};
      if (report.obstacles.length > 0) tellObstacle();
      else tellPartial(report.problems);
      output.result({ ...report, ...(leaks.length > 0 && { leaks }) }, () => describe(report, leaks));
    }),
  );
}

/** What is known long before every image was read. */
function headersSentence({ dicom, patients, series, modality }: HeaderCounts): string {
  const kinds = modality.map(({ value, images }) => `${value === 'not-said' ? 'modality not said' : value} ${whole(images)}`); // prettier-ignore
  return `The headers say: ${counted(dicom, 'DICOM file')}, of ${counted(patients, 'patient')}, in ${whole(series)} series (${kinds.join(', ')}).`;
}

function describe(report: AuditReport, leaks: readonly Finding[]): string {
  const { sizes } = report;
  const kind = groupingOf(report);
  const people = peopleColumns(report);
  const grave = report.warnings.filter((each) => each.grave);
  const pixels = ([width, height]: readonly [number, number]) => `${width}×${height}`;
  return paragraphs(
    facts([
      ['Folder', report.folder],
      ['Images', `${whole(report.images)} usable of ${whole(report.files)} files`],
      groupsOf(report),
      ...positiveFact(report.positive),
      ['Formats', report.formats.map(({ format, images }) => `${format} ${whole(images)}`).join(', ')],
      ['Sizes', sizes ? `${pixels(sizes.smallest)} to ${pixels(sizes.largest)}, median ${pixels(sizes.median)}` : ''],
      ...seriesFact(report),
      ...framesFact(report),
      ...scaleFact(report),
      ...dicomFacts(report),
      ['Fingerprint', short(report.fingerprint)],
    ]),
    table(
      [
        { title: report.several ? 'Label' : 'Class' },
        { title: report.several ? 'Images with it' : 'Images', align: 'right' },
        ...(report.several ? [{ title: 'Unknown', align: 'right' as const }] : []),
        ...(kind === 'image' ? [] : [{ title: capitalised(wordsFor(kind).many), align: 'right' as const }]),
        ...people.map(({ title }) => ({ title, align: 'right' as const })),
      ],
      report.classes.map(({ name, images, groups, unknown = 0 }, at) => [
        name,
        whole(images),
        ...(report.several ? [whole(unknown)] : []),
        ...(kind === 'image' ? [] : [whole(groups)]),
        ...people.map(({ values }) => values[at]!),
      ]),
    ),
    report.several && `${counted(report.several.none, 'image')} of ${whole(report.images)} have none of the labels; one image has at most ${whole(report.several.most)}. Each label is learnt on its own.`, // prettier-ignore
    describeShortcuts(report),
    section(leftOutTitle(report), report.problems),
    section('Training does not start until this is accepted (--go-on)', grave),
    section('The split that a run draws by default lets through, and training stops', leaks),
    section(
      'Worth knowing',
      report.warnings.filter((each) => !each.grave && !each.kept),
    ),
    section('Looked at and kept', keptOf(report)),
    section('Training cannot start', report.obstacles),
  );
}

/** Rows of a table that have no file are not files that were left out. */
function leftOutTitle({ problems, files }: AuditReport): string {
  const rows = problems.filter(({ code }) => code === 'LABELS_FILE_MISSING').length;
  const title = `Left out: ${whole(problems.length - rows)} of ${whole(files)} files`;
  return rows === 0 ? title : `${title}, and ${whole(rows)} ${rows === 1 ? 'row' : 'rows'} of the table without a file`;
}

function scaleFact({ greyScale }: AuditReport): [string, string][] {
  if (!greyScale) return [];
  const { images, low, high, applied, preview } = greyScale;
  const what = `${describeScale(applied)}${preview ? ' (preview; a run fits its own to its training images)' : ''}`;
  return [['Grey scale', `${whole(images)} without a window, ${low} to ${high}: ${what}`]];
}

function seriesFact({ series }: AuditReport): [string, string][] {
  if (!series) return [];
  const { count, images, slices, byPosition } = series;
  const { smallest, median, largest } = slices;
  const each = smallest === largest ? `${whole(smallest)} each` : `${whole(smallest)} to ${whole(largest)} in each, median ${whole(median)}`; // prettier-ignore
  const sorted = byPosition === count ? 'sorted by position' : `${whole(byPosition)} sorted by position, others by number`; // prettier-ignore
  return [['Series', `${whole(count)} with ${counted(images, 'image')} (${each}), ${sorted}`]];
}

function framesFact({ frames }: AuditReport): [string, string][] {
  if (!frames) return [];
  const taken = frames.each ? 'each is an image' : 'the middle one of each file is used, of pages the first (`--frames each` takes all)'; // prettier-ignore
  return [['Frames', `${whole(frames.frames)} in ${counted(frames.files, 'file')}: ${taken}`]];
}

/** `window 2 (LUNG)`: how a window among several is named. */
const windowWords = ({ window, images, names }: NonNullable<DicomCounts['severalWindows']>[number]) => ({
  value: `window:${window}${names.length > 0 ? ` (${names.join(', ')})` : ''}`,
  images,
});

/** What the headers say of the images, the most frequent first. */
function dicomFacts({ dicom }: AuditReport): [string, string][] {
  if (!dicom) return [];
  const told: [string, DicomCounts['view']][] = [
    ['Modalities', dicom.modality],
    ['Views', dicom.view],
    ['Pixel spacing', dicom.spacing],
    ['Transfer syntaxes', dicom.transferSyntax],
    ['Photometric', dicom.photometric],
    ['Bits stored', dicom.bitsStored],
    ['Windows', dicom.windows],
    ['Of several windows', dicom.severalWindows?.map(windowWords)],
    ['Manufacturers', dicom.manufacturer],
    ['Stations, numbered', dicom.station],
    ['Sexes', dicom.sex],
    ['Ages', dicom.age?.decades],
    ['Years', dicom.year],
  ];
  const { age, year } = dicom;
  // What no header says is not worth a line.
  return told.flatMap(([name, values]): [string, string][] => {
    if (!values?.some(({ value }) => value !== 'not-said')) return [];
    const shown = values === age?.decades || values === year ? inOrder(values) : mostFrequent(values);
    return [[name, age && values === age.decades ? `${yearsOf(age)}; by decade ${shown}` : shown]];
  });
}

const yearsOf = ({ images, min, median, max }: NonNullable<DicomCounts['age']>): string =>
  `known of ${whole(images)}: ${min} to ${max >= 90 ? '90 and over' : max} years, median ${median}`;

/** Decades and years, as they follow one another. */
const inOrder = (values: NonNullable<DicomCounts['year']>): string =>
  values.map(({ value, images }) => `${value.replace('-', ' ')}: ${whole(images)}`).join(', ');

/** Median age and sexes of a class, as far as DICOM headers say. */
function peopleColumns({ dicom, classes }: AuditReport): { title: string; values: string[] }[] {
  const own = classes.map(({ name }) => dicom?.classes?.find((each) => each.name === name));
  const ages = own.map((each) => (typeof each?.age === 'number' ? String(each.age) : ''));
  const sexes = own.map((each) => each?.sex.map(({ value, images }) => `${value.replace('-', ' ')} ${whole(images)}`).join(', ') ?? ''); // prettier-ignore
  const isSaid = dicom?.sex?.some(({ value }) => value !== 'not-said');
  return [
    ...(ages.some(Boolean) ? [{ title: 'Median age', values: ages }] : []),
    ...(own.some(Boolean) && isSaid ? [{ title: 'Sexes', values: sexes }] : []),
  ];
}

const MOST_VALUES = 5;

function mostFrequent(values: NonNullable<DicomCounts['view']>): string {
  const named = values.slice(0, MOST_VALUES).map(({ value, images }) => `${value.replace('-', ' ')} ${whole(images)}`);
  const rest = values.slice(MOST_VALUES).reduce((sum, { images }) => sum + images, 0);
  return [...named, ...(rest > 0 ? [`others ${whole(rest)}`] : [])].join(', ');
}

interface Remark {
  code: string;
  message: string;
  file?: string;
  remedy?: string;
}

const keptOf = ({ warnings }: AuditReport): Remark[] =>
  warnings.flatMap(({ code, message, kept }) =>
    kept ? [{ code, message, ...(kept.reason !== undefined && { remedy: `Reason: ${kept.reason}` }) }] : [],
  );

function section(title: string, remarks: readonly Remark[]): string {
  if (remarks.length === 0) return '';
  const lines = remarks.map(
    ({ file, code, message, remedy }) =>
      `  ${file ? `${file}: ` : ''}${message} [${code}]${remedy ? ` ${remedy}` : ''}`,
  );
  return [title, ...lines].join('\n');
}
