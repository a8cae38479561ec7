import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { InputOf } from '../../contract/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { groupBy, type GroupBy } from '../../contract/groups.ts';
import {
  CT_WINDOW_NAMES,
  hounsfieldOf,
  hounsfieldWindow,
  nthWindow,
  scale,
  type GreyScale,
} from '../../contract/greyScale.ts';
import { pathOf } from '../../userPath.ts';
import { addSeveralLabelOptions, severalLabelsOf } from './severalLabels.ts';
import { addResolutionOptions, resolutionsOf, type ResolutionOptions } from './resolutions.ts';

export type DataSelectionInput = InputOf<'data.audit'>;

/** How the images of a folder are labelled and grouped. */
export interface LabelOptions extends ResolutionOptions {
  labels?: string;
  fileColumn?: string;
  labelColumn?: string;
  labelTag?: string;
  groupColumn?: string;
  matchEnds?: boolean;
  oneHot?: string[];
  missing?: string[];
  severalLabels?: string;
  labelColumns?: string[];
  labelGroup?: string;
  labelSeparator?: string;
  uncertain?: string;
  empty?: string;
  labelPolicy?: string[];
  partColumn?: string;
  groupPattern?: string;
  groupBy?: string;
  greyScale?: GreyScale;
  leaveOut?: string[];
  leaveOutMasks?: boolean;
  join?: string[];
  classFolder?: 'first' | 'last';
  splitFolders?: boolean;
  copiesTogether?: boolean;
  frames?: 'each' | 'middle';
}

export function addLabelOptions(command: Command): Command {
  command
    .option(
      '--labels <csv>',
      'table of files and labels (CSV, TSV or .xlsx), in the working directory or else in DATA; without it the class is the first folder below DATA, or below the only one in it',
    )
    .option('--file-column <name>', 'column of the CSV with the file, relative to DATA (default: "file")')
    .option('--label-column <name>', 'column of the CSV with the class (default: "label")')
    .option(
      '--label-tag <tag>',
      'instead of folders or a CSV: the class is the value of this DICOM tag, by its keyword or number, such as BodyPartExamined or (0018,0015)',
    )
    .option(
      '--group-column <name>',
      'column of the CSV with the patient (or whatever groups the images), so that none is on both sides of a split (default: one whose name says so, such as patient_id)',
    )
    .option('--part-column <name>', 'column of the CSV with the part of each image: train, validation or test')
    .option(
      '--match-ends',
      'find the files of the CSV by the ends of their paths, as where it was written on another machine; an end that several files have is refused',
    )
    .option(
      '--one-hot <columns...>',
      'columns of the CSV with 0 and 1 in place of --label-column: the class is the one that has a 1',
    ) // prettier-ignore
    .option(
      '--missing <values...>',
      'labels that stand for none, beside an empty cell (default: NA, nan, null, -, ? and the like; None among numbers)',
    )
    .addOption(
      new Option(
        '--several-labels <what>',
        'images with several labels in one cell, such as A|B: left out, or each label learnt on its own (default: each combination is a class of its own, once it is accepted)',
      ).choices(['leave-out', 'each']),
    )
    .option(
      '--group-pattern <regex>',
      'regular expression on the relative path whose first capture group is the patient (or whatever groups the images); takes precedence over DICOM PatientID',
    )
    .addOption(
      new Option(
        '--group-by <what>',
        'DICOM identifier that groups the images, without a column or a pattern (default: patient); study and series are the next best where no patient is known; none: each image on its own',
      ).choices(groupBy.options),
    )
    .option(
      '--grey-scale <scale>',
      'black and white of images with more than 8 bits and no window: folder (one scale from the lowest to the highest value of all), full (the whole range of their bit depth), picture (each image its own), middle (the same without the outermost 1 % at either end), LOW:HIGH, or auto (one scale where the images plausibly share one); for CT also lung, mediastinum, bone, brain or LOW:HIGHHU, a window in Hounsfield units in place of those of the files; window:2 for the second window of files that bring several',
      scaleOf,
    )
    .addOption(
      new Option(
        '--class-folder <what>',
        'folder that is the class: first below DATA, or last, in which the file lies (default: first, with a question where the others may be meant)',
      ).choices(['first', 'last']),
    )
    .option(
      '--split-folders',
      'folders named train, val, test and the like are the parts of the split, and the classes are in them; `cutpoint glance` lists them',
    )
    .option(
      '--leave-out <names...>',
      'classes, and files relative to DATA, that are not used; FOLDER/ for all that is in a folder; the report says so',
    )
    .option('--leave-out-masks', 'masks and other companions that lie among the images are not used')
    .option('--join <names...>', 'count one class as another, FROM=TO: `--join A=C B=C` makes one class of A and B')
    .option(
      '--copies-together',
      'count patients (or groups) with images that are equal or look the same as one, so that none is on both sides of a split',
    )
    .addOption(
      new Option(
        '--frames <what>',
        'of DICOM files with several frames, and TIFF files with several pages: each as an image of its own, or the middle one, of pages the first (default: middle)',
      ).choices(['each', 'middle']),
    );
  return addResolutionOptions(addSeveralLabelOptions(command));
}

/**
 * The selection that the options describe, with absolute paths. A CSV is looked for in the working directory, then in
 * the folder of the images.
 * @throws CutpointError INPUT_INVALID where a column is named without a CSV, and what {@link resolutionsOf} throws
 */
export function dataSelection(folder: string, options: LabelOptions): DataSelectionInput {
  const { labels, fileColumn, labelColumn, groupColumn, partColumn, groupPattern, greyScale } = options;
  if (options.groupBy !== undefined && (groupColumn ?? groupPattern) !== undefined) {
    throw new CutpointError(
      'INPUT_INVALID',
      'Images are grouped by a column or a pattern, or by what --group-by says.',
      {
        remedy: 'Leave one of them out.',
      },
    );
  }
  const reading = readingOf(options);
  if (
    labels === undefined &&
    ((fileColumn ?? labelColumn ?? groupColumn ?? partColumn) !== undefined || Object.keys(reading).length > 0)
  ) {
    throw new CutpointError('INPUT_INVALID', 'It is said how a CSV is read, but no CSV file is named.', {
      remedy: 'Name the CSV file with --labels.',
    });
  }
  const absolute = pathOf(folder);
  const resolutions = resolutionsOf(options);
  return {
    folder: absolute,
    ...(labels !== undefined && {
      labels: {
        csv: csvPath(labels, absolute),
        ...defined({ fileColumn, labelColumn, groupColumn, partColumn }),
        ...reading,
      },
    }),
    ...defined({ groupPattern, groupBy: options.groupBy as GroupBy | undefined }),
    ...defined({ labelTag: options.labelTag, greyScale }),
    ...chosen(options),
    ...(options.frames === 'each' && { frames: 'each' as const }),
    ...layoutOf(options),
    ...(resolutions && { resolutions }),
  };
}

/** How a table says file and class, beside the columns. */
function readingOf(options: LabelOptions) {
  const { matchEnds, oneHot, missing, severalLabels } = options;
  return defined({
    match: matchEnds ? ('end' as const) : undefined,
    ...{ oneHot, missing },
    several: severalLabels === 'leave-out' ? ('leave-out' as const) : undefined,
    multi: severalLabelsOf(options),
  });
}

function layoutOf({ classFolder, splitFolders }: LabelOptions): Pick<DataSelectionInput, 'layout'> {
  if (classFolder === undefined && !splitFolders) return {};
  return { layout: { ...defined({ classes: classFolder }), ...(splitFolders && { parts: 'found' as const }) } };
}

/** What is left out and joined; a name may be that of a class or of a file, or of a folder with a slash behind it. */
function chosen({
  leaveOut,
  leaveOutMasks,
  join,
  copiesTogether,
}: LabelOptions): Pick<DataSelectionInput, 'leaveOut' | 'join' | 'copiesTogether'> {
  const { true: folders = [], false: names = [] } = Object.groupBy(leaveOut ?? [], (name) =>
    String(/[\\/]$/.test(name)),
  );
  const out = {
    ...{ files: names, classes: names },
    ...(folders.length > 0 && { folders: folders.map((name) => name.replaceAll('\\', '/').replace(/\/+$/, '')) }),
    ...(leaveOutMasks && { masks: true }),
  };
  return {
    ...((leaveOut !== undefined || leaveOutMasks) && { leaveOut: out }),
    ...(join && { join: Object.fromEntries(join.flatMap(joined)) }),
    ...(copiesTogether && { copiesTogether }),
  };
}

/** A class may be named with a blank at its end, which tells it from another one. @throws CutpointError INPUT_INVALID */
function joined(text: string): [from: string, to: string][] {
  const [whole = '', ...more] = text.split('=');
  const [from, to] = [whole.trim(), more[0]?.trim()];
  if (from && to && more.length === 1) return [...new Set([whole, from])].filter((name) => name !== to).map((name) => [name, to]); // prettier-ignore
  throw new CutpointError('INPUT_INVALID', `--join: '${text}' does not say which class is counted as which.`, {
    remedy: 'Write it as `--join MALIGNANT=CANCER`.',
  });
}

const NAMED: readonly GreyScale[] = ['auto', 'folder', 'full', 'picture', 'middle'];

/** @throws CutpointError INPUT_INVALID */
function scaleOf(text: string): GreyScale {
  const named = NAMED.find((name) => name === text);
  if (named) return named;
  const ofCt = CT_WINDOW_NAMES.find((name) => name === text);
  if (ofCt) return hounsfieldOf(ofCt);
  const place = /^window:(\d{1,2})$/i.exec(text)?.[1];
  const nth = nthWindow.safeParse({ window: Number(place) });
  if (nth.success) return nth.data;
  const numbers = /^(-?[0-9.]+(?:e[+-]?[0-9]+)?):(-?[0-9.]+(?:e[+-]?[0-9]+)?) ?(HU)?$/i.exec(text);
  const ends = { black: Number(numbers?.[1]), white: Number(numbers?.[2]) };
  const parsed = numbers?.[3] ? hounsfieldWindow.safeParse({ ...ends, hounsfield: true }) : scale.safeParse(ends);
  if (parsed.success) return parsed.data;
  throw new CutpointError('INPUT_INVALID', `--grey-scale: '${text}' is not a grey scale.`, {
    remedy: `Choose ${[...NAMED, ...CT_WINDOW_NAMES].join(', ')}, the values of black and white as in 0:4095, or -1000:400HU, or one of several windows as in window:2.`,
  });
}

/** A table named on the command line: in the working directory, else in the folder of the images. */
export function csvPath(csv: string, folder: string): string {
  const here = pathOf(csv);
  // The index of a disc stands for its folder.
  const there = resolve(/^dicomdir$/i.test(basename(folder)) ? dirname(folder) : folder, csv);
  return !isThere(here) && isThere(there) ? there : here;
}

/** Of what lies in an archive, the engine finds out. */
function isThere(path: string): boolean {
  const archive = /^.*?\.zip(?=[\\/])/i.exec(path)?.[0];
  return existsSync(path) || (archive !== undefined && existsSync(archive));
}

/** The option that gives a setting of a selection, by its path: `data.groupPattern` → `--group-pattern`. */
export function dataOptionAt([part, ...path]: readonly string[]): string | undefined {
  if (part !== 'data' && part !== 'test') return undefined;
  const [name] = path.slice(path[0] === 'labels' ? 1 : 0);
  if (name === undefined || name === 'folder') return part === 'data' ? '--data' : '--test-data';
  if (name === 'csv') return part === 'data' ? '--labels' : '--test-labels';
  const named = { match: 'match-ends', several: 'several-labels', multi: 'label-columns' }[name] ?? name;
  return `--${named.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Without the properties that are undefined, so that the schema's defaults apply. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
