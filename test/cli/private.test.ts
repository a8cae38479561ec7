import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';

const bin = join(import.meta.dirname, '../../bin/cutpoint.mjs');
const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** `cutpoint` under the mask that most systems set. */
function cutpoint(...args: string[]): string {
  const command = ['-c', 'umask 022; exec "$@"', 'sh', process.execPath, bin, ...args];
  const { status, stderr } = spawnSync('sh', command, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stderr;
}

test.skipIf(process.platform === 'win32')(
  'all that is written into a workspace is its user’s alone; what goes elsewhere has the user’s own permissions',
  () => {
    const folder = temporaryFolder();
    const workspace = join(folder, 'workspace');
    const study = join(folder, 'made', 'study');
    // An earlier version left it open, a log in it.
    mkdirSync(join(workspace, 'logs'), { recursive: true, mode: 0o755 });
    writeFileSync(join(workspace, 'logs', 'engine.log'), 'an earlier line\n', { mode: 0o644 });
    expect(cutpoint('sample', study, '--workspace', workspace)).not.toContain('Note:');
    const all = ['', ...readdirSync(workspace, { recursive: true, encoding: 'utf8' })];
    expect(all).toEqual(expect.arrayContaining(['cutpoint.db', 'workspace.lock', 'workspace.pid', 'logs/engine.log']));
    expect(all.filter((name) => !/^.?00$|^.00$/.test(mode(join(workspace, name))))).toEqual([]);
    expect([mode(join(folder, 'made')), mode(study), mode(join(study, 'labels.csv'))]).toEqual(['755', '755', '644']);
  },
);
