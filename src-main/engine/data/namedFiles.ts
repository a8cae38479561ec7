import { isAbsolute, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isFileAt } from './places/place.ts';
import { isPassedOver } from './walk.ts';

/**
 * What a name in a table means. `path`: it is the path of the file; `name`: it names the only file of that name without
 * its folder or file type; `spelling`: in another case or with the ending of another image format; `end`: the end of the
 * path is that of one file only, which nobody has confirmed yet. Without a file: there is none, or there are several.
 */
export type Match =
  { file: string; how: 'path' | 'name' | 'spelling' | 'end' } | { file?: undefined; how: 'missing' | 'ambiguous' };

/** Names a turn of the event loop: a table may have a million rows, and others wait. */
const NAMES_A_TURN = 5000;

/**
 * Finds the files that a table names: paths relative to the folder or whole ones, with either slash, accents composed or
 * not; a name alone; another case, another ending of an image; and paths of another machine, by their ends. A file that
 * two different names would mean by such likeness belongs to the one that is more like it, or to none.
 * @param files of the folder, as `walk` writes them
 * @param named names as a table has them
 * @returns of each name, in their order
 */
export async function matchNames(folder: string, files: readonly string[], named: readonly string[]): Promise<Match[]> {
  const index = indexOf(files);
  const seen = new Map<string, Match & { parts: number }>();
  const matches: (Match & { parts: number })[] = [];
  for (const [at, name] of named.entries()) {
    if (at % NAMES_A_TURN === 0) await setImmediate();
    let match = seen.get(name);
    if (match === undefined) seen.set(name, (match = await matchOf(folder, name, index)));
    matches.push(match);
  }
  const lost = outdone([...seen]);
  return matches.map(({ parts: _parts, ...match }, at) => (lost.has(named[at]!) ? { how: 'ambiguous' } : match));
}

/** Whether a value may name one of these files, by its name alone: for guessing which column does. */
export function namesIn(files: readonly string[]): (value: string) => boolean {
  const known = new Set(files.flatMap((file) => [nameOf(looseOf(file)), nameOf(lower(file)).replace(/\.[^.]+$/, '')]));
  return (value) => {
    const loose = partsOf(looseOf(value)).at(-1) ?? '';
    return known.has(loose) || known.has(loose.replace(UPLOADED, ''));
  };
}

interface Index {
  /** macOS stores accents decomposed, tables mostly composed: compared in one form. */
  paths: Map<string, string>;
  /** By name alone, with and without file type; null where there are several of one name. */
  names: Map<string, string | null>;
  /** By paths in any case and without the ending of an image; null where there are several. */
  loosePaths: Map<string, string | null>;
  /** The same by every end of such a path, from the name alone to the whole; made when it is first needed. */
  ends(): Map<string, string | null>;
}

function indexOf(files: readonly string[]): Index {
  let ends: Map<string, string | null> | undefined;
  const index: Index = {
    ...{ paths: new Map(), names: new Map(), loosePaths: new Map() },
    ends: () => (ends ??= endsOf(files)),
  };
  for (const file of files) {
    index.paths.set(file.normalize('NFC'), file);
    const name = nameOf(file).normalize('NFC');
    for (const key of new Set([name, name.replace(/\.[^.]+$/, '')])) add(index.names, key, file);
    add(index.loosePaths, looseOf(file), file);
  }
  return index;
}

function add(to: Map<string, string | null>, key: string, file: string): void {
  to.set(key, to.has(key) ? null : file);
}

function endsOf(files: readonly string[]): Map<string, string | null> {
  const ends = new Map<string, string | null>();
  for (const file of files) {
    const loose = looseOf(file);
    for (let at = loose.length; at >= 0;) {
      at = at === 0 ? -1 : loose.lastIndexOf('/', at - 1);
      add(ends, loose.slice(at + 1), file);
    }
  }
  return ends;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const IMAGE_ENDING = /\.(dcm|dicom|png|jpe?g|jpe|tiff?|bmp|dib|webp)$/;
const lower = (text: string): string => text.normalize('NFC').toLowerCase();
/** The same for every case and every ending of an image. */
const looseOf = (path: string): string => lower(path).replace(IMAGE_ENDING, '');
/** Label Studio writes eight digits of a hash before the name of an uploaded file. */
const UPLOADED = /^[0-9a-f]{8}-/;

const partsOf = (path: string): string[] =>
  path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');

/** @returns with the number of parts of the path that agree */
async function matchOf(folder: string, named: string, index: Index): Promise<Match & { parts: number }> {
  const exact = await fileInFolder(folder, named, index.paths);
  if (exact !== undefined) return { file: exact, how: 'path', parts: Infinity };
  const byName = index.names.get(named.normalize('NFC'));
  if (byName) return { file: byName, how: 'name', parts: 1 };
  const loose = partsOf(looseOf(inFolder(folder, named)));
  const [name = ''] = loose.slice(-1);
  if (name === '') return { how: 'missing', parts: 0 };
  const spelled = index.loosePaths.get(loose.join('/')) ?? (loose.length === 1 ? index.ends().get(name) : null);
  if (spelled && !goesUp(named)) return { file: spelled, how: 'spelling', parts: loose.length };
  if (index.ends().has(name)) return byEnd(loose, index.ends());
  return byEnd([...loose.slice(0, -1), name.replace(UPLOADED, '')], index.ends());
}

const goesUp = (named: string): boolean => /(^|[\\/])\.\.([\\/]|$)/.test(named);

/** A whole path as one below the folder, where it is in it. */
function inFolder(folder: string, named: string): string {
  const inside = isAbsolute(named) ? relative(folder, named) : named;
  return goesUp(inside) ? named : inside;
}

/** The one file whose path has the longest end in common with the parts of another path. */
function byEnd(parts: readonly string[], ends: ReadonlyMap<string, string | null>): Match & { parts: number } {
  let found: Match & { parts: number } = { how: 'missing', parts: 0 };
  for (let count = 1; count <= parts.length; count++) {
    const file = ends.get(parts.slice(-count).join('/'));
    if (file === undefined) break;
    found = file === null ? { how: 'ambiguous', parts: 0 } : { file, how: 'end', parts: count };
  }
  return found;
}

/**
 * Names that mean a file by likeness only, while another name means the same file as well or better: the images of two
 * folders may have the same names, and only one of the folders may be here.
 */
function outdone(seen: readonly (readonly [string, Match & { parts: number }])[]): Set<string> {
  const rank = ({ how, parts }: Match & { parts: number }) => (how === 'end' ? parts : Infinity);
  const byFile = Map.groupBy(seen, ([, { file }]) => file);
  byFile.delete(undefined);
  const lost = new Set<string>();
  for (const names of byFile.values()) {
    if (names.length < 2 || names.every(([, { how }]) => how === 'path' || how === 'name')) continue;
    const best = names.reduce((most, [, match]) => Math.max(most, rank(match)), 0);
    // Written in another case only, or with the other slash, it is the same name.
    const kinds = (of: typeof names) => new Set(of.map(([name]) => partsOf(lower(name)).join('/'))).size;
    const certain = names.filter(([, { how }]) => how === 'path' || how === 'name');
    const first = certain.length > 0 ? certain : names.filter(([, match]) => rank(match) === best);
    const clear = certain.length > 0 || kinds(first) === 1;
    for (const one of names) if (!certain.includes(one) && !(clear && kinds([first[0]!, one]) === 1)) lost.add(one[0]);
  }
  return lost;
}

/** Path below the folder as `walk` writes it; undefined for what is not there or outside. */
async function fileInFolder(folder: string, named: string, found: Map<string, string>): Promise<string | undefined> {
  if (named === '') return undefined;
  const tidy = inFolder(folder, named)
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (tidy.includes('..')) return undefined;
  const file = tidy.join('/');
  const listed = found.get(file.normalize('NFC'));
  // What the walk passed over (hidden files) may still be meant when it is named.
  if (listed !== undefined || !tidy.some(isPassedOver)) return listed;
  return (await isFileAt(join(folder, file))) ? file : undefined;
}
