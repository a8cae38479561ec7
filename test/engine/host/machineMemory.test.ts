import { describe, expect, it } from 'vitest';
import { machineMemory, memoryKills } from '../../../src-main/engine/host/machineMemory.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';

const GB = 1024 ** 3;
const KILOBYTES = 1024;

/** A machine of 16 GB of which 12 can be had, with these files of the kernel beside. */
function machine(files: Record<string, string>): string {
  const root = temporaryFolder();
  put(
    root,
    'proc/meminfo',
    `MemTotal:       ${(16 * GB) / KILOBYTES} kB\nMemAvailable:   ${(12 * GB) / KILOBYTES} kB\n`,
  );
  for (const [name, text] of Object.entries(files)) put(root, name, text);
  return root;
}

describe('the memory there is', () => {
  it('is what the kernel says is available, with what the process already holds', () => {
    expect(machineMemory(machine({}), GB)).toEqual({ total: 16 * GB, room: 13 * GB, limit: null });
  });

  it('ends at what somebody allowed, where that is less', () => {
    expect(machineMemory(machine({}), GB, 4 * GB)).toEqual({ total: 16 * GB, room: 4 * GB, limit: 4 * GB });
    expect(machineMemory(machine({}), GB, 14 * GB)).toEqual({ total: 16 * GB, room: 13 * GB, limit: 14 * GB });
  });

  it('ends at the limit of the container, less what its other processes hold; pages of files do not count', () => {
    const root = machine({
      'proc/self/cgroup': '0::/\n',
      'sys/fs/cgroup/memory.max': `${4 * GB}\n`,
      'sys/fs/cgroup/memory.current': `${3 * GB}\n`,
      'sys/fs/cgroup/memory.stat': `anon ${GB}\ninactive_file ${2 * GB}\n`,
    });
    expect(machineMemory(root, GB / 2)).toEqual({ total: 4 * GB, room: 3.5 * GB, limit: null });
  });

  it('ends at the least limit of all groups above the process, whatever the path inside a container', () => {
    const root = machine({
      'proc/self/cgroup': '0::/user.slice/session\n',
      'sys/fs/cgroup/user.slice/session/memory.max': 'max\n',
      'sys/fs/cgroup/user.slice/memory.max': `${2 * GB}\n`,
      'sys/fs/cgroup/user.slice/memory.current': `${GB}\n`,
    });
    expect(machineMemory(root, GB / 4)).toEqual({ total: 2 * GB, room: 1.25 * GB, limit: null });
  });

  it('knows control groups of version 1, and their number for no limit', () => {
    const files = (limit: string) => ({
      'proc/self/cgroup': '5:memory:/docker/abc\n0::/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': limit,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': `${GB}`,
      'sys/fs/cgroup/memory/memory.stat': `total_inactive_file ${GB / 2}\n`,
    });
    expect(machineMemory(machine(files(String(2 * GB))), 0)).toEqual({ total: 2 * GB, room: 1.5 * GB, limit: null });
    expect(machineMemory(machine(files('9223372036854771712')), 0)).toEqual({
      total: 16 * GB,
      room: 12 * GB,
      limit: null,
    });
  });

  it('that ran out is counted by the kernel', () => {
    expect(memoryKills(machine({ 'proc/vmstat': 'nr_free 3\noom_kill 7\n' }))).toBe(7);
    expect(memoryKills(machine({}))).toBeUndefined();
  });
});
