import { statSync } from 'node:fs';
import type { Handlers } from '../../contract/index.ts';
import { clean } from '../storage/clean.ts';
import { listDamaged } from '../storage/damaged.ts';
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
  { jobs, audited, heldFiles }: { jobs: Jobs; audited: ReadonlySet<string>; heldFiles(): Promise<ReadonlySet<string>> },
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
    async 'storage.backup'({ file, overwrite }) {
      const path = placeOf(file);
      const contents = await workspace.backup(path, { overwrite });
      return { ...contents, file: path, bytes: statSync(path).size };
    },
  };
}
