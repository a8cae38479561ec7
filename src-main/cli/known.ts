import { CutpointError, type ErrorCode } from '../contract/errors.ts';
import type { Session } from './session.ts';

/** Whether an id is that of a comparison; otherwise it is a run's, a job's, or unknown. */
export const isComparison = (session: Session, id: string): Promise<boolean> =>
  isKnown(session, 'comparison.get', id, 'COMPARISON_UNKNOWN');

/** Whether an id is that of a source study. */
export const isSourceStudy = (session: Session, id: string): Promise<boolean> =>
  isKnown(session, 'sourceStudy.get', id, 'SOURCE_STUDY_UNKNOWN');

/** Whether an id is that of a job. */
export const isJob = (session: Session, id: string): Promise<boolean> => isKnown(session, 'job.get', id, 'JOB_UNKNOWN');

async function isKnown(
  { client, signal }: Session,
  method: 'comparison.get' | 'sourceStudy.get' | 'job.get',
  id: string,
  unknown: ErrorCode,
): Promise<boolean> {
  try {
    await client.call(method, { id }, { signal });
    return true;
  } catch (thrown) {
    if (CutpointError.from(thrown).code === unknown) return false;
    throw thrown;
  }
}
