import type { StoragePart } from '../../contract/storage.ts';
import { bytes, whole } from './units.ts';

/** Columns of what lies in a workspace. */
export const SIZES = [{ title: 'What' }, { title: 'Files', align: 'right' as const }, { title: 'Size', align: 'right' as const }]; // prettier-ignore

export const sizeRow = ({ title, files, bytes: size }: Omit<StoragePart, 'name'>): string[] => [title, whole(files), bytes(size)]; // prettier-ignore
