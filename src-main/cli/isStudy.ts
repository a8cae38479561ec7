import { CutpointError } from '../contract/errors.ts';
import type { Session } from './session.ts';

/** Whether an id is that of a study; otherwise it is a run's, or unknown. */
export async function isStudy({ client, signal }: Session, id: string): Promise<boolean> {
  try {
    await client.call('study.get', { id }, { signal });
    return true;
  } catch (thrown) {
    if (CutpointError.from(thrown).code === 'STUDY_UNKNOWN') return false;
    throw thrown;
  }
}
