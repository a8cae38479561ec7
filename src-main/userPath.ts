import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
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

const OF_WINDOWS = /^([A-Za-z]:([\\/]|$)|\\\\)/;
const SYSTEMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'Windows',
  darwin: 'macOS',
  linux: 'Linux',
};

/**
 * The path that was typed into a window or came with a call: whoever typed it does not know where the engine's process
 * works, so it has to be a full one, of the system that the engine runs on.
 * @throws CutpointError INPUT_INVALID as {@link pathOf}, and for a relative or a foreign path
 */
export function placeOf(text: string): string {
  const path = pathOf(text);
  const here = SYSTEMS[process.platform] ?? process.platform;
  const foreign = process.platform === 'win32' ? /^\/(?!\/)/.test(text) : OF_WINDOWS.test(text);
  if (foreign) {
    const other = process.platform === 'win32' ? 'Linux or macOS' : 'Windows';
    throw new CutpointError('INPUT_INVALID', `'${text}' is a path of ${other}, and Cutpoint runs on ${here} here.`, {
      remedy: `Write it as this machine has it, such as ${join(homedir(), 'images')}. A folder of another machine has to be copied or mounted first.`,
    });
  }
  if (isAbsolute(text) || text.startsWith('~')) return path;
  throw new CutpointError('INPUT_INVALID', `'${text}' is not a full path, so it does not say where it is.`, {
    remedy: `Write it in full, such as ${join(homedir(), text)}, or choose it.`,
  });
}
