import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../src-main/makeFolder.ts';
import { temporaryFolder } from './support/folder.ts';

describe('making a folder', () => {
  it('makes those on the way, and answers with the first', () => {
    const root = temporaryFolder();
    expect(makeFolder(join(root, 'a/b/c'))).toBe(join(root, 'a'));
    expect(existsSync(join(root, 'a/b/c'))).toBe(true);
    expect(makeFolder(join(root, 'a/b/c'))).toBeUndefined();
    expect(makeFolder(join(root, 'a/b/d'))).toBe(join(root, 'a/b/d'));
  });

  it.skipIf(process.platform !== 'linux')('ends where the answer is ENOENT although the parent is there', () => {
    // Node's own recursive mkdir tries for ever here.
    expect(() => makeFolder('/proc/cutpoint/models')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(() => makeFolder('/proc/self/task/cutpoint')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('ends where something stands in the way', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'file'), 'x');
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
    symlinkSync(join(root, 'loop'), join(root, 'loop'));
    for (const [path, code] of [
      ['file', 'EEXIST'],
      ['file/below', 'ENOTDIR'],
      ['dangling', 'EEXIST'],
      ['dangling/below', 'EEXIST'],
      ['loop/below', 'ELOOP'],
      [`long/${'n'.repeat(300)}`, 'ENAMETOOLONG'],
    ] as const) {
      expect(() => makeFolder(join(root, path)), path).toThrow(expect.objectContaining({ code }));
    }
    mkdirSync(join(root, 'made'));
    expect(makeFolder(`${join(root, 'made')}/ `)).toBe(join(root, 'made/ '));
  });
});
