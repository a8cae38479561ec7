import type { DataSelection } from '../../contract/data.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { countedGroups, type Grouping } from '../../contract/groups.ts';
import type { Resolution } from '../../contract/resolutions.ts';
import { countBy } from './findings/counting.ts';
import { joinedGroups } from './joinedGroups.ts';
import { listed, quoted, type LabelledFile, type Labelling } from './labels.ts';
import { withoutFrame } from './places/frameNames.ts';
import type { DatasetImage } from './types.ts';
import { compare } from './walk.ts';

type Chosen = Labelling & { leftOut: LabelledFile[] };
type Of<K extends Resolution['kind']> = Extract<Resolution, { kind: K }>;

/** What files are left out as, by the code of the finding that this answers: one of them, and several. */
const LEFT_OUT_AS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  DUPLICATE_LABELS: ['duplicate', 'duplicates'],
  DUPLICATE_GROUPS: ['duplicate', 'duplicates'],
  NEAR_DUPLICATE: ['near-duplicate', 'near-duplicates'],
  NEAR_DUPLICATE_LABELS: ['near-duplicate', 'near-duplicates'],
  NEAR_DUPLICATE_GROUPS: ['near-duplicate', 'near-duplicates'],
  BLANK: ['blank', 'blank'],
  INVERTED: ['inverted', 'inverted'],
  BURNED_TEXT: ['with text at the border', 'with text at the border'],
  MASKS: ['mask', 'masks'],
};
const BY_HAND = ['by hand', 'by hand'] as const;

export const ofKind = <K extends Resolution['kind']>(resolutions: readonly Resolution[], kind: K): Of<K>[] =>
  resolutions.filter((each): each is Of<K> => each.kind === kind);

/**
 * A labelling, with classes left out and joined, as a person decided about single files: some left out, some of another
 * class. The report says what was decided, and what does not fit the files any more.
 * @param known classes of the model that the images are for
 */
export function asResolved(
  chosen: Chosen,
  resolutions: readonly Resolution[] = [],
  known: readonly string[] = [],
): Chosen {
  if (resolutions.length === 0) return chosen;
  const excluded = new Map(ofKind(resolutions, 'exclude').flatMap(({ files, code }) => files.map((file) => [file, code] as const))); // prettier-ignore
  const labels = new Map(ofKind(resolutions, 'relabel').map(({ file, label }) => [file, label]));
  const classes = new Set([...chosen.files.map(({ label }) => label), ...known]);
  const { true: out = [], false: kept = [] } = Object.groupBy(chosen.files, ({ file }) => String(excluded.has(file)) as 'true' | 'false'); // prettier-ignore
  const files = kept.map((each) => {
    const label = labels.get(each.file);
    return label !== undefined && classes.has(label) ? { ...each, label } : each;
  });
  return {
    ...chosen,
    files,
    problems: chosen.problems.filter(({ file }) => !excluded.has(file)),
    warnings: [
      ...chosen.warnings,
      ...leavingOut(out, excluded, resolutions),
      ...relabelling(kept, files, resolutions),
      ...emptied(chosen.files, files),
      ...unfit(chosen, labels, classes, resolutions),
    ],
    leftOut: [...chosen.leftOut, ...out].sort((a, b) => compare(a.file, b.file)),
  };
}

/** What was decided about whole files, and about single frames of files: those have to be found first. */
export function byFrames(resolutions: readonly Resolution[] = []): { files: Resolution[]; frames: Resolution[] } {
  const isFrame = (file: string): boolean => withoutFrame(file).frame !== undefined;
  const about = (frames: boolean) =>
    resolutions.flatMap((each): Resolution[] => {
      if (each.kind === 'keep') return frames ? [] : [each];
      if (each.kind === 'relabel') return isFrame(each.file) === frames ? [each] : [];
      const files = each.files.filter((file) => isFrame(file) === frames);
      return files.length > 0 ? [{ ...each, files }] : [];
    });
  return { files: about(false), frames: about(true) };
}

/** The images with the patients (or groups) made one of which a person said so. */
export function mergePatients(
  images: DatasetImage[],
  resolutions: readonly Resolution[] = [],
  grouping: Grouping,
): { images: DatasetImage[]; findings: Finding[] } {
  const at = new Map(images.map(({ file }, index) => [file, index]));
  const sets = ofKind(resolutions, 'merge').map(({ files }) => files.flatMap((file) => at.get(file) ?? []));
  if (sets.length === 0) return { images, findings: [] };
  const joined = joinedGroups(images, sets).images;
  const groups = (of: readonly DatasetImage[]) => new Set(sets.flat().map((index) => of[index]!.group)).size;
  const [before, after] = [groups(images), groups(joined)];
  if (after === before) return { images, findings: [] };
  const message = `As decided, ${countedGroups(before, grouping)} are counted as ${after.toLocaleString('en')}.`;
  return { images: joined, findings: [findingOf('MERGED', withReasons(message, ofKind(resolutions, 'merge')))] };
}

/** Files that were left out one by one, with a word about them or without. */
export function filesLeftOut({
  leaveOut,
  resolutions = [],
}: Pick<DataSelection, 'leaveOut' | 'resolutions'>): string[] {
  const without = leaveOut?.files ?? [];
  const excluded = ofKind(resolutions, 'exclude').flatMap(({ files }) => files);
  return excluded.length === 0 ? without : [...new Set([...without, ...excluded])];
}

/**
 * What was decided beside files left out, for a digest: in one order, without time and reasons. Nothing where there is
 * nothing.
 */
export function otherDecisions(resolutions: readonly Resolution[] = []): unknown[] {
  const merged = ofKind(resolutions, 'merge').map(({ files }) => [...files].sort(compare));
  const labels = [...new Map(ofKind(resolutions, 'relabel').map(({ file, label }) => [file, label]))];
  const kept = ofKind(resolutions, 'keep').map(({ code, files = [] }) => [code, ...[...files].sort(compare)]);
  if (merged.length + labels.length + kept.length === 0) return [];
  return [[merged, labels, kept].map((each) => each.map((own) => JSON.stringify(own)).sort(compare))];
}

function leavingOut(
  out: readonly LabelledFile[],
  excluded: ReadonlyMap<string, string | undefined>,
  resolutions: readonly Resolution[],
): Finding[] {
  if (out.length === 0) return [];
  const as = (file: string) => {
    const code = excluded.get(file);
    return (code === undefined ? BY_HAND : (LEFT_OUT_AS[code] ?? ([code, code] as const))).join('/');
  };
  const parts = countBy(out, ({ file }) => as(file)).map(([words, count]) => `${count} ${words.split('/')[count === 1 ? 0 : 1]}`); // prettier-ignore
  const message = `As decided, ${out.length} ${out.length === 1 ? 'file is' : 'files are'} left out: ${parts.join(', ')}.`;
  return [findingOf('EXCLUDED', withReasons(message, ofKind(resolutions, 'exclude')))];
}

function relabelling(
  before: readonly LabelledFile[],
  after: readonly LabelledFile[],
  resolutions: readonly Resolution[],
): Finding[] {
  const changed = before.flatMap(({ label }, at) => (label === after[at]!.label ? [] : [`"${label}" → "${after[at]!.label}"`])); // prettier-ignore
  if (changed.length === 0) return [];
  const each = listed(countBy(changed, (words) => words).map(([words, count]) => `${words} (${count})`));
  const message = `As decided, ${changed.length} ${changed.length === 1 ? 'image has' : 'images have'} another label: ${each}.`;
  return [findingOf('RELABELLED', withReasons(message, ofKind(resolutions, 'relabel')))];
}

/** A class never vanishes without a word. */
function emptied(before: readonly LabelledFile[], after: readonly LabelledFile[]): Finding[] {
  const left = new Set(after.map(({ label }) => label));
  const gone = [...new Set(before.map(({ label }) => label))].filter((label) => !left.has(label));
  if (gone.length === 0) return [];
  return [findingOf('CLASS_EMPTIED', `After what was decided, no image is left of: ${listed(quoted(gone))}.`)];
}

/** What was decided about files that are not there, and labels that are no class. */
function unfit(
  { files, leftOut, problems }: Chosen,
  labels: ReadonlyMap<string, string>,
  classes: ReadonlySet<string>,
  resolutions: readonly Resolution[],
): Finding[] {
  const present = new Set([...files, ...leftOut, ...problems].map(({ file }) => file));
  const named = resolutions.flatMap((each) =>
    each.kind === 'keep' ? [] : each.kind === 'relabel' ? [each.file] : each.files,
  );
  const gone = [...new Set(named)].filter((file) => !present.has(file));
  const strange = [...labels].filter(([file, label]) => present.has(file) && !classes.has(label));
  const sentences = [
    gone.length > 0 && `Decided about, but not among the labelled files any more: ${listed(gone)}.`,
    strange.length > 0 &&
      `Not given another label, since no class has that name: ${listed(strange.map(([file, label]) => `${file} ("${label}")`))}.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? [] : [findingOf('RESOLUTION_UNFIT', sentences.join(' '))];
}

/** A sentence with the reasons that were given; not those with the name of a file, which may be that of a patient. */
export function withReasons(sentence: string, resolutions: readonly Resolution[]): string {
  const given = resolutions.flatMap((each) => {
    const reason = reasonOf(each);
    return reason === undefined ? [] : [reason];
  });
  if (given.length === 0) return sentence;
  return `${sentence} Reasons given: "${[...new Set(given)].join('; ')}".`;
}

/** The reason that was given, with no quotation mark of the kind that it stands in. */
export function reasonOf(each: Resolution): string | undefined {
  const files = each.kind === 'relabel' ? [each.file] : (each.files ?? []);
  const reason = each.reason?.replaceAll('"', '’') ?? '';
  const stems = files.map((file) => file.replace(/^.*\//, '').replace(/\.[^.]*$/, '').toLowerCase()); // prettier-ignore
  const names = stems.some((stem) => stem.length >= SHORTEST_NAME && reason.toLowerCase().includes(stem));
  return reason === '' || names ? undefined : reason;
}

/** Characters from which on a part of a reason is taken for the name of a file: `1.png` is in most sentences with numbers. */
const SHORTEST_NAME = 3;
