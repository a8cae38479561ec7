import type { Handlers } from '../../contract/index.ts';
import { openWorkspace } from '../store/workspace.ts';
import { backboneHandlers } from './backbones.ts';
import { addBundledSources, addLackingSources, catalogueHandlers } from './catalogue.ts';
import { dataHandlers } from './data.ts';
import { explainHandlers } from './explain/index.ts';
import { modelHandlers } from './models.ts';
import { probeHandlers } from './probe/index.ts';
import { runHandlers } from './runs.ts';
import { similarityHandlers } from './similarity.ts';
import { sourceHandlers } from './sources.ts';
import { storageHandlers } from './storage.ts';
import { studyHandlers } from './studies.ts';
import { systemHandlers } from './system.ts';
import { Training } from '../jobs/training.ts';

/**
 * The whole engine on one workspace.
 * @throws CutpointError WORKSPACE_LOCKED, WORKSPACE_NOT_WRITABLE, STORE_NEWER, STORE_CORRUPT
 */
export async function openServices(options: {
  workspace: string;
}): Promise<{ handlers: Handlers; notes: string[]; close(): Promise<void> }> {
  const workspace = openWorkspace(options.workspace);
  try {
    await addBundledSources(workspace);
  } catch (thrown) {
    workspace.close();
    throw thrown;
  }
  const training = new Training(workspace);
  const audited = new Set<string>();
  return {
    notes: workspace.notes,
    handlers: {
      ...systemHandlers(workspace),
      ...dataHandlers(workspace, audited),
      ...backboneHandlers(),
      ...sourceHandlers(workspace, () => addLackingSources(workspace)),
      ...catalogueHandlers(workspace),
      ...runHandlers(workspace, training),
      ...studyHandlers(workspace, training),
      ...modelHandlers(workspace),
      ...probeHandlers(workspace),
      ...similarityHandlers(workspace),
      ...explainHandlers(workspace),
      ...storageHandlers(workspace, training, audited),
    },
    async close() {
      await training.close();
      workspace.close();
    },
  };
}
