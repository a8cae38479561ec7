import { CutpointError } from '../../contract/errors.ts';
import type { Handlers, OutputOf } from '../../contract/index.ts';
import { lineageOf, sourceWish } from '../../contract/origin.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { sourceExists } from '../store/queries/sources.ts';
import { wholeRows } from '../store/json.ts';
import type { Reader } from '../store/store.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { sourceCard } from '../export/sourceCard.ts';

type Wishes = OutputOf<'source.wishes'>;

/** What is known of sources that were trained here, and of runs that are to become one. */
export function ownSourceHandlers(store: Reader): Pick<Handlers, 'source.get' | 'source.wishes'> {
  return {
    'source.get': ({ name }) => {
      const { weightsFile: _file, crc32: _crc, ...source } = store.sources.get(name);
      return { source, lineage: lineageOf(source), card: sourceCard(source) };
    },
    'source.wishes': () => wishedRuns(store),
  };
}

/** Runs that are to become a source; those that cannot be read are left out. */
export const wishedRuns = ({ runs, runChoices }: Pick<Reader, 'runs' | 'runChoices'>): Wishes =>
  wholeRows(runChoices.runs('source'), (run) => {
    const { value } = runChoices.load(run, 'source')!;
    return { ...sourceWish.parse(value), run, status: runs.get(run).status };
  });

/** @throws CutpointError SOURCE_EXISTS where a run is to become a source of that name */
export function requireUnwished(store: Pick<Reader, 'runs' | 'runChoices'>, name: string): void {
  const taken = wishedRuns(store).find((wish) => wish.name.toLowerCase() === name.toLowerCase());
  if (!taken) return;
  throw new CutpointError('SOURCE_EXISTS', `The run ${taken.run} is to become the source '${taken.name}'; it is ${taken.status}.`, {
    remedy: `Choose another name. Or resume that run: \`cutpoint resume ${taken.run}\`; removed, it frees the name.`,
  }); // prettier-ignore
}

/**
 * Makes the source that a run is to become, if it is to become one and is completed. Its test set is opened for it, which the
 * log says: a set that weights are pretrained on is not what a study is judged by. What goes wrong is kept with the wish, and
 * the run stays: it can be taken over later. Never rejects but for a defect of the store.
 */
export async function makeWishedSource({ store }: OwnWorkspace, files: LaneClient, run: string): Promise<void> {
  const wish = wishedRuns(store).find((each) => each.run === run);
  if (wish?.status !== 'completed') return;
  const { name, nature } = wish;
  try {
    const there = store.sources.list().find((source) => source.name.toLowerCase() === name.toLowerCase());
    // Made just before an engine was killed.
    if (there?.origin?.run === run) return store.runChoices.save(run, 'source', null);
    if (there) throw sourceExists(name);
    if (store.runs.get(run).sealed)
      store.runs.openTest(run, { purpose: 'source', reason: `pretraining of the source ${name}` });
    await files.call('source.fromRun', { run, name, nature });
  } catch (thrown) {
    const { code, message, remedy } = CutpointError.from(thrown);
    const failure = { code, message, ...(remedy !== undefined && { remedy }) };
    // Tried again at every start until it is made: said once.
    if (wish.failure?.message !== message) store.runChoices.save(run, 'source', { name, nature, failure });
  }
}
