import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { limitsHere } from './limits.ts';

export interface MachineMemory {
  /** What this machine has, or the container that the process runs in. Bytes. */
  total: number;
  /** What this process may come to hold, with what it holds already: the rest is taken by others. */
  room: number;
  /** What somebody allowed it to hold at most; null: all of `room`. */
  limit: number | null;
}

/**
 * The memory that this process can have. On Linux the kernel's own estimate of what is available, and the limits of all
 * control groups around the process (containers); elsewhere the machine's whole memory, of which systems swap out what
 * is idle. Nowhere more than the limit that somebody chose.
 * @param root of the file system, for tests
 */
export function machineMemory(
  root = '/',
  rss = process.memoryUsage.rss(),
  limit = limitsHere().memoryBytes,
): MachineMemory {
  const info = read(root, 'proc/meminfo');
  const total = kilobytes(info, 'MemTotal') ?? totalmem();
  const available = kilobytes(info, 'MemAvailable');
  const room = Math.min(limit ?? Infinity, total, available === undefined ? total : available + rss);
  return controlGroups(root).reduce(
    (least, group) => ({
      ...least,
      total: Math.min(least.total, group.limit),
      room: Math.min(least.room, Math.max(0, group.limit - group.used) + rss, group.limit),
    }),
    { total, room, limit },
  );
}

/** How many processes the kernel has ended for lack of memory since it started; undefined where it does not say. */
export function memoryKills(root = '/'): number | undefined {
  const count = /^oom_kill (\d+)$/m.exec(read(root, 'proc/vmstat'))?.[1];
  return count === undefined ? undefined : Number(count);
}

interface ControlGroup {
  limit: number;
  /** Without pages of files, which the kernel takes back when it needs them. */
  used: number;
}

/** Files of a control group, of both versions. */
const VERSIONS = [
  { match: /^0::(.*)$/m, folder: '', limit: 'memory.max', used: 'memory.current', reclaimable: 'inactive_file' },
  {
    match: /^\d+:[^:]*\bmemory\b[^:]*:(.*)$/m,
    folder: 'memory',
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    reclaimable: 'total_inactive_file',
  },
] as const;

/** The group of this process and all above it that have a limit. */
function controlGroups(root: string): ControlGroup[] {
  const membership = read(root, 'proc/self/cgroup');
  return VERSIONS.flatMap(({ match, folder, ...files }) => {
    const own = match.exec(membership)?.[1];
    return own === undefined
      ? []
      : upwards(own).flatMap((path) => {
          const file = (name: string): string => read(root, join('sys/fs/cgroup', folder, path, name));
          const limit = Number.parseInt(file(files.limit), 10);
          // "max", or in version 1 a number beyond any machine: no limit.
          if (!(limit < Number.MAX_SAFE_INTEGER)) return [];
          const reclaimable = new RegExp(`^${files.reclaimable} (\\d+)$`, 'm').exec(file('memory.stat'))?.[1] ?? 0;
          return [{ limit, used: Number.parseInt(file(files.used), 10) - Number(reclaimable) || 0 }];
        });
  });
}

/** A path and every one above it. In a container the path may be the host's; the container's own group is the root. */
function upwards(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...upwards(above)];
}

function kilobytes(info: string, name: string): number | undefined {
  const value = new RegExp(`^${name}: *(\\d+) kB$`, 'm').exec(info)?.[1];
  return value === undefined ? undefined : 1024 * Number(value);
}

function read(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
