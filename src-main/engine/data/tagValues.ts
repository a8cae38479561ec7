import { join } from 'node:path';
import type { CutpointError } from '../../contract/errors.ts';
import { runOn } from './pool.ts';
import { readers } from './readerThreads.ts';
import type { DicomTag } from './readers/dicom/tags.ts';

/** What a file says of tags, in their order; null of one that is no DICOM file, or why its header cannot be read. */
export type TagValues = readonly string[] | null | CutpointError;

/**
 * What the headers of files say: read when it is asked for, in the reader threads and without the pixels, and kept nowhere.
 * @param files relative to the folder
 * @throws CutpointError CANCELLED
 */
export async function tagValues(
  folder: string,
  files: readonly string[],
  tags: readonly DicomTag[],
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<Map<string, TagValues>> {
  const found = new Map<string, TagValues>();
  await runOn(
    readers(),
    'tags',
    files.map((file) => ({ path: join(folder, file), tags })),
    {
      ...(signal && { signal }),
      done: (index, outcome) => {
        found.set(files[index]!, outcome);
        onProgress?.(found.size, files.length);
      },
    },
  );
  return found;
}
