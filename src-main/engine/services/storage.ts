import { statSync } from 'node:fs';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import { clean } from '../storage/clean.ts';
import { listDamaged } from '../storage/damaged.ts';
import { emptyWorkspace } from '../storage/erase.ts';
import { remove } from '../storage/removal.ts';
import { usage } from '../storage/usage.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Training } from '../jobs/training.ts';
import { placeOf } from '../../userPath.ts';

/** What the workspace takes of the disk, and getting rid of it. */
export function storageHandlers(
  workspace: OwnWorkspace,
  training: Training,
  {
    jobs,
    audited,
    heldFiles,
    close,
    beginAnew,
  }: {
    jobs: Jobs;
    audited: ReadonlySet<string>;
    heldFiles(): Promise<ReadonlySet<string>>;
    /** Lets go of the workspace. */
    close(): Promise<void>;
    /** Ends this process once it has answered, to be started again. */
    beginAnew(): void;
  },
): Pick<Handlers, Extract<keyof Handlers, `storage.${string}`>> {
  const { storage } = workspace.store;
  return {
    'storage.usage': () => usage(workspace),
    'storage.datasets': () => storage.datasets(),
    'storage.damaged': ({ kinds }, { signal }) => listDamaged(workspace.store, { kinds, signal }),
    'storage.clean': async (input) =>
      clean(workspace, input, { idle: training.ids.size === 0, audited, held: await heldFiles() }),
    'storage.remove': async (input) =>
      remove(workspace, input, { active: () => new Set([...training.ids, ...jobs.ids]), held: await heldFiles() }),
    async 'storage.erase'({ workspace: meant, dryRun }) {
      const { folder } = workspace;
      if (placeOf(meant) !== folder)
        throw new CutpointError('INPUT_INVALID', 'The folder is not that of the workspace that is open here.', {
          remedy: 'Nothing was removed. Name the folder that is shown under Disk use.',
        });
      if (dryRun) return emptyWorkspace(folder, { dryRun });
      if (training.ids.size + jobs.ids.length > 0)
        throw new CutpointError('IN_USE', 'Something trains, waits or is computed in this workspace.', {
          remedy: 'Nothing was removed. Stop it, or let it end, and erase the workspace then.',
        });
      await close();
      // Whatever comes of it: nothing here answers any more.
      return emptyWorkspace(folder, { dryRun }).finally(beginAnew);
    },
    async 'storage.backup'({ file, overwrite }) {
      const path = placeOf(file);
      const contents = await workspace.backup(path, { overwrite });
      return { ...contents, file: path, bytes: statSync(path).size };
    },
  };
}
