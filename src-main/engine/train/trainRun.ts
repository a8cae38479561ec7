import { CutpointError } from '../../contract/errors.ts';
import type { RunSummary } from '../../contract/run.ts';
import { logDefect } from '../defects.ts';
import { isNoMemory, noMemoryFor } from './noMemory.ts';
import { trainSession, type SessionContext } from './session.ts';

/**
 * Trains a stored run from where it stands, and stores how it ended: a failure too, which does not throw.
 * @throws only where the end itself cannot be stored
 */
export async function trainRun(run: RunSummary, context: SessionContext): Promise<RunSummary> {
  const { store, commit } = context.workspace;
  try {
    await commit(['runs', 'setStatus', run.id, await trainSession(run, context)]);
  } catch (thrown) {
    const error = isNoMemory(thrown) ? noMemoryFor(run.plan.batch, thrown) : CutpointError.from(thrown);
    const { code, message, remedy } = error;
    if (code === 'DEFECT') logDefect('training', error);
    await commit(['runs', 'setStatus', run.id, 'failed', { error: { code, message, remedy } }]);
  }
  return store.runs.get(run.id);
}
