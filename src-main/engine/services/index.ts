import type { Handlers } from '../../contract/index.ts';
import { relay } from '../../rpc/relay.ts';
import { placeOf } from '../../userPath.ts';
import { Changes } from '../jobs/changes.ts';
import { Jobs } from '../jobs/jobs.ts';
import { Training } from '../jobs/training.ts';
import { openLane, type SpawnLane } from '../lanes/lane.ts';
import { HOMES, LANES, type LaneName } from '../lanes/methods.ts';
import { forkLanes } from '../lanes/spawn.ts';
import { openWorkspace } from '../store/workspace.ts';
import { backboneHandlers } from './backbones.ts';
import { addBundledSources, addLackingSources, listCatalogue } from './catalogue.ts';
import { classOrderHandlers } from './classOrder.ts';
import { curveHandlers } from './curves.ts';
import { newestExports } from './exports.ts';
import { listHandlers } from './lists.ts';
import { loadedLater } from './loaded.ts';
import { makeWishedSource, ownSourceHandlers, wishedRuns } from './ownSources.ts';
import { precisionHandlers } from './precision.ts';
import { preferencesHandlers } from './preferences.ts';
import { queueHandlers } from './queue.ts';
import { storageHandlers } from './storage.ts';
import { studyHandlers } from './studies.ts';
import { watchHandlers } from './watching.ts';

/**
 * The whole engine on one workspace: this process answers, and has others work for it, see {@link LANES}.
 * @param spawn how those are started
 * @throws CutpointError WORKSPACE_LOCKED, WORKSPACE_NOT_WRITABLE, STORE_NEWER, STORE_CORRUPT
 */
export async function openServices(options: {
  workspace: string;
  spawn?: SpawnLane;
  /** Ends this process once it has answered, to be started again. */
  beginAnew?: () => void;
}): Promise<{ handlers: Handlers; notes: string[]; close(): Promise<void> }> {
  const changes = new Changes();
  const workspace = openWorkspace(options.workspace, changes.note);
  try {
    await addBundledSources(workspace);
  } catch (thrown) {
    workspace.close();
    throw thrown;
  }
  const { folder, store } = workspace;
  const owner = { 'store.commit': (writes: Parameters<typeof workspace.commit>) => workspace.commit(...writes) };
  const spawn = options.spawn ?? forkLanes(folder, () => store.preferences.get());
  const lanes = Object.fromEntries(LANES.map((name) => [name, openLane(name, { spawn, owner })])) as Record<
    LaneName,
    ReturnType<typeof openLane>
  >;
  const { compute, files } = lanes;
  const makeSource = (run: string) => makeWishedSource(workspace, files, run);
  const training = new Training(workspace, compute, makeSource);
  // Of runs that were completed when an engine ended.
  const left = wishedRuns(store).filter(({ status }) => status === 'completed');
  const makingLeft = left.reduce((before, { run }) => before.then(() => makeSource(run)), Promise.resolve());
  const jobs = new Jobs(workspace, lanes);
  const jobMethods = jobs.methods();
  /** Folders that were looked at: somebody may be about to train on them. */
  const audited = new Set<string>();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await Promise.all([training.close(), jobs.close(), makingLeft]);
      await Promise.all(Object.values(lanes).map((lane) => lane.close()));
      workspace.close();
    })());
  return {
    notes: workspace.notes,
    handlers: {
      ...relay(compute, HOMES.compute),
      ...relay(files, HOMES.files),
      ...backboneHandlers(),
      ...precisionHandlers(),
      ...curveHandlers(store),
      ...jobMethods,
      ...jobs.handlers(),
      ...listHandlers(store),
      ...classOrderHandlers(store),
      ...studyHandlers(store),
      ...queueHandlers(store, { training, changes }),
      ...watchHandlers(store, training),
      ...ownSourceHandlers(store),
      ...loadedLater(['run.start', 'run.pause', 'run.stop', 'run.resume', 'source.train'], async () =>
        (await import('./runs.ts')).runHandlers(workspace, { training, compute, files }),
      ),
      ...loadedLater(['comparison.start', 'comparison.stop', 'comparison.resume', 'comparison.cells'], async () =>
        (await import('./comparisons.ts')).comparisonHandlers(workspace, { training, files }),
      ),
      ...loadedLater(
        [
          ...(['sourceStudy.start', 'sourceStudy.runs', 'sourceStudy.list', 'sourceStudy.get'] as const),
          ...(['sourceStudy.stop', 'sourceStudy.resume', 'sourceStudy.openTest', 'sourceStudy.remove'] as const),
        ],
        async () => (await import('./sourceStudies.ts')).sourceStudyHandlers(workspace, { training, compute, files }),
      ),
      ...loadedLater(['run.estimate', 'comparison.estimate'], async () =>
        (await import('./estimate.ts')).estimateHandlers(workspace, { compute, files }),
      ),
      ...storageHandlers(workspace, training, {
        jobs,
        audited,
        heldFiles: async () => new Set(compute.started ? await compute.call('lane.heldFiles', {}) : []),
        close,
        beginAnew: () => options.beginAnew?.(),
      }),
      'data.audit': (selection, call) => {
        audited.add(placeOf(selection.folder));
        return jobMethods['data.audit'](selection, call);
      },
      'source.list': async () => {
        await addLackingSources(workspace);
        return store.sources.list();
      },
      ...preferencesHandlers(workspace, Object.values(lanes)),
      'changes.watch': async ({ after }, { signal, progress }) => {
        await changes.follow(progress, { signal, after });
        return null;
      },
      // Whoever opens a door to others knows better.
      'system.alone': () => null,
      'catalogue.list': () => listCatalogue(workspace),
      'model.exports': ({ id }) => newestExports(store.exports.list(id)),
      'run.evaluate': (input, call) =>
        input.data || input.again
          ? jobMethods['run.evaluate'](input, call)
          : files.call('run.evaluate', input, { signal: call.signal }),
    },
    close,
  };
}
