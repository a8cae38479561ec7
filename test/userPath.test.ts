import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { pathOf } from '../src-main/userPath.ts';
import { temporaryFolder } from './support/folder.ts';

test('`~` is the home folder; what only begins like it is not', () => {
  const home = join('/', 'home', 'me');
  expect(pathOf('~', home)).toBe(home);
  expect(pathOf('~/', home)).toBe(join(home, '/'));
  expect(pathOf('~/a b/c', home)).toBe(join(home, 'a b', 'c'));
  expect(pathOf('~/../x', home)).toBe(join('/', 'home', 'x'));
  for (const plain of ['a/~', './~', './~/x', 'x~', '/~/x', 'a']) expect(pathOf(plain, home)).toBe(resolve(plain));
});

test('the home folder of somebody else is refused, unless a folder is called so', () => {
  expect(() => pathOf('~nobody-here/x', '/home/me')).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', remedy: expect.stringContaining('/home/me') }),
  );
  const folder = temporaryFolder();
  mkdirSync(join(folder, '~backup'));
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  expect(pathOf('~backup/x')).toBe(join(folder, '~backup', 'x'));
  cwd.mockRestore();
});

test.each(['', ' ', '\t'])('an empty path is not the working directory: %j', (text) => {
  expect(() => pathOf(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
