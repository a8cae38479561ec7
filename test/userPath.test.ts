import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { pathOf, placeOf } from '../src-main/userPath.ts';
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

test.runIf(process.platform !== 'win32').each([
  ['C:\\Users\\me\\images', /is a path of Windows/],
  ['D:/images', /is a path of Windows/],
  ['\\\\server\\share', /is a path of Windows/],
  ['images/cxr', /not a full path/],
  ['./images', /not a full path/],
])('what a window sends has to say where it is: %s', (text, message) => {
  expect(() => placeOf(text)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/such as \//),
    }),
  );
});

test('a full path, and one in the home folder, are taken', () => {
  const folder = temporaryFolder();
  expect(placeOf(folder)).toBe(folder);
  expect(placeOf('~/images')).toBe(pathOf('~/images'));
});
