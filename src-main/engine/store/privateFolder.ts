import { chmodSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Permissions of the group and of everybody else. */
const OTHERS = 0o077;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Takes a workspace, and what is in it, from all users of the machine but its own. Links are not followed.
 * @returns a sentence for everything that could not be taken from them; none on Windows, whose folders have no modes
 * @throws what the file system says where the folder cannot be looked at
 */
export function makePrivate(folder: string): string[] {
  if (process.platform === 'win32') return [];
  const notes: string[] = [];
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid?.()) {
    notes.push(
      `The workspace '${folder}' belongs to another user of this machine (user ${uid}), who can read and change what is in it.`,
    );
  }
  const wasOpen = (mode & OTHERS) !== 0;
  const open = new Set<string>();
  if (!close(folder, mode)) open.add('');
  // Once the folder was closed, what is written below it is closed too; only what lies at its top is looked at again.
  for (const name of unclosed(folder, wasOpen)) open.add(name);
  if (open.has('')) {
    notes.push(
      `Other users of this machine may read the workspace '${folder}': its permissions cannot be changed here.`,
    );
  } else if (open.size > 0) {
    notes.push(
      `The permissions of ${[...open].map((name) => `'${name}'`).join(', ')} in the workspace cannot be changed, or lead elsewhere.`,
    );
  }
  const replaceable = replaceableParent(folder);
  if (replaceable !== undefined) {
    notes.push(`Other users of this machine may write to '${replaceable}', and so replace the workspace in it.`);
  }
  return notes.length === 0
    ? []
    : [...notes, 'Patients may be identifiable from a workspace: keep it in a folder of your own.'];
}

/** Names at the top of a folder that others may still read, or that are links to somewhere else. */
function unclosed(folder: string, deep: boolean): string[] {
  return readdirSync(folder).filter((name) => !closeBelow(join(folder, name), deep));
}

function closeBelow(path: string, deep: boolean): boolean {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  // Gone meanwhile. A link has no permissions of its own; one to a folder keeps workspaces on larger disks.
  if (!entry) return true;
  if (entry.isSymbolicLink()) return !statSync(path, { throwIfNoEntry: false })?.isDirectory();
  const closed = close(path, entry.mode);
  if (!deep || !entry.isDirectory()) return closed;
  try {
    return unclosed(path, true).length === 0 && closed;
  } catch {
    return closed; // A folder that we may not list.
  }
}

/** Whether only the owner may do anything with it now; file systems without modes ignore what they are asked. */
function close(path: string, mode: number): boolean {
  if ((mode & OTHERS) === 0) return true;
  try {
    chmodSync(path, mode & 0o700);
    return (statSync(path).mode & OTHERS) === 0;
  } catch {
    return false;
  }
}

/** The nearest folder on the way to the workspace in which others may rename what is not theirs. */
function replaceableParent(folder: string): string | undefined {
  for (let at = dirname(realpathSync(folder)); ; at = dirname(at)) {
    const { mode } = statSync(at);
    if ((mode & WRITABLE_BY_ALL) !== 0 && (mode & STICKY) === 0) return at;
    if (at === dirname(at)) return undefined;
  }
}
