import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../../version.ts';
import { withoutFrame } from './places/frameNames.ts';
import { type FileState, stateLine } from './places/fileState.ts';
import type { Identity } from './readers/picture.ts';
import type { Probe } from './tasks.ts';

/** What was found in the files of a folder. One whose size, times or place on the disk changed is no longer known. */
export interface KeptFacts {
  /** `identity` is left out where it is not known any more: it is never written to the disk. */
  of(file: string, state: FileState): Probe | undefined;
  /** Whether who the image is of has to be read again. */
  lacksIdentity(file: string): boolean;
  name(file: string, identity: Identity): void;
  add(file: string, state: FileState, probe: Probe): void;
  /** Writes what is new, without the files that are not among these. */
  save(files: ReadonlySet<string>): Promise<void>;
}

interface Entry {
  state: string;
  probe: Probe;
  /** Of whom and when it is was left out of the file on the disk. */
  unnamed?: true;
}

interface Folder {
  entries: Map<string, Entry>;
  /** Of the file on the disk when it was read or written last. */
  savedAt: number;
}

/** Changes with what is kept of a file. */
const FORMAT = 3;
/** Files of so many folders are remembered by the process; of others the disk knows. */
const MOST_FOLDERS = 8;
/** A file that was written just now may be written again within the same tick of its clock; FAT counts in two seconds. */
const SETTLED = 2000;

const remembered = new Map<string, Folder>();

/** The facts that are kept of a data folder. @param directory where they are kept; made when missing */
export async function openFacts(directory: string, folder: string): Promise<KeptFacts> {
  const path = join(directory, `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`);
  const own = await recall(path);
  const { entries } = own;
  let isNew = false;
  return {
    of(file, state) {
      const entry = entries.get(file);
      return entry?.state === stateLine(state) ? entry.probe : undefined;
    },
    lacksIdentity: (file) => entries.get(file)?.unnamed === true,
    name(file, identity) {
      const entry = entries.get(file)!;
      entries.set(file, { state: entry.state, probe: { ...entry.probe, identity } });
    },
    add(file, state, probe) {
      if (Date.now() - Math.max(state.mtimeMs, state.ctimeMs) < SETTLED) return;
      entries.set(file, { state: stateLine(state), probe });
      isNew = true;
    },
    async save(files) {
      // Frames are known as long as their file is.
      for (const file of entries.keys())
        if (!files.has(file) && !files.has(withoutFrame(file).file)) entries.delete(file);
      if (!isNew) return;
      isNew = false;
      await mkdir(directory, { recursive: true });
      const temporary = `${path}.${randomUUID()}.part`;
      try {
        await writeFile(
          temporary,
          sealed(JSON.stringify({ format: FORMAT, version, files: [...entries].map(toDisk) })),
        );
        await rename(temporary, path);
        own.savedAt = (await stat(path)).mtimeMs;
      } catch {
        // A full disk costs the time of reading the files once more, and nothing else.
        await rm(temporary, { force: true });
      }
    },
  };
}

/** Another process may have written since: what it found is taken over. */
async function recall(path: string): Promise<Folder> {
  const known = remembered.get(path) ?? { entries: new Map<string, Entry>(), savedAt: 0 };
  remembered.delete(path);
  remembered.set(path, known);
  if (remembered.size > MOST_FOLDERS) remembered.delete(remembered.keys().next().value!);
  const writtenAt = await stat(path).then(({ mtimeMs }) => mtimeMs, () => 0); // prettier-ignore
  // Removed meanwhile: what is not to be kept is not remembered either.
  if (writtenAt === 0 && known.savedAt !== 0) known.entries.clear();
  if (writtenAt !== known.savedAt && writtenAt !== 0) {
    for (const [file, entry] of await fromDisk(path)) {
      if (known.entries.get(file)?.state !== entry.state) known.entries.set(file, entry);
    }
  }
  known.savedAt = writtenAt;
  return known;
}

type Line = [file: string, state: string, probe: Probe, unnamed: boolean];

function toDisk([file, { state, probe, unnamed }]: [string, Entry]): Line {
  const { identity, ...kept } = probe;
  const scanner = identity?.scanner;
  const lost = unnamed === true || Object.keys(identity ?? {}).some((name) => name !== 'scanner');
  return [file, state, { ...kept, ...(scanner !== undefined && { identity: { scanner } }) }, lost];
}

/** What is damaged, or of another version, is as good as none. */
async function fromDisk(path: string): Promise<[string, Entry][]> {
  try {
    const kept = JSON.parse(unsealed(await readFile(path, 'utf8'))) as {
      format: number;
      version: string;
      files: Line[];
    };
    if (kept.format !== FORMAT || kept.version !== version) return [];
    return kept.files.map(([file, state, probe, unnamed]) => [file, { state, probe, ...(unnamed && { unnamed }) }]);
  } catch {
    return [];
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** With its digest in front: a damaged size or digest of an image would look like a changed file. */
const sealed = (text: string): string => `${sha256(text)}\n${text}`;

function unsealed(text: string): string {
  const content = text.slice(text.indexOf('\n') + 1);
  if (text !== sealed(content)) throw new Error('the kept facts are damaged');
  return content;
}
