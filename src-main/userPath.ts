import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CutpointError } from './contract/errors.ts';

/**
 * The absolute path that a person means. `~` and what begins with `~/` are in their home folder, as in a shell, which does
 * not see what is quoted or typed into a window; a file that is really called so is `./~`.
 * @throws CutpointError INPUT_INVALID for an empty path, which would be the working directory, and for `~name/` where
 *   there is no such folder
 */
export function pathOf(text: string, home = homedir()): string {
  if (text.trim() === '') {
    throw new CutpointError('INPUT_INVALID', 'A path is empty.', {
      remedy: 'Name the file or folder; a variable in its place may have no value. The working directory is `.`.',
    });
  }
  const [start, user] = /^~([^/\\]*)(?:[/\\]|$)/.exec(text) ?? [];
  if (start === undefined) return resolve(text);
  if (user === '') return join(home, text.slice(1));
  const named = resolve(`~${user}`);
  if (existsSync(named)) return resolve(text);
  throw new CutpointError('INPUT_INVALID', `Cutpoint does not know where the home folder '~${user}' is.`, {
    remedy: `Write the path in full. Your own home folder is ${home}, or \`~\`.`,
  });
}
