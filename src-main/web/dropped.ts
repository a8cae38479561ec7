import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CutpointError } from '../contract/errors.ts';
import { digestLine, DIGESTS } from '../engine/data/knownDigests.ts';

/** 2 GB a file: the largest slide images in use stay below; 200 GB a drop. */
const LARGEST_FILE = 2 * 1024 ** 3;
const LARGEST_DROP = 200 * 1024 ** 3;

/** Bytes a person recognises, e.g. `2 GB`. */
const gigabytes = (bytes: number) => `${Math.round((bytes / 1024 ** 3) * 10) / 10} GB`;

export interface DropLimits {
  file: number;
  drop: number;
}

export interface DroppedFiles {
  /** Stores the request's body as `path` (relative, forward slashes, percent-decoded) of a drop. */
  store(drop: string, path: string, body: IncomingMessage): Promise<void>;
  /** The folder of a drop of which something was stored. */
  folder(drop: string): Promise<string>;
}

/**
 * Copies of what was dropped on a browser's window, in WORKSPACE/dropped/<drop>: a browser does not tell a page where a
 * dropped folder lies. A file has its name once it is whole; one whose transfer breaks off is removed. The digests of what
 * arrived are kept beside it, and the audit compares them.
 * @throws INPUT_INVALID, IMAGE_TOO_LARGE, DISK_FULL, WORKSPACE_NOT_WRITABLE
 */
export function droppedFiles(
  workspace: string,
  limits: DropLimits = { file: LARGEST_FILE, drop: LARGEST_DROP },
): DroppedFiles {
  const stored = new Map<string, number>();

  const root = (drop: string) => {
    if (!/^[A-Za-z0-9-]{8,64}$/.test(drop)) throw refused('the name of the drop');
    return join(workspace, 'dropped', drop);
  };

  /** Passes the bytes on, counts and hashes them; ends the transfer where a limit is reached. */
  const within = (drop: string, hash: Hash) =>
    async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      let bytes = 0;
      for await (const chunk of chunks) {
        bytes += chunk.length;
        const total = (stored.get(drop) ?? 0) + chunk.length;
        stored.set(drop, total);
        if (bytes > limits.file) throw tooLarge('A dropped file', limits.file);
        if (total > limits.drop) throw tooLarge('What was dropped', limits.drop);
        hash.update(chunk);
        yield chunk;
      }
    };

  return {
    async store(drop, path, body) {
      const target = join(root(drop), ...safeSegments(path));
      // Passed over by the audit, should this process be killed.
      const partial = `${target}.part`;
      try {
        await mkdir(dirname(target), { recursive: true });
        // Were the request destroyed on failure, its answer would go down with it.
        const chunks = body.iterator({ destroyOnReturn: false });
        const hash = createHash('sha256');
        await pipeline(chunks, within(drop, hash), createWriteStream(partial, { mode: 0o600 }));
        await rename(partial, target);
        await appendFile(join(root(drop), DIGESTS), digestLine(path, hash.digest('hex')), { mode: 0o600 });
      } catch (thrown) {
        await rm(partial, { force: true }).catch(() => {});
        throw asUserError(thrown);
      }
    },
    async folder(drop) {
      const folder = root(drop);
      const there = await stat(folder).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
      if (there) return folder;
      throw new CutpointError('FOLDER_EMPTY', 'Nothing of what was dropped arrived.', {
        remedy: 'Drop the folder again, or enter its path.',
      });
    },
  };
}

/** The parts of a relative path that stays below its folder on every platform. */
function safeSegments(path: string): string[] {
  const segments = path.split('/');
  const unsafe = /^\.{0,2}$|[\\:\u0000-\u001f]|[. ]$/;
  if (segments.some((segment) => unsafe.test(segment))) throw refused('the name of a dropped file');
  return segments;
}

function refused(what: string): CutpointError {
  return new CutpointError('INPUT_INVALID', `This was refused: ${what} is not allowed.`, {
    remedy: 'Enter the path of the folder instead of dropping it.',
  });
}

function tooLarge(what: string, limit: number): CutpointError {
  return new CutpointError('IMAGE_TOO_LARGE', `${what} is larger than ${gigabytes(limit)}.`, {
    remedy: 'Enter the path of the folder instead: then nothing needs to be copied.',
  });
}

function asUserError(thrown: unknown): unknown {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CutpointError('DISK_FULL', 'The disk of the workspace is full: the dropped files were not all copied.', {
      remedy: 'Free some space, or enter the path of the folder: then nothing needs to be copied.',
      cause: thrown,
    });
  }
  if (code === 'ENAMETOOLONG' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EEXIST') {
    return refused('the name of a dropped file');
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new CutpointError('WORKSPACE_NOT_WRITABLE', 'Dropped files cannot be written to the workspace.', {
      remedy: 'Check the permissions of the workspace folder, or enter the path of the folder.',
      cause: thrown,
    });
  }
  return thrown;
}
