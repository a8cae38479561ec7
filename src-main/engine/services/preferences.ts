import { availableParallelism } from 'node:os';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { Limits } from '../../contract/preferences.ts';
import { machineMemory } from '../host/machineMemory.ts';
import type { Lane } from '../lanes/lane.ts';
import type { OwnWorkspace } from '../store/workspace.ts';

/** What was chosen for the window and the engine; new limits reach the processes that work. */
export function preferencesHandlers(
  { store, commit }: OwnWorkspace,
  lanes: readonly Pick<Lane, 'renew'>[],
): Pick<Handlers, 'preferences.get' | 'preferences.set'> {
  return {
    'preferences.get': () => store.preferences.get(),
    async 'preferences.set'(change) {
      requireWithinMachine(change);
      const before = store.preferences.get();
      const chosen = { ...before, ...change };
      await commit(['preferences', 'set', chosen]);
      if (chosen.threads !== before.threads || chosen.memoryBytes !== before.memoryBytes)
        for (const lane of lanes) lane.renew();
      return chosen;
    },
  };
}

/** @throws CutpointError INPUT_INVALID */
function requireWithinMachine({ threads = null, memoryBytes = null }: Partial<Limits>): void {
  const cores = availableParallelism();
  const { total } = machineMemory();
  if (threads !== null && threads > cores) throw beyond(`${threads} threads`, `${cores}`);
  if (memoryBytes !== null && memoryBytes > total) throw beyond(gigabytes(memoryBytes), gigabytes(total));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

const beyond = (asked: string, most: string): CutpointError =>
  new CutpointError('INPUT_INVALID', `A limit of ${asked} is more than this machine has.`, {
    remedy: `Choose at most ${most}, or no limit.`,
  });
