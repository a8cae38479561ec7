import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePrivate } from '../../../src-main/engine/store/privateFolder.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';

const mode = (path: string): number => statSync(path).mode & 0o777;

/** Paths in a folder, itself among them, that others than the owner may do anything with. */
function readable(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return ['', ...below].filter((name) => (mode(join(folder, name)) & 0o077) !== 0);
}

describe.skipIf(process.platform === 'win32')('who may read a workspace', () => {
  test('a new one is its user’s alone, and so are the folders made on the way', () => {
    const parent = join(temporaryFolder(), 'share', 'cutpoint');
    const { folder, notes, close } = openWorkspace(join(parent, 'workspace'));
    expect(notes).toEqual([]);
    expect(mode(parent)).toBe(0o700);
    expect(mode(folder)).toBe(0o700);
    close();
  });

  test('one that an earlier version left open is closed throughout, and stays whole', () => {
    const { folder, paths, salt, close } = openWorkspace(join(temporaryFolder(), 'old'));
    close();
    mkdirSync(join(paths.dropped, '1', 'clear'), { recursive: true });
    writeFileSync(join(paths.dropped, '1', 'clear', 'Müller, Anna.png'), 'x');
    writeFileSync(join(paths.cache, 'a.rgb'), 'x');
    for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
      chmodSync(join(folder, name), statSync(join(folder, name)).isDirectory() ? 0o755 : 0o644);
    const again = openWorkspace(folder);
    expect(again.salt).toEqual(salt);
    expect(readable(folder)).toEqual([]);
    expect(mode(join(paths.cache, 'a.rgb'))).toBe(0o600);
    expect(again.notes).toEqual([]);
    again.close();
  });

  test('what an open workspace has at its top is closed even where the folder already was', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'cutpoint.old.db'), 'x', { mode: 0o644 });
    expect(makePrivate(folder)).toEqual([]);
    expect(readable(folder)).toEqual([]);
  });

  test('links are not followed, and those to folders are said', () => {
    const [folder, elsewhere] = [join(temporaryFolder(), 'w'), temporaryFolder()];
    chmodSync(elsewhere, 0o755);
    writeFileSync(join(elsewhere, 'theirs'), 'x', { mode: 0o644 });
    mkdirSync(folder, { mode: 0o755 });
    symlinkSync(elsewhere, join(folder, 'checkpoints'));
    symlinkSync(join(elsewhere, 'theirs'), join(folder, 'file'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
    expect(makePrivate(folder).join(' ')).toContain("'checkpoints'");
    expect([mode(elsewhere), mode(join(elsewhere, 'theirs'))]).toEqual([0o755, 0o644]);
    expect(mode(folder)).toBe(0o700);
  });

  test('a parent in which everybody may rename is said; one with the sticky bit (/tmp) is not', () => {
    const parent = temporaryFolder();
    const folder = join(parent, 'w');
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(parent, 0o1777);
    expect(makePrivate(folder)).toEqual([]);
    chmodSync(parent, 0o777);
    expect(makePrivate(folder).join(' ')).toContain(`may write to '${parent}', and so replace`);
  });

  test.skipIf(process.getuid?.() !== 0)('a folder of another user is said, by number (only root can make one)', () => {
    const folder = temporaryFolder();
    chownSync(folder, 65534, 65534);
    expect(makePrivate(folder).join(' ')).toContain('belongs to another user of this machine (user 65534)');
  });
});
