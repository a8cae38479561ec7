import type { EpochRecord, RunEvent, RunStatus, RunSummary } from '../../../src-main/contract/run.ts';
import { plannedEpochs } from '../../../src-main/contract/stages.ts';

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** What the window knows of a run while it works: its stored record, and what was reported since. */
export interface LiveRun {
  stage: Of<'stage'> | null;
  reading: Of<'reading'> | null;
  step: Of<'step'> | null;
}

export const idle: LiveRun = { stage: null, reading: null, step: null };

/** The live state after an event. A new stage ends the reading before it; speed and remaining time stay. */
export function afterEvent(live: LiveRun, event: RunEvent): LiveRun {
  switch (event.kind) {
    case 'stage':
      return { stage: event, reading: null, step: live.step };
    case 'reading':
      return { ...live, reading: event };
    case 'step':
      return { ...live, step: event };
    case 'epoch':
    case 'smallerBatch':
      return live;
    case 'status':
      return isWorking(event.status) ? live : idle;
  }
}

/** The run's record after an event: epochs replace those of the same number (a resumed epoch is repeated). */
export function recordAfterEvent(run: RunSummary, event: RunEvent): RunSummary {
  if (event.kind === 'status') return { ...run, status: event.status };
  if (event.kind === 'smallerBatch') {
    const { kind: _, ...found } = event;
    // It may come again, where its stream is taken up again.
    const others = run.smallerBatches?.filter((each) => each.batch !== found.batch) ?? [];
    return { ...run, smallerBatches: [...others, found] };
  }
  if (event.kind !== 'epoch') return run;
  // What was tested was the best epoch of then.
  const { test, sealed } = event.bestEpoch === run.bestEpoch ? run : { test: null, sealed: false };
  return { ...run, epochs: withEpoch(run.epochs, event.record), bestEpoch: event.bestEpoch, test, sealed };
}

export function withEpoch(epochs: readonly EpochRecord[], record: EpochRecord): EpochRecord[] {
  return [...epochs.filter(({ epoch }) => epoch < record.epoch), record];
}

/** Whether the steps of an epoch are what is going on, not validation, reading or testing. */
export const isStepping = ({ stage, step }: LiveRun): boolean =>
  step !== null && (stage?.stage ?? 'training') === 'training';

export const isWorking = (status: RunStatus): boolean => status === 'queued' || status === 'running';
export const canResume = (status: RunStatus): boolean =>
  status === 'paused' || status === 'interrupted' || status === 'failed' || status === 'stopped';

/** Share of the planned steps that are done, in [0, 1]; early stopping may end a run sooner. */
export function shareDone(run: RunSummary, live: LiveRun): number {
  const planned = plannedEpochs(run.plan);
  const within = live.step && live.step.epoch > run.epochs.length ? live.step.step / live.step.steps : 0;
  return Math.min(1, (run.epochs.length + within) / planned);
}
