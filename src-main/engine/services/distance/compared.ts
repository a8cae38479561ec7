import { readFile } from 'node:fs/promises';
import { contract, type Handlers } from '../../../contract/index.ts';
import { expertRow, type DataEmbedding, type ExpertRow } from '../../../contract/distance.ts';
import { EXPERT_FEATURES } from '../../../contract/expertFeatures.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { placeOf } from '../../../userPath.ts';
import { compareEmbeddings } from '../../datasetSimilarity/compare.ts';
import { embeddingFile } from '../../datasetSimilarity/file.ts';
import { expertReport } from '../../datasetSimilarity/experts.ts';
import { requireTableColumns } from '../../data/labels.ts';
import { readTable } from '../../data/table.ts';
import type { Workspace } from '../../store/workspace.ts';

/** Distances from what was computed before. */
export function comparedHandlers(workspace: Workspace): Pick<Handlers, 'distance.compare' | 'distance.experts'> {
  return {
    'distance.compare': async ({ of, ...options }) => {
      const found: DataEmbedding[] = [];
      for (const place of of) {
        const embedding = 'job' in place ? ofJob(workspace, place.job) : await ofFile(placeOf(place.file));
        found.push({ ...embedding, name: place.name ?? embedding.name });
      }
      return compareEmbeddings(found, options);
    },
    'distance.experts': async (input) => expertReport('rows' in input ? input.rows : await rowsOf(placeOf(input.csv))),
  };
}

/** @throws CutpointError JOB_UNKNOWN, INPUT_INVALID where it embedded nothing, or its answer is not kept */
function ofJob({ store }: Workspace, id: string): DataEmbedding {
  const { method } = store.jobs.get(id);
  const { data } = contract['distance.embed'].output.safeParse(
    method === 'distance.embed' ? store.jobs.answer(id) : undefined,
  );
  if (data) return data;
  throw new CutpointError('INPUT_INVALID', `The job ${id} has no embedding of a data set.`, {
    remedy: 'Compute it again.',
  });
}

/** @throws CutpointError FILE_NOT_READABLE */
async function ofFile(path: string): Promise<DataEmbedding> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw notReadable(path, cause);
  });
  try {
    return embeddingFile.parse(JSON.parse(text));
  } catch (cause) {
    throw notReadable(path, cause);
  }
}

const notReadable = (path: string, cause: unknown): CutpointError =>
  new CutpointError('FILE_NOT_READABLE', `${path} is not a file of an embedding that can be read.`, {
    remedy: 'Name files that `cutpoint task2vec --out` wrote.',
    cause,
  });

const COLUMNS = ['dataset', 'observer', ...EXPERT_FEATURES];

/** @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING, INPUT_INVALID for a row without a data set */
async function rowsOf(csv: string): Promise<ExpertRow[]> {
  const table = await readTable(csv, COLUMNS);
  requireTableColumns(table, COLUMNS, `A table of answers has the columns ${COLUMNS.join(', ')}.`);
  return table.rows.map(({ row, values }) => {
    const { data } = expertRow.safeParse(values);
    if (data) return data;
    throw new CutpointError('INPUT_INVALID', `Row ${row} of the table names no data set, or has a text too long.`, {
      remedy: 'Each row is what one observer says of one data set.',
    });
  });
}
