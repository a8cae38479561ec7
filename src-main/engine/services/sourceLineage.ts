import type { Handlers } from '../../contract/index.ts';
import { lineageOfAll, lineageTable } from '../../contract/lineage.ts';
import { pathOf } from '../../userPath.ts';
import { lineageDrawing } from '../report/charts/lineage.ts';
import type { Reader } from '../store/store.ts';
import { emptyFolder, writeDrawn } from './drawnFolder.ts';

/** What sources descend from, of all that are in the workspace or of some. */
export const sourceLineageHandlers = (store: Pick<Reader, 'sources'>): Pick<Handlers, 'source.lineage'> => ({
  async 'source.lineage'({ names, out }) {
    const folder = out === undefined ? null : await emptyFolder(pathOf(out));
    const there = store.sources.list();
    const found = lineageOfAll(names.length === 0 ? there : names.map((name) => store.sources.get(name)), there);
    if (folder === null) return { ...found, files: [] };
    const drawn = { tables: { lineage: lineageTable(found) }, drawings: { lineage: lineageDrawing(found) } };
    return { ...found, files: await writeDrawn(folder, drawn) };
  },
});
