import { CutpointError, ERROR_CODES, type ErrorCode } from '../contract/errors.ts';
import { once } from '../contract/stream.ts';
import type { StudyEvent, StudySummary } from '../contract/study/index.ts';
import { takeUp } from '../rpc/takeUp.ts';
import { leftRunning, resumeCommand } from './follow.ts';
import type { Session } from './session.ts';
import { StudyProgress } from './studyProgress.ts';

/**
 * Shows a study's progress until it is over.
 * @throws CutpointError CANCELLED at Ctrl-C, ENGINE_CRASHED, or what the study failed with; `details.id` is the study and
 *   the remedy how to continue
 */
export async function followStudy(session: Session, study: StudySummary): Promise<StudySummary> {
  const { client, output, signal, workspace } = session;
  const { id } = study;
  const progress = new StudyProgress(output, study);
  const resume = resumeCommand(workspace, id);
  const tell = once<StudyEvent>(
    (event) => progress.show(event),
    ({ kind }) => kind === 'finished',
  );
  const ended = await takeUp<StudyEvent, StudySummary>(
    (after, onProgress) => client.call('study.watch', { id, after }, { signal, onProgress }),
    tell,
    (lost) => session.again(lost, signal),
  ).catch((thrown: unknown) => {
    const { code, message, details } = CutpointError.from(thrown);
    if (code === 'CANCELLED' && session.joined) throw leftRunning(workspace, 'Study', id);
    const sentence = code === 'CANCELLED' ? `Study ${id} was interrupted; its finished runs are kept.` : message;
    throw new CutpointError(code, sentence, { remedy: resume, details: { ...details, id }, cause: thrown });
  });
  if (ended.status === 'completed' || ended.status === 'stopped') return ended;
  const { error, status } = ended;
  const code = error && error.code in ERROR_CODES ? (error.code as ErrorCode) : 'STUDY_STATE';
  throw new CutpointError(code, error?.message ?? `Study ${id} is ${status}.`, {
    remedy: [error?.remedy, resume].filter(Boolean).join(' '),
    details: { id },
  });
}
