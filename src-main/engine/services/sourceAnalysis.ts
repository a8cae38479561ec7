import type { Handlers } from '../../contract/index.ts';
import type { SourceAnalysis } from '../../contract/sourceAnalysis.ts';
import { pathOf } from '../../userPath.ts';
import { distancesDrawing, meansDrawing, transferDrawing } from '../report/charts/sources.ts';
import { analyseSources } from '../sourceAnalysis/index.ts';
import { readDistances, readResults } from '../sourceAnalysis/read.ts';
import { tablesOf } from '../sourceAnalysis/tables.ts';
import { emptyFolder, writeDrawn } from './drawnFolder.ts';

/** Tables of results from elsewhere, by files; nothing of them is kept. */
export const sourceAnalysisHandlers = (): Pick<Handlers, 'sourceStudy.analyse'> => ({
  async 'sourceStudy.analyse'({ results, distances, out, confidence, ratio }, { signal }) {
    const folder = out === undefined ? null : await emptyFolder(pathOf(out));
    const rows = await readResults(pathOf(results));
    const far = distances === undefined ? null : await readDistances(pathOf(distances));
    signal.throwIfAborted();
    const analysis = analyseSources(rows, far, { confidence, ratio });
    if (folder === null) return { ...analysis, files: [] };
    const drawings = drawingsOf(analysis);
    return { ...analysis, files: await writeDrawn(folder, { tables: tablesOf(analysis), drawings }) };
  },
});

function drawingsOf(analysis: SourceAnalysis): Record<string, string> {
  const known = analysis.distances?.values.flat().some((value) => value !== null) ?? false;
  return {
    means: meansDrawing(analysis),
    ...(known && { distances: distancesDrawing(analysis) }),
    ...(analysis.transfers.some(({ distance }) => distance !== null) && { transferability: transferDrawing(analysis) }),
  };
}
