import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import yauzl, { type Entry } from 'yauzl';
import { CutpointError } from '../../../contract/errors.ts';
import { ZipPositions } from '../../zipPositions.ts';
import { corrupt } from '../readers/picture.ts';
import { stateLine } from './fileState.ts';
import { ArchiveRefused, entriesOf, isLink, PACKED } from './zipDirectory.ts';

/** A file in an archive that is read where it lies. */
export interface Member {
  /** Where its header begins. */
  at: number;
  packed: number;
  /** Unpacked. */
  bytes: number;
  crc: number;
  stored: boolean;
}

/** What an archive holds, by the paths in it. */
export interface Archive {
  members: ReadonlyMap<string, Member>;
  /** What cannot be read, with the reason. */
  unread: { name: string; reason: string }[];
  /** Folders that it lists as such, which may be empty. */
  folders: string[];
}

export const isZip = (name: string): boolean => /\.zip$/i.test(name);

/** Every thread that reads holds the directory; larger archives are better unpacked. */
const MOST_MEMBERS = 200_000;
/** Of the archives read last, so many members are remembered. */
const MOST_REMEMBERED = 2 * MOST_MEMBERS;

const LINK = 'This is a link in an archive, which is not followed.';
const TWICE = 'The archive has two files of this name; the first is read.';
const ODD = 'The name of the file in the archive is not one that can be opened.';
const MIXED = 'The archive has a file and a folder of this name; the file is not read.';

interface Remembered {
  state: string;
  archive: Promise<Archive>;
  size: number;
}
const remembered = new Map<string, Remembered>();

/**
 * The directory of a zip archive on the disk; of an archive that has not changed since, it is remembered.
 * @throws CutpointError FILE_NOT_READABLE where nothing of it can be read
 */
export async function openArchive(file: string): Promise<Archive> {
  const found = await stat(file).catch((cause: unknown) => {
    throw refused('The archive cannot be opened.', cause);
  });
  const state = stateLine(found);
  const known = remembered.get(file);
  if (known?.state === state) return known.archive;
  remembered.delete(file);
  const entry: Remembered = { state, archive: readDirectory(file), size: 0 };
  remembered.set(file, entry);
  try {
    const archive = await entry.archive;
    entry.size = archive.members.size;
    forget(file);
    return archive;
  } catch (thrown) {
    if (remembered.get(file) === entry) remembered.delete(file);
    throw thrown;
  }
}

/** Those read first go first; the one read now stays. */
function forget(file: string): void {
  let all = [...remembered.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [name, { size }] of remembered) {
    if (all <= MOST_REMEMBERED) return;
    if (name !== file && remembered.delete(name)) all -= size;
  }
}

async function readDirectory(file: string): Promise<Archive> {
  const handle = await open(file).catch((cause: unknown) => {
    throw refused('You have no permission to read the archive.', cause);
  });
  try {
    const { size } = await handle.stat();
    const archive = await yauzl
      .fromRandomAccessReaderPromise(new ZipPositions(handle), size, { autoClose: false })
      .catch((cause: unknown) => {
        throw refused('This is no zip archive, or its end is missing.', cause);
      });
    const [members, folders] = [new Map<string, Member>(), new Set<string>()];
    const unread: Archive['unread'] = [];
    for await (const entry of entriesOf(archive, MOST_MEMBERS)) {
      const name = entry.fileName;
      const reason = members.has(name) ? TWICE : reasonAgainst(entry);
      if (name.endsWith('/')) folders.add(name.slice(0, -1));
      else if (reason !== undefined) unread.push({ name, reason });
      else members.set(name, memberOf(entry));
    }
    // A path has one meaning.
    for (const name of members.keys())
      for (let end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) folders.add(name.slice(0, end));
    for (const name of folders) if (members.delete(name)) unread.push({ name, reason: MIXED });
    return { members, unread, folders: [...folders] };
  } catch (cause) {
    if (!(cause instanceof ArchiveRefused)) throw cause;
    throw refused(
      cause.reason === 'large'
        ? 'The archive holds more than 200,000 files, or would be far larger unpacked than images are; it is not read.'
        : 'The archive is damaged, or holds files that would lead out of its folder; it is not read.',
      cause,
    );
  } finally {
    await handle.close();
  }
}

function reasonAgainst(entry: Entry): string | undefined {
  if (entry.fileName.split('/').some((part) => part === '' || part === '.')) return ODD;
  if (isLink(entry)) return LINK;
  return entry.canDecodeFileData() ? undefined : PACKED;
}

const STORED = 0;

const memberOf = (entry: Entry): Member => ({
  at: entry.relativeOffsetOfLocalHeader,
  packed: entry.compressedSize,
  bytes: entry.uncompressedSize,
  crc: entry.crc32,
  stored: entry.compressionMethod === STORED,
});

/** Of a local header, and where it says how long the name and what follows it are. */
const HEADER = { bytes: 30, name: 26, extra: 28 };
const SIGNATURE = 0x04034b50;

/** What a member holds, unpacked, and checked against the directory's checksum. @throws CutpointError IMAGE_CORRUPT */
export async function readMember(file: string, { at, packed, bytes, crc, stored }: Member): Promise<Buffer> {
  const handle = await open(file);
  try {
    const header = await readAt(at, HEADER.bytes);
    if (header.readUInt32LE(0) !== SIGNATURE) throw damaged();
    const start = at + HEADER.bytes + header.readUInt16LE(HEADER.name) + header.readUInt16LE(HEADER.extra);
    const content = await readAt(start, packed);
    // One byte more than claimed shows that the claim is wrong; nothing further is unpacked.
    const whole = stored ? content : await inflate(content, { maxOutputLength: bytes + 1 }).catch((cause: unknown) => {
      throw damaged(cause);
    }); // prettier-ignore
    if (whole.length !== bytes || crc32(whole) !== crc) throw damaged();
    return whole;
  } finally {
    await handle.close();
  }

  async function readAt(position: number, length: number): Promise<Buffer> {
    const { size } = await handle.stat();
    if (position + length > size) throw damaged();
    const piece = Buffer.alloc(length);
    const { bytesRead } = await handle.read(piece, 0, length, position);
    if (bytesRead < length) throw damaged();
    return piece;
  }
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);
const damaged = (cause?: unknown): CutpointError => corrupt('its copy in the archive cannot be unpacked', cause);

const refused = (message: string, cause?: unknown): CutpointError =>
  new CutpointError('FILE_NOT_READABLE', message, {
    remedy: 'Unpack it with another program, and choose the folder that comes out of it.',
    cause,
  });
