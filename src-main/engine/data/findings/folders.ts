import { findingOf, type Finding } from '../../../contract/findings.ts';
import { isMaskFolder, maskClasses } from '../companions.ts';
import { listed, quoted, type LabelledFile } from '../labels.ts';
import type { Layout } from '../layout.ts';
import { partOfFolder } from '../splitFolders.ts';
import { isArchive, UNPACK, type Walk } from '../walk.ts';
import { countBy, plural } from './counting.ts';
import type { Notice } from './scanned.ts';

/** Of an image; `files` of a selection, or of all that the folders would make of it. */
type Labelled = Pick<LabelledFile, 'file' | 'label'>;

/** What the names of folders and files leave in doubt. @param byTable the labels are those of a table */
export function folderFindings(walk: Walk, layout: Layout, files: readonly Labelled[], byTable: boolean): Finding[] {
  return [
    ...(byTable ? [] : lookedThrough(layout)),
    ...splitFolders(layout, files, byTable),
    ...(byTable ? [] : [...innerClasses(layout), ...emptyClasses(walk, layout)]),
    ...nestedCopies(layout, files),
    ...masks(layout, files),
    ...leftBehind(walk),
  ];
}

export const folders: Notice = ({ walk, layout, labelling, byTable }) =>
  folderFindings(walk, layout, labelling.files, byTable);

function lookedThrough({ found: { through } }: Layout): Finding[] {
  if (through === undefined) return [];
  return [findingOf('LOOKED_THROUGH', `The folder "${through}" is the only one and was looked through: the classes are the folders in it.`)]; // prettier-ignore
}

function splitFolders({ choice, found: { split } }: Layout, files: readonly Labelled[], byTable: boolean): Finding[] {
  const beside = listed(quoted(split?.beside.map(({ folder }) => folder) ?? []));
  if (choice?.parts) {
    const parts = listed(Object.entries(choice.parts).map(([folder, part]) => `"${folder}" (${part})`), 10); // prettier-ignore
    const others = beside === '' ? '' : ` What lies beside them is not used: ${beside}.`;
    return [findingOf('SPLIT_TAKEN', `As chosen, folders are the parts of the split: ${parts}.${others}`)];
  }
  const names = [...new Set(files.map(({ label }) => label))];
  const parts = names.filter((name) => partOfFolder(name) !== undefined);
  const areClasses = !byTable && parts.length > 0 && (parts.length > 1 || parts.length === names.length);
  if (!areClasses && !split) return [];
  const offer = split && split.classes.length >= 2 ? ' They can be taken as the split: `--split-folders`, or in the window.' : ''; // prettier-ignore
  if (areClasses)
    return [findingOf('SPLIT_FOLDERS', `The folders ${listed(quoted(parts))} look like parts of a split, not like classes.${offer}`)]; // prettier-ignore
  const given = listed(quoted(split!.parts.map(({ folder }) => folder)));
  return [{ code: 'SPLIT_FOLDERS', message: `The folders ${given} look like parts of a split, which is not used.${offer}` }]; // prettier-ignore
}

function innerClasses({ choice, found: { inner, through = '' } }: Layout): Finding[] {
  if (!inner || choice?.classes !== undefined) return [];
  const where = through === '' ? '' : ` of "${through}"`;
  return [findingOf('INNER_CLASSES', `Several folders${where} hold folders of the same names, ${listed(quoted(inner))}: are these the classes? \`--class-folder last\` takes them, \`--class-folder first\` does not; or choose in the window.`)]; // prettier-ignore
}

/** Documents, tables and code, of which a folder beside the classes may be full. */
const DOCUMENTS = /\.(txt|md|rst|jsonl?|xml|ya?ml|html?|pdf|docx?|xlsx?|ods|odt|pptx?|py|ipynb|m|r|js|ts|sh|bat|log|ini|cfg|toml|csv|tsv)$|^[^.]+$/i; // prettier-ignore

/** A folder among those of classes in which there is none left to read. */
function emptyClasses({ files, folders: all, passedOver, tables }: Walk, layout: Layout): Finding[] {
  const classes = new Set(files.flatMap((file) => layout.labelOf(file) ?? []));
  if (classes.size === 0) return [];
  return all.flatMap((folder) => {
    const name = layout.classOf(folder);
    if (name === undefined || classes.has(name)) return [];
    if (isMaskFolder(name) || partOfFolder(name) !== undefined) return [];
    const within = (names: readonly string[]): string[] => names.filter((file) => file.startsWith(`${folder}/`));
    const others = within(passedOver);
    const message = `The folder "${folder}" holds no image: there is no class of that name.`;
    const isBeside = others.length + within(tables).length > 0 && others.every((file) => DOCUMENTS.test(file.slice(file.lastIndexOf('/') + 1))); // prettier-ignore
    return [isBeside ? { code: 'EMPTY_CLASS', message } : findingOf('EMPTY_CLASS', message)];
  });
}

function nestedCopies({ found: { copies = [] } }: Layout, files: readonly Labelled[]): Finding[] {
  return copies.flatMap((name) => {
    const own = files.filter(({ file }) => file.startsWith(`${name}/`)).length;
    if (own === 0) return [];
    return [findingOf('NESTED_COPY', `The folder "${name}" is a second copy of what lies beside it: ${plural(own, 'file')} of the same names and sizes. Leave it out: \`--leave-out ${name}/\`, or in the window.`)]; // prettier-ignore
  });
}

/** Of files that would become images of a class. */
function masks({ masks: companions }: Layout, files: readonly Labelled[]): Finding[] {
  const named = maskClasses(files, companions);
  const own = files.filter(({ file, label }) => companions.has(file) && !named.includes(label));
  const remedy = 'Leave them out: `--leave-out-masks`, or in the window.';
  return [
    ...(named.length === 0
      ? []
      : [findingOf('MASKS', `The ${named.length === 1 ? 'folder' : 'folders'} ${listed(quoted(named))} may hold masks, not images of a class. ${remedy}`)]), // prettier-ignore
    ...(own.length === 0
      ? []
      : [findingOf('MASKS', `${plural(own.length, 'file')} may be ${own.length === 1 ? 'a mask by its name' : 'masks by their names'}, such as ${own[0]!.file}. ${remedy}`)]), // prettier-ignore
  ];
}

/** What was passed over, in a line each. */
function leftBehind({ system, passedOver, unpacked }: Walk): Finding[] {
  const kinds = countBy(system, (name) => (name.startsWith('._') ? '._*' : name));
  const archives = passedOver.filter(isArchive);
  const disc = passedOver.filter((file) => /(^|\/)dicomdir$/i.test(file));
  return [
    ...(system.length === 0
      ? []
      : [findingOf('SYSTEM_FILES', `What systems leave behind was passed over: ${listed(kinds.map(([name, count]) => `${name} (${count})`))}.`)]), // prettier-ignore
    ...(archives.length === 0
      ? []
      : [findingOf('ARCHIVES', `Archives are not read: ${listed(archives)}. ${UNPACK}`)]), // prettier-ignore
    ...(unpacked.length === 0
      ? []
      : [findingOf('ARCHIVE_UNPACKED', `What is in ${listed(unpacked)} lies unpacked beside it, where it is read; the archive itself is not.`)]), // prettier-ignore
    ...(disc.length === 0
      ? []
      : [findingOf('DICOMDIR', `${listed(disc)} ${disc.length === 1 ? 'is the index' : 'are indexes'} of a DICOM disc, not an image; the files beside it are read themselves.`)]), // prettier-ignore
  ];
}
