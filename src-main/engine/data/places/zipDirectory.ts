import type { Entry, ZipFile } from 'yauzl';

/** More than any study on one machine has. */
const MOST_ENTRIES = 1_000_000;
/** Unpacked it may be so many times its size, which images are not, and of a small one this much in any case. */
const MOST_TIMES = 100;
const ALWAYS = 2 ** 30;

/** Of a file that is packed in another way, or with a password. */
export const PACKED = 'This is packed in a way that Cutpoint does not read, or protected by a password.';

/** Unix keeps the kind of a file in the upper half of its attributes. */
export const isLink = ({ externalFileAttributes }: Entry): boolean => externalFileAttributes >>> 28 === 0xa;

/** Why nothing of an archive is read. */
export class ArchiveRefused extends Error {
  readonly reason: 'large' | 'damaged';

  constructor(reason: 'large' | 'damaged', cause?: unknown) {
    super(`the archive is ${reason}`, { cause });
    this.reason = reason;
  }
}

/**
 * What the directory of an archive lists, folders included. Names are checked by the library: none is absolute or leads out
 * of its folder.
 * @throws ArchiveRefused
 */
export async function* entriesOf(archive: ZipFile, most = MOST_ENTRIES): AsyncGenerator<Entry> {
  const mostBytes = Math.max(ALWAYS, MOST_TIMES * archive.fileSize);
  if (archive.entryCount > most) throw new ArchiveRefused('large');
  let claimed = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      claimed += entry.uncompressedSize;
      if (claimed > mostBytes) throw new ArchiveRefused('large');
      yield entry;
    }
  } catch (cause) {
    throw cause instanceof ArchiveRefused ? cause : new ArchiveRefused('damaged', cause);
  }
}
