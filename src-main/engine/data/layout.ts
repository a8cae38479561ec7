import { CutpointError } from '../../contract/errors.ts';
import type { FoundLayout, LayoutChoice, SplitPart } from '../../contract/layout.ts';
import { companionsOf, isMaskFolder } from './companions.ts';
import { copiesIn } from './copies.ts';
import { placedIn, splitIn, type Way } from './splitFolders.ts';
import { compare, type Walk } from './walk.ts';

/** More names are patients or studies rather than classes. */
const MOST_INNER = 20;

type Parts = Record<string, SplitPart>;

/** What the names in a folder say of it, and what a person said of them. */
export interface Layout {
  /** With its parts by folder; undefined: nobody has said anything. */
  choice: (LayoutChoice & { parts?: Parts }) | undefined;
  found: FoundLayout;
  /** Files that are companions of an image. */
  masks: ReadonlySet<string>;
  /** The class of a file by its folders; undefined where it is in none. */
  labelOf(file: string): string | undefined;
  /** The part of a file; undefined where no parts were chosen, or it is in none of them. */
  partOf(file: string): SplitPart | undefined;
  /** The class that a folder is, be it empty; undefined for those above and within the folder of a class. */
  classOf(folder: string): string | undefined;
}

export interface LayoutOptions {
  choice?: LayoutChoice | undefined;
  /** Classes of the model that the images are for: a folder that is named so is no folder to look through. */
  known?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Judges a folder by the names in it, and by sizes which of its files may be copies: which folders are classes, which are
 * parts of a split, which files are masks. A glance, an audit and a training all ask here.
 * @throws CutpointError INPUT_INVALID where parts are to be taken and no folder is named as one; CANCELLED
 */
export async function layoutOf(
  folder: string,
  { files }: Pick<Walk, 'files'>,
  { choice, known = [], signal }: LayoutOptions = {},
): Promise<Layout> {
  const copies = await copiesIn(folder, files, signal);
  const own = files.filter((file) => !copies.some((each) => file.startsWith(`${each}/`)));
  const wayTo = waysByFolder();
  const offered = splitIn(own.map(wayTo));
  const parts = choice?.parts === 'found' ? required(offered && recordOf(offered)) : choice?.parts;
  const from = choice?.classes ?? 'first';

  const placed = (way: Way): { way: Way; part?: SplitPart } | undefined => (parts ? placedIn(parts, way) : { way });
  const through = lookedThrough(files.flatMap((file) => [placed(wayTo(file))?.way ?? []]), known); // prettier-ignore
  const labelAt = labelling(through, from);

  const within = parts ?? (offered && recordOf(offered));
  const ways = own.flatMap((file) => {
    const way = within ? placedIn(within, wayTo(file))?.way : wayTo(file);
    return way ? [way] : [];
  });
  const throughThere = lookedThrough(ways, known);
  const split = offered && {
    parts: offered.parts,
    beside: [...offered.beside, ...copies.map((name) => ({ folder: name, files: inFolder(files, name) }))].sort((a, b) => compare(a.folder, b.folder)), // prettier-ignore
    classes: [...new Set(ways.flatMap((way) => labelling(throughThere, from)(way) ?? []))].sort(compare),
  };
  const inner = innerNames(ways.map((way) => way.slice(throughThere.length)));
  return {
    choice: choice && { ...(choice.classes && { classes: choice.classes }), ...(parts && { parts }) },
    found: {
      ...(through.length > 0 && { through: through.join('/') }),
      ...(split && { split }),
      ...(inner.length > 0 && { inner }),
      ...(copies.length > 0 && { copies }),
    },
    masks: companionsOf(files),
    labelOf: (file) => {
      const way = placed(wayTo(file))?.way;
      return way && labelAt(way);
    },
    partOf: (file) => placed(wayTo(file))?.part,
    classOf: (path) => {
      const way = placed(wayOf(path))?.way;
      const isThere = way?.length === through.length + 1 && through.every((name, depth) => way[depth] === name);
      return isThere && from === 'first' ? way.at(-1) : undefined;
    },
  };
}

/** An archive is the folder that comes out of it. */
const wayOf = (folder: string): string[] => folder.split('/').map((name) => name.replace(/(?<=.)\.zip$/i, ''));

/** Of a file the folders on the way to it, of all files of a folder the same. */
function waysByFolder(): (file: string) => Way {
  const ways = new Map<string, Way>();
  return (file) => {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    let way = ways.get(folder);
    if (!way) ways.set(folder, (way = folder === '' ? [] : wayOf(folder)));
    return way;
  };
}

const recordOf = ({ parts }: NonNullable<ReturnType<typeof splitIn>>): Parts =>
  Object.fromEntries(parts.map(({ folder, part }) => [folder, part]));

const inFolder = (files: readonly string[], name: string): number =>
  files.filter((file) => file.startsWith(`${name}/`)).length;

const labelling =
  (through: Way, from: 'first' | 'last') =>
  (way: Way): string | undefined => {
    if (way.length <= through.length || through.some((name, depth) => way[depth] !== name)) return undefined;
    return from === 'first' ? way[through.length] : way.at(-1);
  };

/**
 * The only folders, one within another, down to the first that has several: nothing is a class that has no other beside
 * it. Where most files lie in such a folder itself, it is one class, with folders of patients or the like.
 */
function lookedThrough(ways: readonly Way[], known: readonly string[]): Way {
  let below = ways.filter((way) => way.length > 0);
  const through: string[] = [];
  for (;;) {
    const names = new Set(below.map((way) => way[through.length]!));
    if (names.size > 1) return through;
    const [only] = names;
    if (only === undefined || known.includes(only)) return [];
    through.push(only);
    const deeper = below.filter((way) => way.length > through.length);
    if (deeper.length * 2 <= below.length) return [];
    below = deeper;
  }
}

/** Folders that only sort files by what they are. */
const KINDS = /^(images?|imgs?|pictures?|photos?|dicoms?|dcm|png|jpe?g|tiff?|raw|originals?)$/i;

/** Names of last folders that come again below several first ones, and may be the classes; none: those do not. */
function innerNames(ways: readonly Way[]): string[] {
  const placed = ways.filter((way) => way.length > 0 && !isMaskFolder(way.at(-1)!));
  if (placed.length === 0 || placed.some((way) => way.length < 2)) return [];
  const outer = new Map<string, Set<string>>();
  for (const way of placed) {
    const name = way.at(-1)!;
    const own = outer.get(name);
    if (own) own.add(way[0]!);
    else outer.set(name, new Set([way[0]!]));
  }
  const names = [...outer.keys()].filter((name) => !KINDS.test(name));
  const repeated = names.filter((name) => outer.get(name)!.size > 1);
  return names.length <= MOST_INNER && repeated.length >= 2 && repeated.length * 2 >= names.length
    ? names.sort(compare)
    : [];
}

function required(parts: Parts | undefined): Parts {
  if (parts) return parts;
  throw new CutpointError('INPUT_INVALID', 'No folders are named as the parts of a split, such as train and test.', {
    remedy: 'Leave it out that folders are the split, or name the folders so.',
  });
}
