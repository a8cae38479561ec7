import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { digest } from '../digest.ts';

export interface DownloadOptions {
  url: string;
  /** Where the file is to lie. While it is incomplete it is called `….partial`, beside a `….partial.json`. */
  path: string;
  /** Hexadecimal SHA-256 or its beginning; null where none is known. */
  sha256: string | null;
  /** A file that turns out larger is refused. */
  mostBytes: number;
  /** Which addresses may be asked, redirections included. */
  allows(url: URL): boolean;
  signal: AbortSignal;
  onProgress(bytes: number, total: number | null): void;
}

/**
 * What the server said of the file when its download began: a changed file is not glued to the beginning of another. And
 * how many bytes had arrived with which CRC-32: nothing is glued to a beginning that the disk has damaged.
 */
const partialState = z.object({
  url: z.string(),
  validator: z.string().nullable(),
  bytes: z.int().nonnegative(),
  crc32: z.int().nonnegative(),
});
type PartialState = z.infer<typeof partialState>;

const MOST_REDIRECTIONS = 10;
/** Bytes between two notes of how far a download has come: at most these are fetched again after a kill. */
const NOTED = 16 * 1024 ** 2;
/** Milliseconds without a byte after which a connection counts as lost. */
const SILENCE = 60_000;

/** Where the SHA-256 of a downloaded file is kept that has no published one. */
export const checksumFile = (path: string): string => `${path}.sha256`;

/** Only encrypted connections. */
export const encryptedOnly = (url: URL): boolean => url.protocol === 'https:';

/**
 * Fetches a file. What arrived before a lost connection is kept, and a later call goes on from there if the server still
 * has the same file. The file appears under its name only when it is whole and its checksum is right.
 * @returns size and SHA-256 of the whole file
 * @throws CutpointError DOWNLOAD_FAILED, CHECKSUM_MISMATCH, DISK_FULL, WORKSPACE_NOT_WRITABLE, CANCELLED
 */
export async function download(options: DownloadOptions): Promise<{ bytes: number; sha256: string }> {
  const { path, sha256, signal } = options;
  const partial = `${path}.partial`;
  const state = `${path}.partial.json`;
  try {
    await receive(options, partial, state);
    const found = await digest([partial], signal);
    if (sha256 !== null && !found.sha256.startsWith(sha256)) {
      await discard(partial, state);
      throw new CutpointError(
        'CHECKSUM_MISMATCH',
        `The downloaded file '${basename(path)}' is not the published one: its SHA-256 does not agree.`,
        {
          remedy: 'It was discarded. Try again; if it happens again, the publisher now has another file there.',
          details: { expected: sha256, found: found.sha256 },
        },
      );
    }
    // Of a file without a published checksum, to notice later what the disk does to it.
    if (sha256 === null) await writeFile(checksumFile(path), found.sha256);
    await rename(partial, path);
    await rm(state, { force: true });
    return found;
  } catch (thrown) {
    throw failureOf(thrown, options);
  }
}

async function receive(options: DownloadOptions, partial: string, state: string): Promise<void> {
  const { url, mostBytes, onProgress, signal } = options;
  const earlier = await readState(state);
  const usable = earlier?.url === url && earlier.validator !== null;
  const have = usable && (await isIntact(partial, earlier)) ? earlier.bytes : 0;
  const silence = silenceGuard(signal);
  try {
    const ranged: Record<string, string> =
      have > 0 && usable ? { range: `bytes=${have}-`, 'if-range': earlier.validator! } : {};
    let response = await request(url, ranged, options, silence.signal);
    if (response.status === 416) {
      // Everything had arrived, or more than there is now.
      await response.body?.cancel();
      response = await request(url, {}, options, silence.signal);
    }
    const start = resumedAt(response, have);
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isFinite(length) ? start + length : null;
    if (total !== null && total > mostBytes) throw tooLarge(options, total);

    const validator = validatorOf(response);
    let bytes = start;
    let sum = start > 0 ? earlier!.crc32 : 0;
    let noted = start;
    const note = (): Promise<void> => {
      noted = bytes;
      return writeFile(state, JSON.stringify({ url, validator, bytes, crc32: sum } satisfies PartialState));
    };
    await note();
    const file = await open(partial, start > 0 ? 'r+' : 'w');
    try {
      onProgress(bytes, total);
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        silence.heard();
        if (bytes + chunk.length > mostBytes) throw tooLarge(options, bytes + chunk.length);
        await file.write(chunk, 0, chunk.length, bytes);
        bytes += chunk.length;
        sum = crc32(chunk, sum);
        if (bytes - noted >= NOTED) await note();
        onProgress(bytes, total);
      }
      if (total !== null && bytes < total) throw new Error(`the connection ended after ${bytes} of ${total} bytes`);
      await file.truncate(bytes);
      await file.sync();
    } finally {
      // A disk that is full for the note is full for the file, and says so.
      await note().catch(() => undefined);
      await file.close();
    }
  } finally {
    silence.end();
  }
}

/** Follows redirections itself, so that none leads to an address that may not be asked. */
async function request(
  first: string,
  headers: Record<string, string>,
  { allows, path }: DownloadOptions,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(first);
  for (let hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
    if (!allows(url)) {
      throw failed(path, `the address '${url.protocol}//${url.host}' is not an encrypted one (https)`);
    }
    // What a compressed answer weighs on its way is not what the file weighs.
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...headers, 'accept-encoding': 'identity' },
      signal,
    });
    const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (next !== null) {
      await response.body?.cancel();
      url = new URL(next, url);
      continue;
    }
    if (response.ok || response.status === 416) return response;
    await response.body?.cancel();
    const gone = response.status === 404 || response.status === 410;
    throw failed(
      path,
      `the server answered ${response.status}${gone ? ': the file is not there any more' : ''}`,
      gone ? 'See the page of this entry for where the file is now.' : undefined,
    );
  }
  throw failed(path, 'the server kept redirecting the request');
}

/** Byte at which the answer starts: a server that cannot go on, or whose file has changed, sends all of it. */
function resumedAt(response: Response, have: number): number {
  if (response.status !== 206) return 0;
  const start = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
  if (start !== have) throw new Error('the server sent a part of the file that was not asked for');
  return start;
}

/** What tells a changed file apart; a weak tag does not vouch for bytes. */
function validatorOf(response: Response): string | null {
  const tag = response.headers.get('etag');
  return tag !== null && !tag.startsWith('W/') ? tag : response.headers.get('last-modified');
}

async function readState(path: string): Promise<PartialState | null> {
  try {
    return partialState.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Whether what had arrived is still there as it arrived. */
async function isIntact(partial: string, { bytes, crc32: sum }: PartialState): Promise<boolean> {
  if (bytes === 0) return false;
  const there = await stat(partial).catch(() => null);
  if (there === null || there.size < bytes) return false;
  let found = 0;
  for await (const chunk of createReadStream(partial, { end: bytes - 1 }) as AsyncIterable<Buffer>)
    found = crc32(chunk, found);
  return found === sum;
}

/** Aborts with the given signal, and when nothing has been heard for a minute. */
function silenceGuard(signal: AbortSignal) {
  const lost = new AbortController();
  const expire = () => lost.abort(new Error('the server stopped answering'));
  let timer = setTimeout(expire, SILENCE);
  return {
    signal: AbortSignal.any([signal, lost.signal]),
    heard() {
      clearTimeout(timer);
      timer = setTimeout(expire, SILENCE);
    },
    end: () => clearTimeout(timer),
  };
}

async function discard(...paths: string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(path, { force: true })));
}

function tooLarge({ path, mostBytes }: DownloadOptions, bytes: number): CutpointError {
  return failed(path, `it has ${bytes} bytes or more, where at most ${mostBytes} were expected`);
}

function failed(path: string, why: string, remedy?: string, cause?: unknown): CutpointError {
  return new CutpointError('DOWNLOAD_FAILED', `'${basename(path)}' could not be downloaded: ${why}.`, {
    remedy:
      remedy ??
      'Try again: what has arrived is kept. Or obtain the file on another machine, copy it here and add it from disk.',
    cause,
  });
}

function failureOf(thrown: unknown, { path, signal }: DownloadOptions): CutpointError {
  if (thrown instanceof CutpointError) return thrown;
  if (signal.aborted) {
    return new CutpointError('CANCELLED', 'The download was stopped.', {
      remedy: 'What has arrived is kept: the next download continues from there.',
    });
  }
  const file = `'${basename(path)}'`;
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CutpointError('DISK_FULL', `The disk is full: ${file} could not be stored.`, {
      remedy: 'Free some space on the disk of the workspace and try again: what has arrived is kept.',
      cause: thrown,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new CutpointError('WORKSPACE_NOT_WRITABLE', `Cutpoint may not write ${file} into its folder.`, {
      remedy: 'Give yourself permission to write there, or choose another workspace.',
      cause: thrown,
    });
  }
  const offline = ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED'].includes(code ?? '');
  const why = cause instanceof Error ? cause.message : String(cause);
  return failed(path, offline ? `the server cannot be reached from this machine (${code})` : why, undefined, thrown);
}
