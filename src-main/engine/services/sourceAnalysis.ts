import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { SourceAnalysis } from '../../contract/sourceAnalysis.ts';
import { pathOf } from '../../userPath.ts';
import { stageFolder } from '../export/staging.ts';
import { distancesDrawing, meansDrawing, transferDrawing } from '../report/charts/sources.ts';
import { analyseSources } from '../sourceAnalysis/index.ts';
import { readDistances, readResults } from '../sourceAnalysis/read.ts';
import { csvOf, tablesOf } from '../sourceAnalysis/tables.ts';

/** Tables of results from elsewhere, by files; nothing of them is kept. */
export const sourceAnalysisHandlers = (): Pick<Handlers, 'sourceStudy.analyse'> => ({
  async 'sourceStudy.analyse'({ results, distances, out, confidence, ratio }, { signal }) {
    const folder = out === undefined ? null : await emptyFolder(pathOf(out));
    const rows = await readResults(pathOf(results));
    const far = distances === undefined ? null : await readDistances(pathOf(distances));
    signal.throwIfAborted();
    const analysis = analyseSources(rows, far, { confidence, ratio });
    return { ...analysis, files: folder === null ? [] : await writeAnalysis(folder, analysis) };
  },
});

/** @throws CutpointError FOLDER_NOT_EMPTY: nothing is overwritten */
async function emptyFolder(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0)
    throw new CutpointError('FOLDER_NOT_EMPTY', `The folder '${folder}' is not empty.`, {
      remedy: 'Name a new folder with --out: nothing is overwritten.',
    });
  return folder;
}

/**
 * Writes the tables of an analysis as CSV and its drawings as SVG and PNG into a new or empty folder, all or none.
 * @returns the names of the files
 * @throws CutpointError DISK_FULL, EXPORT_WRITE_FAILED
 */
export async function writeAnalysis(folder: string, analysis: SourceAnalysis): Promise<string[]> {
  const tables = Object.entries(tablesOf(analysis)).map(([name, rows]) => [`${name}.csv`, Buffer.from(csvOf(rows))] as const); // prettier-ignore
  const drawings = await Promise.all(Object.entries(drawingsOf(analysis)).map(([name, svg]) => pictures(name, svg)));
  const files = [...tables, ...drawings.flat()];
  await (await stageFolder(folder, files)).publish();
  return files.map(([name]) => name);
}

function drawingsOf(analysis: SourceAnalysis): Record<string, string> {
  const known = analysis.distances?.values.flat().some((value) => value !== null) ?? false;
  return {
    means: meansDrawing(analysis),
    ...(known && { distances: distancesDrawing(analysis) }),
    ...(analysis.transfers.some(({ distance }) => distance !== null) && { transferability: transferDrawing(analysis) }),
  };
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
