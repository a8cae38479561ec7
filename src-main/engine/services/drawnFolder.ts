import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { CutpointError } from '../../contract/errors.ts';
import { stageFolder } from '../export/staging.ts';
import { csvOf, type Rows } from '../sourceAnalysis/tables.ts';

/** @throws CutpointError FOLDER_NOT_EMPTY: nothing is overwritten */
export async function emptyFolder(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0)
    throw new CutpointError('FOLDER_NOT_EMPTY', `The folder '${folder}' is not empty.`, {
      remedy: 'Name a new folder with --out: nothing is overwritten.',
    });
  return folder;
}

/**
 * Writes tables as CSV and drawings as SVG and PNG into a new or empty folder, all or none.
 * @param tables, drawings (SVG) by the names of their files
 * @returns the names of the files
 * @throws CutpointError DISK_FULL, EXPORT_WRITE_FAILED
 */
export async function writeDrawn(
  folder: string,
  { tables, drawings }: { tables: Record<string, Rows>; drawings: Record<string, string> },
): Promise<string[]> {
  const sheets = Object.entries(tables).map(([name, rows]) => [`${name}.csv`, Buffer.from(csvOf(rows))] as const);
  const drawn = await Promise.all(Object.entries(drawings).map(([name, svg]) => pictures(name, svg)));
  const files = [...sheets, ...drawn.flat()];
  await (await stageFolder(folder, files)).publish();
  return files.map(([name]) => name);
}

/** At twice its size, on white. */
async function pictures(name: string, svg: string): Promise<(readonly [string, Buffer])[]> {
  const bytes = Buffer.from(svg);
  const png = await sharp(bytes, { density: 144 }).flatten({ background: '#ffffff' }).png().toBuffer();
  return [
    [`${name}.svg`, bytes],
    [`${name}.png`, png],
  ];
}
