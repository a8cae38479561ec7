import { connect } from '../../rpc/client.ts';
import type { Transport } from '../../rpc/transport.ts';
import { awaitLock } from '../store/lock.ts';
import { openSharedWorkspace, type Workspace } from '../store/workspace.ts';
import { laneMethods, type LaneHandlers, type LaneMethods, type LaneName, type OwnerMethods } from './methods.ts';

/** What a lane's process offers. */
export interface LaneServices {
  methods: LaneMethods;
  handlers: LaneHandlers;
  close(): Promise<void>;
}

/** Loaded when it is needed: whoever reads files needs no TensorFlow. */
const KINDS: Record<LaneName, (workspace: Workspace) => Promise<Pick<LaneServices, 'handlers' | 'close'>>> = {
  compute: async (workspace) => (await import('./compute.ts')).openCompute(workspace),
  files: async (workspace) => (await import('./files.ts')).openFiles(workspace),
};

/**
 * Opens a lane on a workspace that control owns. It waits for one before it whose control was killed: for a moment that one
 * may still write its checkpoints.
 * @param owner the channel to control, which makes the changes of the store
 */
export async function openLaneServices(name: LaneName, folder: string, owner: Transport): Promise<LaneServices> {
  const client = connect<OwnerMethods>(owner);
  const lock = await awaitLock(folder, name);
  try {
    const workspace = openSharedWorkspace(folder, (...writes) => client.call('store.commit', writes));
    const { handlers, close } = await KINDS[name](workspace);
    return {
      methods: laneMethods,
      handlers,
      async close() {
        await close();
        workspace.close();
        lock.release();
      },
    };
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}
