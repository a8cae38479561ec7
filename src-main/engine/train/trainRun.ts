import { CutpointError } from '../../contract/errors.ts';
import type { RunSummary } from '../../contract/run.ts';
import { logDefect } from '../defects.ts';
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
    const error = allocationFailure(thrown, run) ?? CutpointError.from(thrown);
    const { code, message, remedy } = error;
    if (code === 'DEFECT') logDefect('training', error);
    await commit(['runs', 'setStatus', run.id, 'failed', { error: { code, message, remedy } }]);
  }
  return store.runs.get(run.id);
}

/** What TensorFlow, WebAssembly and JavaScript say when they get no memory. */
const NO_MEMORY =
  /OOM when allocating|resource ?exhausted|array buffer allocation failed|out of memory|invalid typed array length/i;

function allocationFailure(thrown: unknown, { plan }: RunSummary): CutpointError | null {
  if (thrown instanceof CutpointError || !(thrown instanceof Error) || !NO_MEMORY.test(thrown.message)) return null;
  return new CutpointError(
    'OUT_OF_MEMORY',
    `The engine could not get more memory while it trained with batches of ${plan.batch}.`,
    {
      remedy: 'Train with a smaller batch, a smaller input size or a cut nearer to the input, or close other programs.',
      cause: thrown,
    },
  );
}
