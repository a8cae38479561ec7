import { readFile, stat } from 'node:fs/promises';
import { CutpointError } from '../../../contract/errors.ts';
import { MAX_FILE_BYTES } from './picture.ts';

/** The content of an image file. Throws FILE_NOT_READABLE, IMAGE_EMPTY, IMAGE_TOO_LARGE. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size === 0)
      throw new CutpointError('IMAGE_EMPTY', 'The file is empty (0 bytes).', {
        remedy: 'Copy or export the file again from its source.',
      });
    if (size > MAX_FILE_BYTES)
      throw new CutpointError('IMAGE_TOO_LARGE', 'The file is larger than 1 GB.', {
        remedy: 'Export single images instead of whole series.',
      });
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof CutpointError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const denied = code === 'EACCES' || code === 'EPERM';
    throw new CutpointError(
      'FILE_NOT_READABLE',
      denied
        ? 'You have no permission to read the file.'
        : code === 'ENOENT'
          ? 'The file does not exist.'
          : 'The file cannot be read.',
      { remedy: denied ? 'Ask for read permission, or copy the file.' : 'Check the path and the disk.', cause },
    );
  }
}
