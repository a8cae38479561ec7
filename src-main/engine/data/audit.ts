import { createHash } from 'node:crypto';
import { positiveClass } from '../../contract/classes.ts';
import type { AuditReport, FileProblem } from '../../contract/data.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { countedGroups, wordsFor, type Grouping } from '../../contract/groups.ts';
import { confounders } from './confounders.ts';
import type { Groups } from './groups.ts';
import { describeScale } from '../../contract/greyScale.ts';
import { type Labelling, listed } from './labels.ts';
import { dicomCountsOf } from './dicomCounts.ts';
import type { DicomFacts, Note, NoteCode } from './readers/picture.ts';
import { aGroup } from './split.ts';
import type { DatasetImage } from './types.ts';
import { compare, type Walk } from './walk.ts';

export interface Findings {
  folder: string;
  walk: Walk;
  labelling: Labelling;
  problems: FileProblem[];
  images: DatasetImage[];
  classes: string[];
  groups: Groups;
  /** Of each image, where DICOM knows it. */
  scanners: readonly (string | undefined)[];
  notes: Note[];
  /** How many images have no colour. */
  grey: number;
  /** Of each DICOM image. */
  dicom: DicomFacts[];
  greyScale: AuditReport['greyScale'];
  csvFiles: AuditReport['csvFiles'];
}

export interface Obstacle {
  code: ErrorCode;
  message: string;
  remedy?: string;
}

/** The largest class has more than this many times the images of the smallest: worth a warning. */
const IMBALANCE = 10;
/** Training, validation and test each need a patient of every class. */
const LEAST_GROUPS = 3;
const EXAMPLES = 4;
/** Of identical files, in a sentence. */
const COPIES_NAMED = 5;
/** A column with more values holds no classes. */
const MOST_CLASSES = 1000;

/** Puts the findings of a scan together as the report a person reads. */
export function buildReport(findings: Findings): AuditReport {
  const { folder, walk, labelling, images, classes } = findings;
  const byClass = Map.groupBy(images, ({ label }) => label);
  const counts = classes.map((name) => {
    const own = byClass.get(name) ?? [];
    return { name, images: own.length, groups: countGroups(own), examples: examplesOf(own) };
  });
  return {
    folder,
    files: walk.files.length,
    images: images.length,
    groups: countGroups(images),
    groupSource: findings.groups.source,
    grouping: findings.groups.grouping,
    groupChoices: findings.groups.choices,
    classes: counts,
    positive: positiveClass(classes) ?? null,
    formats: countBy(images, ({ format }) => format).map(([format, count]) => ({ format, images: count })),
    sizes: sizesOf(images),
    greyScale: findings.greyScale,
    grey: findings.grey,
    ...(findings.dicom.length > 0 && { dicom: dicomCountsOf(findings.dicom) }),
    problems: findings.problems,
    warnings: [...labelling.warnings, ...warningsOf(findings, counts)],
    obstacles: [...labelling.obstacles, ...obstaclesOf(findings, counts)],
    fingerprint: fingerprintOf(images),
    csvFiles: findings.csvFiles,
  };
}

/** A few files spread over a class, each of another patient. */
function examplesOf(images: DatasetImage[]): string[] {
  const files = [...new Map(images.map(({ group, file }) => [group, file])).values()];
  const shown = Math.min(EXAMPLES, files.length);
  return Array.from({ length: shown }, (_, index) => files[Math.floor((index * files.length) / shown)]!);
}

/**
 * SHA-256 over the images' content hashes, labels and groups in canonical order. Groups enter by number of first
 * appearance, so that neither the folder's place nor a workspace's salt makes a difference.
 */
export function fingerprintOf(images: DatasetImage[]): string {
  const sorted = [...images].sort(
    (a, b) => compare(a.sha256, b.sha256) || compare(a.label, b.label) || compare(a.file, b.file),
  );
  const numbers = new Map<string, number>();
  const hash = createHash('sha256');
  for (const { sha256, label, group } of sorted) {
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    hash.update(`${JSON.stringify([sha256, label, numbers.get(group)])}\n`);
  }
  return hash.digest('hex');
}

function obstaclesOf(
  { images, problems, labelling, groups: { grouping } }: Findings,
  classes: AuditReport['classes'],
): Obstacle[] {
  if (images.length === 0) {
    const unlabelled = problems.filter(({ code }) => code === 'LABELS_VALUE_MISSING').length;
    return [
      {
        code: 'FOLDER_EMPTY',
        message:
          unlabelled > 0 && unlabelled === problems.length
            ? `The folder has ${unlabelled} ${unlabelled === 1 ? 'file' : 'files'}, but none is in a class folder or has a label.`
            : 'None of the files can be used: each is listed with its reason.',
        remedy: 'Put the images into one folder for each class, or choose a label file.',
      },
    ];
  }
  if (classes.length < 2)
    return [
      {
        code: 'ONE_CLASS',
        message: [
          `All ${images.length} images are of one class, "${classes[0]!.name}"; a classifier needs at least two.`,
          ...lostClasses(labelling, classes).map(({ message }) => message),
        ].join(' '),
        remedy: 'Choose the folder above, with one folder for each class, or a label file with two or more labels.',
      },
    ];
  if (classes.length > MOST_CLASSES)
    return [
      {
        code: 'TOO_MANY_CLASSES',
        message: `The images have ${classes.length} different labels, such as ${listed(classes.slice(0, 4).map(({ name }) => `"${name}"`))}; Cutpoint trains up to ${MOST_CLASSES} classes.`,
        remedy: 'Choose the column that holds the class; this one may hold names or identifiers.',
      },
    ];
  const few = classes.filter(({ groups }) => groups < LEAST_GROUPS);
  if (few.length === 0) return [];
  const described = few.map(({ name, images: count, groups }) =>
    grouping === 'image'
      ? `"${name}" (${plural(count, 'image')})`
      : `"${name}" (${countedGroups(groups, grouping)}, ${plural(count, 'image')})`,
  );
  return [
    {
      code: 'TOO_FEW_GROUPS',
      message: `Training, validation and test each need ${aGroup(grouping)} of every class, but there are fewer than ${LEAST_GROUPS} of ${listed(described)}.`,
      remedy: `Add ${wordsFor(grouping).many}, merge small classes, or leave the class out.`,
    },
  ];
}

/** Sentences for what was noticed while reading; each counts images. */
const NOTE_SENTENCES: Record<NoteCode, (images: string) => string> = {
  EXTENSION: (images) => `${images} had the file extension of another format; they were read by their content.`,
  ALPHA: (images) => `${images} had transparent parts; they are shown on black.`,
  PAGES: (images) => `${images} had several pages; the first is used.`,
  FRAMES: (images) =>
    `${images} had several frames; the middle one is used, or the first where the header does not count them.`,
  RANGE: (images) =>
    `${images} had no window; each is shown from its own darkest to its own brightest value. Where brightness distinguishes the classes, choose one scale for the folder.`,
  SCALE: (images) => `${images} had no window; they are shown on one scale.`,
  CLIPPED: (images) => `${images} had values outside the grey scale; they are clipped.`,
  DARK: (images) => `${images} are almost black on the grey scale that is used.`,
  WINDOW: (images) => `${images} had a window that does not follow the standard; look at the previews.`,
  LUT: (images) =>
    `${images} had a lookup table or palette whose depth is not the one it claims; the depth of its entries was used.`,
  UNIFORM: (images) =>
    `${images} became one uniform level through the window or lookup table of the file, although the samples differ; look at the previews.`,
  BITS: (images) =>
    `${images} had a header that contradicts the depth or position of the samples; the samples were followed.`,
  SIGN: (images) => `${images} had a header that contradicts itself about the sign of the samples.`,
  COLOURS: (images) =>
    `${images} had a header that contradicts itself about colours or brightness; look at the previews.`,
  CHANNELS: (images) => `${images} had channels besides their colours; those are not used.`,
  SCREEN: (images) => `${images} are screen captures; they may contain text.`,
  PROFILE: (images) =>
    `${images} had a colour profile; 8-bit images were converted to sRGB with it, others are taken as they are.`,
};

/** With the scale that is used, where it is one. */
function sentenceOf(code: NoteCode, images: string, { greyScale }: Findings): string {
  if (code !== 'SCALE' || !greyScale) return NOTE_SENTENCES[code](images);
  return `${images} had no window, and values from ${greyScale.low} to ${greyScale.high}; the grey scale used is: ${describeScale(greyScale.applied)}.`;
}

function warningsOf(findings: Findings, classes: AuditReport['classes']): Finding[] {
  const { images, groups, notes, labelling, scanners } = findings;
  const warnings: Finding[] = [
    ...groups.findings,
    ...lostClasses(labelling, classes),
    ...confounders(images, scanners),
  ];
  const counts = classes.map((entry) => entry.images);
  const [most, least] = [counts.reduce((a, b) => Math.max(a, b), 0), counts.reduce((a, b) => Math.min(a, b), Infinity)];
  if (counts.length > 1 && most > IMBALANCE * least)
    warnings.push({
      code: 'IMBALANCE',
      message: `The classes are very unequal: ${listed(
        classes.map((entry) => `"${entry.name}" ${entry.images}`),
        20,
      )}. Look at AUPRC and balanced accuracy, not at accuracy.`,
    });
  warnings.push(...duplicateWarnings(images, groups.grouping));
  for (const [code, count] of countBy(notes, (note) => note.code))
    warnings.push({ code, message: sentenceOf(code as NoteCode, plural(count, 'image'), findings) });
  return warnings;
}

/** Classes that had files, of which none or only the smaller part can be read. */
function lostClasses({ files }: Labelling, classes: AuditReport['classes']): Finding[] {
  const left = new Map(classes.map(({ name, images }) => [name, images]));
  return [...Map.groupBy(files, ({ label }) => label)].flatMap(([name, own]) => {
    const read = left.get(name) ?? 0;
    if (read === 0)
      return [findingOf('LOST_CLASS', `The class "${name}" is lost: none of its ${plural(own.length, 'file')} can be read.`)]; // prettier-ignore
    if (2 * read >= own.length) return [];
    return [findingOf('CLASS_MOSTLY_LOST', `Of the class "${name}" only ${read} of ${own.length} files can be read.`)];
  });
}

function duplicateWarnings(images: DatasetImage[], grouping: Grouping): Finding[] {
  const byContent = Map.groupBy(images, ({ sha256 }) => sha256);
  const repeated = [...byContent.values()].filter((copies) => copies.length > 1);
  const differing = (key: 'label' | 'group') =>
    repeated.filter((copies) => new Set(copies.map((copy) => copy[key])).size > 1);
  const names = (sets: DatasetImage[][]) =>
    listed(
      sets.map((copies) => copies.slice(0, COPIES_NAMED).map(({ file }) => file).join(' = ')), // prettier-ignore
      3,
    );
  const labels = differing('label');
  const groups = differing('group');
  const share = (sets: DatasetImage[][]) => sets.reduce((sum, copies) => sum + copies.length, 0) / images.length;
  const warnings: Finding[] = [];
  if (labels.length > 0)
    warnings.push(
      findingOf(
        'DUPLICATE_LABELS',
        `${plural(labels.length, 'image')} with identical files under different labels: ${names(labels)}.`,
        share(labels),
      ),
    );
  if (groups.length > 0)
    warnings.push(
      findingOf(
        'DUPLICATE_GROUPS',
        `${plural(groups.length, 'image')} with identical files under different ${wordsFor(grouping).many}: ${names(groups)}.`,
        share(groups),
      ),
    );
  return warnings;
}

function sizesOf(images: DatasetImage[]): AuditReport['sizes'] {
  if (images.length === 0) return null;
  const sizes = images
    .map(({ width, height }): [number, number] => [width, height])
    .sort((a, b) => a[0] * a[1] - b[0] * b[1] || a[0] - b[0]);
  return { smallest: sizes[0]!, median: sizes[Math.floor((sizes.length - 1) / 2)]!, largest: sizes.at(-1)! };
}

function countGroups(images: DatasetImage[]): number {
  return new Set(images.map(({ group }) => group)).size;
}

/** Counts by key, most frequent first. */
function countBy<T>(items: T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
