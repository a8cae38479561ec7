import { createHmac } from 'node:crypto';
import type { GroupSource } from '../../contract/data.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { isGroupColumn, isPatientColumn, wordsFor, type GroupBy, type Grouping } from '../../contract/groups.ts';
import type { LabelledFile } from './labels.ts';
import { invalid, readByPattern } from './pattern.ts';
import { withoutFrame } from './places/frameNames.ts';
import { unified, withoutPlaceholders, type Placeholders } from './placeholders.ts';
import type { Identity } from './readers/picture.ts';

/** HMAC-SHA256 of an identifier under the workspace's salt, 128 bits in hex. The identifier itself is not kept. */
export function hashGroup(salt: string, identifier: string): string {
  return createHmac('sha256', salt).update(identifier).digest('hex').slice(0, 32);
}

export type GroupedFile = LabelledFile & { identity?: Identity | undefined };

export interface Groups {
  source: GroupSource;
  grouping: Grouping;
  /** Of each file; undefined where it stands for itself. */
  identifiers: (string | undefined)[];
  findings: Finding[];
  /** What else the files could be grouped by, the best first. */
  choices: { by: 'study' | 'series'; groups: number }[];
}

/** What a selection says of the groups: a column of the table, a pattern, or an identifier of DICOM. */
export interface GroupChoice {
  /** The column; `named`: by a person, and not found by its name. */
  column?: { name: string; named: boolean } | undefined;
  /** A column that nobody named and that may group the images if no patient is known. */
  nextBest?: string | undefined;
  groupPattern?: string | undefined;
  groupBy?: GroupBy | undefined;
}

/**
 * The group of each file: from the table's column, else the pattern on the path, else DICOM, where the patient is taken
 * unless another identifier was chosen. What is no identifier is not taken for one, and the findings say so.
 * Throws GROUP_PATTERN_INVALID, also when no path matches.
 */
export async function identifyGroups(files: readonly GroupedFile[], choice: GroupChoice): Promise<Groups> {
  const { source, kind, values: told } = await valuesOf(files, choice);
  const split = source === 'dicom' && kind === 'patient' ? severalPatients(files) : null;
  const values = split === null ? told : told.map(() => undefined);
  const classes = new Set(files.map(({ label }) => label)).size;
  const { identifiers: left, replaced } = withoutPlaceholders(values, classes > 1 && kind === 'patient');
  const { identifiers, joined, alike } = unified(left);
  const ungrouped = identifiers.filter((value) => value === undefined).length;
  const choices = kind === 'study' || kind === 'series' ? [] : offeredBy(files);
  const base = { source, identifiers, choices };
  if (files.length > 0 && ungrouped === files.length) {
    const findings = [unknown(files, { source, replaced, split, choice, choices })];
    return { ...base, source: 'none', grouping: 'image', findings };
  }
  const findings = [
    ...columnFindings(files, choice.column),
    ...(ungrouped === 0 ? [] : [partly(files.length, ungrouped, kind)]),
    ...(replaced === null ? [] : [findingOf('PATIENT_PLACEHOLDER', placeholderSentence(files, replaced, source))]),
    ...(joined + alike === 0 ? [] : [spellings(joined, alike, kind)]),
  ];
  return { ...base, grouping: ungrouped > 0 ? 'group' : kind, findings };
}

async function valuesOf(
  files: readonly GroupedFile[],
  { column, groupPattern, groupBy }: GroupChoice,
): Promise<{ source: GroupSource; kind: Grouping; values: (string | undefined)[] }> {
  const tidy = (values: (string | undefined)[]) => values.map((value) => value?.trim() || undefined);
  if (column) {
    const values = tidy(files.map(({ patient }) => patient));
    return { source: 'csv', kind: kindOfColumn(column.name, files, values), values };
  }
  if (groupPattern !== undefined) {
    const values = await readByPattern(
      groupPattern,
      files.map(({ file }) => withoutFrame(file).file),
    );
    if (files.length > 0 && values.every((value) => value === undefined))
      throw invalid(`The file-name pattern matches none of the ${files.length} images, for example ${files[0]!.file}.`);
    return { source: 'pattern', kind: 'patient', values };
  }
  if (groupBy === 'none') return { source: 'none', kind: 'image', values: files.map(() => undefined) };
  const by = groupBy ?? 'patient';
  return { source: 'dicom', kind: by, values: tidy(files.map(({ identity }) => identity?.[by])) };
}

/** Of a column that nobody named, or whose name does not say what it holds. */
function columnFindings(files: readonly GroupedFile[], column: GroupChoice['column']): Finding[] {
  if (!column) return [];
  const { name, named } = column;
  const values = files.map(({ patient }) => patient?.trim() || undefined);
  if (!isPatientColumn(name) && looksLikeSite(files, values))
    return [
      findingOf(
        'GROUP_LIKE_SITE',
        `The column ‘${name}’ has ${new Set(values).size} values for ${files.length} images: it looks like a site, an arm or a fold, not like patients. Its values are called groups here; images of one patient may be on two sides of a split.`,
      ),
    ];
  if (isLesser(name))
    return [
      findingOf(
        'GROUP_LESS_THAN_PATIENT',
        `The column ‘${name}’ keeps images together, by its name not those of a patient: images of one patient may be on two sides of a split.`,
      ),
    ];
  if (named) return [];
  return [findingOf('GROUP_COLUMN_TAKEN', `The column ‘${name}’ of the label file was taken as the patient.`)];
}

/** A column whose name says that it groups images by less than the patient: a lesion, an eye, a visit. */
const isLesser = (name: string): boolean => isGroupColumn(name) && !/^(stud|series|group|famil)/i.test(name.trim());

/** What a column groups: by its name (`study_id`, `SeriesInstanceUID`), else by its values, one for each file. */
export function kindOfColumn(
  name: string,
  files: readonly Pick<GroupedFile, 'file' | 'identity'>[],
  values: readonly (string | undefined)[],
): Grouping {
  if (/^stud(y|ies)([ _-]?(instance)?[ _-]?u?id)?$/i.test(name.trim())) return 'study';
  if (/^series([ _-]?(instance)?[ _-]?u?id)?$/i.test(name.trim())) return 'series';
  if (isLesser(name)) return 'group';
  return isPatientColumn(name) || !looksLikeSite(files, values) ? 'patient' : 'group';
}

const SITE_VALUE =
  /^(train|training|test|testing|val|valid|validation|fold.?\d+|site.?\w?|cent(er|re).?\w?|control|treat\w*|placebo|arm.?\w?|[a-d]|male|female|[mf]|left|right|[lr])$/i;

/**
 * Whether values are rather those of a site, an arm or a fold than of patients: few for many images, or at odds with the
 * patients that DICOM knows.
 */
export function looksLikeSite(
  images: readonly Pick<GroupedFile, 'file' | 'identity'>[],
  valuesOfImages: readonly (string | undefined)[],
): boolean {
  const counted = firstFrames(images);
  const [files, values] = [counted.map((at) => images[at]!), counted.map((at) => valuesOfImages[at])];
  const given = values.filter((value) => value !== undefined);
  const distinct = [...new Set(given)];
  if (distinct.length === 0) return false;
  if (distinct.every((value) => SITE_VALUE.test(value))) return true;
  if (distinct.length < 10 && given.length >= 10 * distinct.length) return true;
  if (distinct.length < 5 && given.length >= 3 * distinct.length) return true;
  const pairs = files.flatMap(({ identity }, at) =>
    identity?.patient && values[at] !== undefined ? [[values[at]!, identity.patient] as const] : [],
  );
  const valuesOfPatient = Map.groupBy(new Set(pairs.map(([value, patient]) => `${patient}\n${value}`)), (pair) => pair.split('\n')[0]!); // prettier-ignore
  const patientsOfValue = Map.groupBy(new Set(pairs.map(([value, patient]) => `${value}\n${patient}`)), (pair) => pair.split('\n')[0]!); // prettier-ignore
  const several = (map: Map<string, string[]>) => [...map.values()].filter((own) => own.length > 1).length;
  return several(valuesOfPatient) * 2 > valuesOfPatient.size || several(patientsOfValue) * 2 > patientsOfValue.size;
}

/** Studies and series, where they are known of every file and say more than nothing. */
function offeredBy(files: readonly GroupedFile[]): Groups['choices'] {
  return (['study', 'series'] as const).flatMap((by) => {
    const values = files.map(({ identity }) => identity?.[by]?.trim() || undefined);
    const groups = new Set(values).size;
    return values.every((value) => value !== undefined) && groups > 1 && groups < files.length ? [{ by, groups }] : [];
  });
}

const quotedForShell = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `"${name}"`);

/** Indices of the images without further frames of their files: a file says one thing, however many frames it has. */
function firstFrames(images: readonly Pick<GroupedFile, 'file'>[]): number[] {
  const firsts = new Map<string, number>();
  for (const [at, { file }] of images.entries()) {
    const whole = withoutFrame(file).file;
    if (!firsts.has(whole)) firsts.set(whole, at);
  }
  return [...firsts.values()];
}

/** A DICOM study is of one patient: where each file of one has a PatientID of its own, an anonymiser wrote one for each file. */
function severalPatients(files: readonly GroupedFile[]): string | null {
  const known = firstFrames(files).flatMap((at) => {
    const { identity } = files[at]!;
    return identity?.study && identity.patient ? [{ study: identity.study, patient: identity.patient }] : [];
  });
  if (new Set(known.map(({ patient }) => patient)).size < known.length) return null;
  const studies = [...Map.groupBy(known, ({ study }) => study).values()].filter((own) => own.length > 1);
  const torn = studies.filter((own) => new Set(own.map(({ patient }) => patient)).size > 1).length;
  return torn * 2 > studies.length
    ? `In ${torn} of ${studies.length} DICOM studies of several files, PatientID differs from file to file, although a DICOM study is of one patient: it was not taken as the patient.`
    : null;
}

/** Nobody is known: why, what follows, and the way out. */
function unknown(
  files: readonly GroupedFile[],
  {
    source,
    replaced,
    split,
    choice,
    choices,
  }: {
    source: GroupSource;
    replaced: Placeholders['replaced'];
    split: string | null;
    choice: GroupChoice;
    choices: Groups['choices'];
  },
): Finding {
  const cause =
    split ??
    (replaced !== null
      ? placeholderSentence(files, replaced, source)
      : choice.groupBy === 'none'
        ? 'As chosen, nothing groups the images.'
        : choice.groupBy === 'study' || choice.groupBy === 'series'
          ? `The files do not say which ${wordsFor(choice.groupBy).one} they are of.`
          : 'Nothing says which images are of the same patient.');
  const [best] = choices;
  const offer = best
    ? ` The files name ${best.groups} DICOM ${best.by === 'study' ? 'studies' : 'series'}, which is the next best: \`--group-by ${best.by}\`, or under ‘Labels and patients’ in the window.`
    : choice.nextBest !== undefined
      ? ` The label file has a column ‘${choice.nextBest}’, which may be the next best: \`--group-column ${quotedForShell(choice.nextBest)}\`, or ‘Patient column’ in the window.`
      : '';
  return findingOf(
    'NO_PATIENTS',
    `${cause} Each image counts on its own: where several are of one patient, results will look better than they are.${offer}`,
  );
}

function placeholderSentence(
  files: readonly GroupedFile[],
  { images, spelling }: NonNullable<Placeholders['replaced']>,
  source: GroupSource,
): string {
  const all = images === files.length;
  const what = source === 'dicom' ? 'PatientID' : 'patient identifier';
  const which = spelling === null ? `one and the same ${what}` : `the ${what} ‘${spelling}’`;
  const dicom = source === 'dicom' ? 'DICOM files' : 'images';
  const whose = all ? `All ${images} ${dicom} carry` : `${images} of ${files.length} images carry`;
  const why = spelling === null ? 'although they are of several classes' : 'which is a placeholder';
  return `${whose} ${which}, ${why}: it was not taken as the patient.`;
}

function partly(images: number, ungrouped: number, kind: Grouping): Finding {
  return findingOf(
    'PATIENT_MISSING',
    `${ungrouped} of ${images} images ${ungrouped === 1 ? 'has' : 'have'} no ${wordsFor(kind).one} identifier. Each counts on its own, although it may belong to one that is known.`,
  );
}

function spellings(joined: number, alike: number, kind: Grouping): Finding {
  const parts = [
    joined > 0 && `${joined} that differ from another in case or spaces only were treated as the same`,
    alike > 0 && `${alike} differ from another in leading zeros only and were treated as different ones`,
  ].filter(Boolean);
  return findingOf(
    'GROUPS_ALIKE',
    `Of the ${wordsFor(kind).one} identifiers, ${parts.join('; ')}. Correct them if that is wrong.`,
  );
}
