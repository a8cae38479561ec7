import { chmod, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from './makeFolder.ts';

const PRIVATE = 0o077;
/** Tells the user's mask to the engine, which inherits ours from the shell that starts it. */
const VARIABLE = 'CUTPOINT_USERS_UMASK';

/** What the user wants for files of their own; undefined while this process has not taken a mask of its own. */
let users: number | undefined;

/**
 * From here on, whatever this process or one that it starts writes is readable by its user alone. Called first by every
 * process that writes into a workspace; what goes where the user says (exports, maps, the sample data) is given the
 * user's own permissions by the functions below.
 */
export function keepFilesPrivate(): void {
  const inherited = process.umask(PRIVATE);
  const told = process.env[VARIABLE];
  users = told !== undefined && /^[0-7]{1,3}$/.test(told) ? Number.parseInt(told, 8) : inherited;
  process.env[VARIABLE] = users.toString(8);
}

/** Does `work` (synchronous) with the user's own mask, e.g. starts a program that is not ours. */
export function withUsersMask<T>(work: () => T): T {
  if (users === undefined) return work();
  const ours = process.umask(users);
  try {
    return work();
  } finally {
    process.umask(ours);
  }
}

/** Gives a file, or a folder with what is in it, the permissions that the user's other programs would have given it. */
export async function giveUsersMode(path: string): Promise<void> {
  if (users === undefined) return;
  const folder = (await stat(path)).isDirectory();
  if (folder) for (const name of await readdir(path)) await giveUsersMode(join(path, name));
  await chmod(path, (folder ? 0o777 : 0o666) & ~users);
}

/** Makes a folder of the user, with those on the way to it. */
export async function makeUsersFolder(path: string): Promise<void> {
  const first = makeFolder(path);
  if (first === undefined || users === undefined) return;
  for (let made = resolve(path); ; made = dirname(made)) {
    await chmod(made, 0o777 & ~users);
    if (made === resolve(first) || made === dirname(made)) return;
  }
}
