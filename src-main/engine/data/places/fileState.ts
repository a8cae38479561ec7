import type { Stats } from 'node:fs';

export type FileState = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>;

/** The time of the last change of a file's entry cannot be set back, as that of its contents can. */
export const stateLine = ({ size, mtimeMs, ctimeMs, ino }: FileState): string => [size, mtimeMs, ctimeMs, ino].join();
