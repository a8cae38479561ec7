import { createHash } from 'node:crypto';
import { positiveClass } from '../../contract/classes.ts';
import type { AuditReport } from '../../contract/data.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { countedGroups, wordsFor } from '../../contract/groups.ts';
import { countClasses, groupsOf, labelObstacles, severalCounts } from './classCounts.ts';
import { dicomCountsOf } from './dicomCounts.ts';
import { alikeNames } from './findings/alike.ts';
import { countBy, plural } from './findings/counting.ts';
import { NOTICES } from './findings/index.ts';
import { lostClasses } from './findings/lostClasses.ts';
import type { Scanned } from './findings/scanned.ts';
import { listed, UNLABELLED } from './labels.ts';
import { aGroup } from './split.ts';
import type { DatasetImage, SplitName } from './types.ts';
import { compare } from './walk.ts';

export interface Obstacle {
  code: ErrorCode;
  message: string;
  remedy?: string;
}

/** Training, validation and test each need a patient of every class. */
const LEAST_GROUPS = 3;
/** A column with more values holds no classes. */
const MOST_CLASSES = 1000;

/** Puts the findings of a scan together as the report a person reads. */
export function buildReport(found: Scanned): AuditReport {
  const { folder, walk, labelling, images, classes } = found;
  const several = labelling.names !== undefined;
  const counts = countClasses(images, classes, several);
  return {
    folder,
    files: walk.files.length,
    images: images.length,
    groups: groupsOf(images),
    groupSource: found.groups.source,
    grouping: found.groups.grouping,
    groupChoices: found.groups.choices,
    classes: counts,
    ...(several && { several: severalCounts(images) }),
    positive: several ? null : (positiveClass(classes) ?? null),
    formats: countBy(found.looked, ({ format }) => format).map(([format, count]) => ({ format, images: count })),
    sizes: sizesOf(found.looked),
    greyScale: found.greyScale,
    grey: found.grey,
    ...(found.dicom.length > 0 && { dicom: dicomCountsOf(found.dicom, found.people, found.peopleOfClass) }),
    problems: found.problems,
    warnings: NOTICES.flatMap((notice) => notice(found, counts)),
    obstacles: [...labelling.obstacles, ...obstaclesOf(found, counts)],
    ...(found.shortcuts && classes.length > 1 && { shortcuts: found.shortcuts }),
    ...partsOf(images),
    fingerprint: fingerprintOf(images),
    csvFiles: found.csvFiles,
    ...(found.series && { series: found.series }),
    ...(found.frames && { frames: found.frames }),
    ...offeredBy(found),
  };
}

/** What can be done about what the folders leave in doubt. */
function offeredBy({ layout: { found }, byTable, classes }: Scanned): Pick<AuditReport, 'layout'> {
  const { through: _through, inner: _inner, ...always } = found;
  const alike = alikeNames(classes);
  const layout = { ...(byTable ? always : found), ...(alike.length > 0 && { alike }) };
  return Object.keys(layout).length > 0 ? { layout } : {};
}

/** Images of each part, where it is given. */
function partsOf(images: readonly DatasetImage[]): Pick<AuditReport, 'parts'> {
  const count = (name: SplitName): number => images.filter(({ part }) => part === name).length;
  if (images.every(({ part }) => part === undefined)) return {};
  return { parts: { train: count('train'), validation: count('validation'), test: count('test') } };
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

function obstaclesOf(found: Scanned, classes: AuditReport['classes']): Obstacle[] {
  const {
    images,
    problems,
    groups: { grouping },
  } = found;
  if (images.length === 0) {
    const unlabelled = problems.filter(({ code }) => code === UNLABELLED).length;
    const files = found.looked.length > 0 ? found.walk.files.length : unlabelled;
    return [
      {
        code: 'FOLDER_EMPTY',
        message:
          unlabelled > 0 && (unlabelled === problems.length || found.looked.length > 0)
            ? `The folder has ${files} ${files === 1 ? 'file' : 'files'}, but none is in a class folder or has a label.`
            : 'None of the files can be used: each is listed with its reason.',
        remedy: 'Put the images into one folder for each class, or choose a label file.',
      },
    ];
  }
  if (found.labelling.names) return labelObstacles(images, classes, grouping);
  if (classes.length < 2)
    return [
      {
        code: 'ONE_CLASS',
        message: [
          `All ${images.length} images are of one class, "${classes[0]!.name}"; a classifier needs at least two.`,
          ...lostClasses(found, classes).map(({ message }) => message),
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

function sizesOf(images: Scanned['looked']): AuditReport['sizes'] {
  if (images.length === 0) return null;
  const sizes = images
    .map(({ width, height }): [number, number] => [width, height])
    .sort((a, b) => a[0] * a[1] - b[0] * b[1] || a[0] - b[0]);
  return { smallest: sizes[0]!, median: sizes[Math.floor((sizes.length - 1) / 2)]!, largest: sizes.at(-1)! };
}
