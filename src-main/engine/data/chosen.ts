import type { DataSelection } from '../../contract/data.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { maskClasses } from './companions.ts';
import type { Layout } from './layout.ts';
import { listed, type LabelledFile, type Labelling } from './labels.ts';

const KEPT = 'kept';
const CLASS = 'class';
const SINGLE = 'file';
const FOLDER = 'folder';
const MASK = 'mask';

/**
 * A labelling with what a person decided about it: parts of a split taken from folders, files and classes left out, classes
 * joined. Classes are named as the folders or the table name them, also those that are joined. The report says what was
 * decided.
 */
export function asChosen(
  labelling: Labelling,
  { leaveOut, join }: Pick<DataSelection, 'leaveOut' | 'join'>,
  layout: Pick<Layout, 'choice' | 'masks' | 'partOf'>,
): Labelling & { leftOut: LabelledFile[] } {
  const given = inParts(labelling, layout);
  const files = new Set(leaveOut?.files);
  // Of several labels, those that are left out are in no row any more.
  const classes = new Set(given.names ? [] : leaveOut?.classes);
  const folders = leaveOut?.folders ?? [];
  const names = new Map(Object.entries(join ?? {}));
  const ofMasks = new Set(leaveOut?.masks ? maskClasses(given.files, layout.masks) : []);
  if (files.size + classes.size + folders.length + names.size === 0 && !leaveOut?.masks)
    return { ...given, leftOut: [] };
  const whyOut = ({ file, label }: LabelledFile): string | undefined => {
    if (classes.has(label)) return CLASS;
    if (files.has(file)) return SINGLE;
    if (folders.some((folder) => file.startsWith(`${folder}/`))) return FOLDER;
    return leaveOut?.masks && (layout.masks.has(file) || ofMasks.has(label)) ? MASK : undefined;
  };
  const { [KEPT]: kept = [], ...out } = Object.groupBy(given.files, (each) => whyOut(each) ?? KEPT);
  const joined = new Map([...names].filter(([name]) => kept.some(({ label }) => label === name)));
  return {
    ...given,
    files: kept.map((each) => ({ ...each, label: joined.get(each.label) ?? each.label })),
    problems: given.problems.filter(({ file }) => !files.has(file)),
    warnings: [...given.warnings, ...leavingOut(out, folders), ...joining(joined)],
    leftOut: given.files.filter((each) => whyOut(each) !== undefined),
  };
}

/** What is in no part of a split that folders say is not used. */
function inParts(labelling: Labelling, { choice, partOf }: Pick<Layout, 'choice' | 'partOf'>): Labelling {
  if (!choice?.parts) return labelling;
  const files = labelling.files.flatMap((each) => {
    const part = partOf(each.file);
    return part ? [{ ...each, part }] : [];
  });
  return { ...labelling, files };
}

function leavingOut(out: Partial<Record<string, LabelledFile[]>>, folders: readonly string[]): Finding[] {
  const of = (why: string): LabelledFile[] => out[why] ?? [];
  const all = Object.values(out).reduce((sum, own) => sum + own!.length, 0);
  if (all === 0) return [];
  const named = [...new Set(of(CLASS).map(({ label }) => label))];
  const [single, masks] = [of(SINGLE).length, of(MASK).length];
  const parts = [
    named.length > 0 &&
      `${named.length === 1 ? 'the class' : 'the classes'} ${listed(named.map((name) => `"${name}"`))}`,
    of(FOLDER).length > 0 && `what lies in ${listed(folders.map((name) => `"${name}"`))}`,
    masks > 0 && `${masks} ${masks === 1 ? 'mask' : 'masks'}`,
    single > 0 && `${single} single ${single === 1 ? 'file' : 'files'}`,
  ].filter(Boolean);
  return [findingOf('LEFT_OUT', `As chosen, ${all} ${all === 1 ? 'file is' : 'files are'} left out: ${parts.join(' and ')}.`)]; // prettier-ignore
}

function joining(joined: ReadonlyMap<string, string>): Finding[] {
  return [...Map.groupBy(joined, ([, to]) => to)].map(([to, own]) => {
    const names = listed(own.map(([from]) => `"${from}"`));
    return findingOf('JOINED', `As chosen, images labelled ${names} are counted as "${to}".`);
  });
}
