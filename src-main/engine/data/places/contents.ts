import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { CutpointError } from '../../../contract/errors.ts';
import { digest } from '../../digest.ts';
import { MAX_FILE_BYTES } from '../readers/picture.ts';
import { readMember } from './archive.ts';
import { stateLine } from './fileState.ts';
import { memberAt, type Place, placeAt, stateAt } from './place.ts';

/** What a place holds: the whole file or member, of which a frame may be meant. */
export interface Contents {
  bytes: Buffer;
  /** Of all of it. */
  sha256: string;
  /** Of the file or member, without what leads to it. */
  name: string;
  /** From 0; left out: none was named. */
  frame?: number;
}

/** All bytes of a file or member. Throws FILE_NOT_READABLE, IMAGE_EMPTY, IMAGE_TOO_LARGE, IMAGE_CORRUPT. */
export const readBytes = async (path: string): Promise<Buffer> => bytesAt(await placeAt(path));

/** The same with what tells it from others; throws as {@link readBytes}. */
export async function readContents(path: string): Promise<Contents> {
  const place = await placeAt(path);
  const name = nameOf(place.member ?? place.file);
  if (place.frame === undefined) {
    const bytes = await bytesAt(place);
    return { bytes, sha256: sha256Of(bytes), name };
  }
  return { ...(await heldAt(place)), name, frame: place.frame };
}

/**
 * SHA-256 of what a place holds: of a frame, over the digest of its file and its number, since a frame has no bytes of its
 * own. Read in pieces where it is a file. Throws what {@link readBytes} throws, or the disk's error.
 */
export async function digestAt(path: string, signal?: AbortSignal): Promise<string> {
  const place = await placeAt(path);
  if (place.frame !== undefined) return frameDigest((await heldAt(place)).sha256, place.frame);
  if (place.member !== undefined) return sha256Of(await bytesAt(place));
  return (await digest([place.file], signal)).sha256;
}

/** @param frame from 0 */
export const frameDigest = (sha256: string, frame: number): string => sha256Of(`${sha256} frame ${frame + 1}`);

const sha256Of = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');
const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** Frames of one file are asked for one after the other; larger files are read each time. */
const MOST_HELD = 256e6;
/** Milliseconds after which a file is let go of that nobody asks for. */
const HOLDING = 10_000;

let held: { key: string; bytes: Buffer | undefined; sha256: string } | undefined;
let release: NodeJS.Timeout | undefined;

/** A file of several frames, held until another one is asked for, or none for a while. */
async function heldAt(place: Place): Promise<{ bytes: Buffer; sha256: string }> {
  const state = await stateAt(place.member === undefined ? place.file : `${place.file}/${place.member}`);
  const key = JSON.stringify([place.file, place.member, state && stateLine(state)]);
  const known = held?.key === key ? held : undefined;
  const bytes = known?.bytes ?? (await bytesAt(place));
  const sha256 = known?.sha256 ?? sha256Of(bytes);
  held = { key, bytes: bytes.length <= MOST_HELD ? bytes : undefined, sha256 };
  clearTimeout(release);
  release = setTimeout(() => (held = undefined), HOLDING).unref();
  return { bytes, sha256 };
}

/** Files are read by threads of their own, which nobody else waits for: asking in turns would take longer than small files do. */
async function bytesAt({ file, member }: Place): Promise<Buffer> {
  try {
    if (member === undefined) {
      requireSize(statSync(file).size);
      return readFileSync(file);
    }
    const own = await memberAt(file, member);
    if (!own) throw new CutpointError('FILE_NOT_READABLE', 'The file does not exist.', { remedy: CHECK });
    requireSize(own.bytes);
    return await readMember(file, own);
  } catch (cause) {
    if (cause instanceof CutpointError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const denied = code === 'EACCES' || code === 'EPERM';
    throw new CutpointError(
      'FILE_NOT_READABLE',
      denied
        ? 'You have no permission to read the file.'
        : code === 'ENOENT'
          ? 'The file does not exist.'
          : 'The file cannot be read.',
      { remedy: denied ? 'Ask for read permission, or copy the file.' : CHECK, cause },
    );
  }
}

const CHECK = 'Check the path and the disk.';

function requireSize(bytes: number): void {
  if (bytes === 0)
    throw new CutpointError('IMAGE_EMPTY', 'The file is empty (0 bytes).', {
      remedy: 'Copy or export the file again from its source.',
    });
  if (bytes > MAX_FILE_BYTES)
    throw new CutpointError('IMAGE_TOO_LARGE', 'The file is larger than 1 GB.', {
      remedy: 'Export single images instead of whole series.',
    });
}
