import { CutpointError, ERROR_CODES, type ErrorCode } from '../contract/errors.ts';
import { once } from '../contract/stream.ts';
import type { ComparisonEvent, ComparisonSummary } from '../contract/comparison/index.ts';
import { takeUp } from '../rpc/takeUp.ts';
import { leftRunning, resumeCommand } from './follow.ts';
import type { Session } from './session.ts';
import { ComparisonProgress } from './comparisonProgress.ts';

/**
 * Shows a comparison's progress until it is over.
 * @throws CutpointError CANCELLED at Ctrl-C, ENGINE_CRASHED, or what the comparison failed with; `details.id` is the
 *   comparison and the remedy how to continue
 */
export async function followComparison(session: Session, comparison: ComparisonSummary): Promise<ComparisonSummary> {
  const { client, output, signal, workspace } = session;
  const { id } = comparison;
  const progress = new ComparisonProgress(output, comparison);
  const resume = resumeCommand(workspace, id);
  const tell = once<ComparisonEvent>(
    (event) => progress.show(event),
    ({ kind }) => kind === 'finished',
  );
  const ended = await takeUp<ComparisonEvent, ComparisonSummary>(
    (after, onProgress) => client.call('comparison.watch', { id, after }, { signal, onProgress }),
    tell,
    (lost) => session.again(lost, signal),
  ).catch((thrown: unknown) => {
    const { code, message, details } = CutpointError.from(thrown);
    if (code === 'CANCELLED' && session.joined) throw leftRunning(workspace, 'Comparison', id);
    const sentence = code === 'CANCELLED' ? `Comparison ${id} was interrupted; its finished runs are kept.` : message;
    throw new CutpointError(code, sentence, { remedy: resume, details: { ...details, id }, cause: thrown });
  });
  if (ended.status === 'completed' || ended.status === 'stopped') return ended;
  const { error, status } = ended;
  const code = error && error.code in ERROR_CODES ? (error.code as ErrorCode) : 'COMPARISON_STATE';
  throw new CutpointError(code, error?.message ?? `Comparison ${id} is ${status}.`, {
    remedy: [error?.remedy, resume].filter(Boolean).join(' '),
    details: { id },
  });
}
