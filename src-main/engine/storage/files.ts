import { lstat, readdir, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

export interface Size {
  files: number;
  bytes: number;
}

export const nothing: Size = { files: 0, bytes: 0 };

export const plus = (a: Size, b: Size): Size => ({ files: a.files + b.files, bytes: a.bytes + b.bytes });

/** Size of a file, or of a folder with all that is below it; nothing where it is not there. Links are not followed. */
export async function sizeOf(path: string): Promise<Size> {
  const entry = await lstat(path).catch(() => null);
  if (!entry) return nothing;
  if (!entry.isDirectory()) return { files: 1, bytes: entry.size };
  let total = nothing;
  for (const name of await namesIn(path)) total = plus(total, await sizeOf(join(path, name)));
  return total;
}

/** Whether a path is a folder, or leads into it. */
export const isWithin = (path: string, folder: string): boolean =>
  resolve(path) === folder || resolve(path).startsWith(folder + sep);

export const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** When it was last written, milliseconds since 1970; 0 where it is not there. */
export async function writtenAt(path: string): Promise<number> {
  return (await lstat(path).catch(() => null))?.mtimeMs ?? 0;
}

/** Removes a file or a folder; says how much that was. What cannot be removed stays, and counts for nothing. */
export async function removePath(path: string): Promise<Size> {
  const size = await sizeOf(path);
  try {
    await rm(path, { recursive: true, force: true });
    return size;
  } catch {
    const left = await sizeOf(path);
    return { files: size.files - left.files, bytes: size.bytes - left.bytes };
  }
}
