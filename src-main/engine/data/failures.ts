import { CutpointError } from '../../contract/errors.ts';

/** What the file system said while `what` was written, as an error with a sentence; a CutpointError stays as it is. */
export function writeFailure(thrown: unknown, what: string): CutpointError {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new CutpointError('DISK_FULL', `The disk is full: ${what} could not be stored.`, {
      remedy: 'Free some space, or choose a folder on a larger disk. Nothing half-written was left.',
      cause: thrown,
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new CutpointError('WORKSPACE_NOT_WRITABLE', `There is no permission to store ${what} there.`, {
      remedy: 'Choose another folder, or ask for permission to write to this one.',
      cause: thrown,
    });
  return CutpointError.from(thrown);
}
