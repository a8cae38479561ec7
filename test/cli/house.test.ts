import { spawnSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';

const bin = join(import.meta.dirname, '../../bin/cutpoint.mjs');

test(
  'clean, backup and restore: a store of 0 bytes is refused with the way back, which works',
  { timeout: 120_000 },
  () => {
    const folder = temporaryFolder();
    const workspace = join(folder, 'workspace');
    const backup = join(folder, 'results.db');
    const cutpoint = (...args: string[]) => {
      const command = [bin, ...args, '--json', '--workspace', workspace];
      const { status, stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' });
      return {
        status,
        reply: JSON.parse(stdout) as Record<string, unknown> & { error: { code: string; remedy: string } },
      };
    };
    mkdirSync(join(workspace, 'downloads'), { recursive: true });
    writeFileSync(join(workspace, 'downloads', 'left.pth'), Buffer.alloc(12_345));
    expect(cutpoint('clean').reply).toMatchObject({ dryRun: false, freedBytes: 12_345 });

    // Those that come with Cutpoint: one in the repository, and one where set-up could fetch it.
    const sources = cutpoint('sources').reply as unknown as { name: string }[];
    expect(sources.map(({ name }) => name)).toContain('formula-pictures');
    const counted = { runs: 0, sources: sources.length };
    expect(cutpoint('backup', backup)).toMatchObject({ status: 0, reply: { file: backup, ...counted } });

    truncateSync(join(workspace, 'cutpoint.db'), 0);
    const refused = cutpoint('runs');
    expect(refused).toMatchObject({ status: 1, reply: { error: { code: 'STORE_CORRUPT' } } });
    expect(refused.reply.error.remedy).toContain('cutpoint restore FILE');
    expect(cutpoint('restore', backup)).toMatchObject({ status: 0, reply: { sources: sources.length } });
    expect(cutpoint('sources')).toMatchObject({ status: 0, reply: sources });
  },
);
