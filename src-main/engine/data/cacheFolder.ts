import { readdirSync, rmSync, statfsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Most that the cache folder of a workspace may hold, bytes. */
const MOST = 64 * 1024 ** 3;
/** And most of what the disk has left for it. */
const SHARE = 0.5;

/** Files that this process reads or writes now, by how many: a workspace has one engine at a time. */
const open = new Map<string, number>();

/** Marks a file as used now, so that it is not removed while it is open, and last afterwards; returns the release. */
export function holdFile(path: string): () => void {
  const now = new Date();
  utimesSync(path, now, now);
  open.set(path, (open.get(path) ?? 0) + 1);
  let held = true;
  return () => {
    if (held) open.set(path, open.get(path)! - 1);
    held = false;
  };
}

/** Whether this process reads or writes the file now. */
export const isHeld = (path: string): boolean => (open.get(path) ?? 0) > 0;

/** Paths of all files that this process reads or writes now. */
export const heldFiles = (): string[] => [...open].filter(([, users]) => users > 0).map(([path]) => path);

/** Bytes that the cache folder may hold: half of what it holds and the disk has free together, at most 64 GiB. */
export function cacheBudget(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  const held = filesIn(directory).reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.min(MOST, SHARE * (bavail * bsize + held));
}

/**
 * Removes files that nobody has open, the longest unused first, until `bytes` more fit under the budget.
 * @returns whether they fit
 */
export function makeRoom(directory: string, bytes: number, budget: number): boolean {
  const files = filesIn(directory).sort((a, b) => a.used - b.used);
  let held = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files) {
    if (held + bytes <= budget) return true;
    if (isHeld(file.path) || file.path.endsWith('.part')) continue;
    rmSync(file.path, { force: true });
    held -= file.bytes;
  }
  return held + bytes <= budget;
}

function filesIn(directory: string): { path: string; bytes: number; used: number }[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(directory, entry.name);
    const { size, mtimeMs } = statSync(path);
    return [{ path, bytes: size, used: mtimeMs }];
  });
}
