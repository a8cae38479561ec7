import { CutpointError, ERROR_CODES, type ErrorCode } from '../contract/errors.ts';
import type { TrainingPlan } from '../contract/plan.ts';
import type { RunEvent, RunSummary } from '../contract/run.ts';
import { smallerBatchSentence } from '../contract/smallerBatch.ts';
import { plannedEpochs } from '../contract/stages.ts';
import { once } from '../contract/stream.ts';
import { curvesOf } from '../contract/task/index.ts';
import { takeUp } from '../rpc/takeUp.ts';
import type { Output } from './output.ts';
import type { Session } from './session.ts';
import { bytes, duration, metric, whole } from './text/units.ts';

/**
 * Shows a run's progress until it is over.
 * @throws CutpointError CANCELLED at Ctrl-C, ENGINE_CRASHED, or what the run failed with; `details.id` is the run and
 *   the remedy how to continue
 */
export async function follow(session: Session, { id, plan }: RunSummary): Promise<RunSummary> {
  const { client, output, signal, workspace } = session;
  const tell = once<RunEvent>(
    (event) => show(output, event, plan),
    ({ kind }) => kind === 'epoch' || kind === 'smallerBatch',
  );
  const resume = resumeCommand(workspace, id);
  const run = await takeUp<RunEvent, RunSummary>(
    (after, onProgress) => client.call('run.watch', { id, after }, { signal, onProgress }),
    tell,
    (lost) => session.again(lost, signal),
  ).catch((thrown: unknown) => {
    const { code, message, details } = CutpointError.from(thrown);
    if (code === 'CANCELLED' && session.joined) throw leftRunning(workspace, 'Run', id);
    const sentence = code === 'CANCELLED' ? `Run ${id} was interrupted; its finished epochs are kept.` : message;
    throw new CutpointError(code, sentence, { remedy: resume, details: { ...details, id }, cause: thrown });
  });
  if (run.status === 'completed' || run.status === 'stopped') return run;
  const { error } = run;
  const code = error && error.code in ERROR_CODES ? (error.code as ErrorCode) : 'RUN_STATE';
  throw new CutpointError(code, error?.message ?? `Run ${id} is ${run.status}.`, {
    remedy: [error?.remedy, resume].filter(Boolean).join(' '),
    details: { id },
  });
}

/** What was begun in the engine of another program does not end with this one. */
export const leftRunning = (workspace: string, what: 'Run' | 'Comparison', id: string): CutpointError =>
  new CutpointError('CANCELLED', `${what} ${id} continues in the engine that has the workspace open.`, {
    remedy: `Stop it with: cutpoint --workspace ${quoted(workspace)} stop ${id}`,
    details: { id },
  });

/** How to continue a run or a comparison. */
export const resumeCommand = (workspace: string, id: string): string =>
  `Continue with: cutpoint --workspace ${quoted(workspace)} resume ${id}`;

function show(output: Output, event: RunEvent, plan: TrainingPlan): void {
  const epochs = plannedEpochs(plan);
  switch (event.kind) {
    case 'stage':
      return output.progress(event.message);
    case 'reading':
      return output.progress(`reading ${whole(event.done)} of ${whole(event.total)} images`);
    case 'step':
      return output.progress(
        [
          `epoch ${event.epoch} of ${epochs}`,
          `step ${event.step} of ${event.steps}`,
          `loss ${event.loss.toFixed(4)}`,
          `${event.imagesPerSecond.toFixed(1)} images/s`,
          bytes(event.memory),
          `${duration(event.remainingSeconds)} left`,
        ].join('  '),
      );
    case 'smallerBatch':
      return output.note(smallerBatchSentence(event));
    case 'epoch': {
      const { record, bestEpoch } = event;
      return output.note(
        [
          `epoch ${record.epoch} of ${epochs}${record.stage === 'svm' ? ', the SVM' : ''}`,
          `loss ${record.trainLoss.toFixed(4)}`,
          `validation: loss ${record.validationLoss.toFixed(4)}`,
          ...curvesOf(plan).map(({ title, of }) => `${title} ${metric(of(record))}`),
          duration(record.seconds),
          bestEpoch === record.epoch ? 'best so far' : '',
        ]
          .join('  ')
          .trimEnd(),
      );
    }
    case 'status':
      if (event.status === 'queued') output.note(QUEUED);
  }
}

/** Of a run or comparison that another one trains before. */
export const QUEUED = 'waits for its turn: another run or comparison trains';

/** A path as a shell takes it. */
export const quoted = (path: string) =>
  /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
