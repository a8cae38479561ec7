import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { CutpointError, type ErrorCode } from '../../src-main/contract/errors.ts';
import type { RunSummary } from '../../src-main/contract/run.ts';
import type { TrainingPlanInput } from '../../src-main/contract/plan.ts';
import { afterEvent, canResume, idle, isWorking, recordAfterEvent, type LiveRun } from '../logic/live.ts';
import { useConnection } from './connection.ts';
import { useJourney } from './journey.ts';
import { task } from './task.ts';

type Command = 'run.pause' | 'run.stop' | 'run.resume';

/** Following ends with these; the banner says what happened, with the way on. */
const toldElsewhere = new Set<ErrorCode>(['CANCELLED', 'ENGINE_CRASHED', 'CONNECTION_LOST']);

/** A run that the engine holds: it works, or waits between two steps. */
const isAlive = ({ status }: RunSummary): boolean => isWorking(status) || status === 'paused';

/** The runs of this workspace, the one on screen, and what it reports while it works. */
export const useRuns = defineStore('runs', () => {
  const list = shallowRef<RunSummary[]>([]);
  const listing = task('run.list');
  const looking = task('storage.damaged');
  const damaged = computed(() => looking.result ?? []);
  const selectedId = ref<string | null>(null);
  const live = shallowRef<LiveRun>(idle);
  /** What went wrong with the run on screen: a refused command, a lost engine. */
  const error = shallowRef<CutpointError | null>(null);
  const busy = ref<Command | 'run.start' | null>(null);
  /** Progress of the check before a start. */
  const reading = shallowRef<{ done: number; total: number } | null>(null);
  let starting: AbortController | null = null;
  let watching: { id: string; abort: AbortController } | null = null;

  const selected = computed(() => list.value.find(({ id }) => id === selectedId.value) ?? null);
  const training = computed(() => list.value.find(({ status }) => isWorking(status)) ?? null);
  const interrupted = computed(() => list.value.find(({ status }) => status === 'interrupted') ?? null);

  function put(run: RunSummary): void {
    const known = list.value.some(({ id }) => id === run.id);
    list.value = known ? list.value.map((each) => (each.id === run.id ? run : each)) : [run, ...list.value];
  }

  async function refresh(): Promise<void> {
    const first = listing.result === null;
    const runs = await listing.run({});
    if (!runs) return;
    // Whose rows can no longer be read; the list is whole without them.
    void looking.run({ kinds: ['run'] });
    list.value = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    const alive = list.value.find(isAlive);
    // A window that was just opened shows the run that goes on.
    if (first && alive) {
      selectedId.value = alive.id;
      useJourney().go('training');
    }
    const run = selected.value ?? alive;
    if (run && isAlive(run)) void follow(run.id);
  }

  function select(id: string | null): void {
    selectedId.value = id;
    error.value = null;
    const run = selected.value;
    if (run && isAlive(run)) void follow(run.id);
  }

  /** Takes a run that has ended off the screen; one that is alive stays. */
  function leave(): void {
    if (selected.value && !isAlive(selected.value)) select(null);
  }

  /** Engine and split are decided after a run was started, and no event tells them. */
  async function complete(id: string): Promise<void> {
    const stored = await useConnection()
      .call('run.get', { id })
      .catch(() => null);
    const known = list.value.find((each) => each.id === id);
    if (stored && known) put({ ...known, engine: stored.engine, split: stored.split });
  }

  /** Takes over what the engine holds of a run now. */
  async function reload(id: string): Promise<void> {
    put(await useConnection().call('run.get', { id }));
  }

  /** Follows a working run until it works no more. Only one is followed; only one trains at a time. */
  async function follow(id: string): Promise<void> {
    if (watching?.id === id) return;
    watching?.abort.abort();
    const mine = (watching = { id, abort: new AbortController() });
    live.value = idle;
    try {
      const run = await useConnection().call(
        'run.watch',
        { id },
        {
          signal: mine.abort.signal,
          onProgress: (event) => {
            if (watching !== mine) return;
            live.value = afterEvent(live.value, event);
            const known = list.value.find((each) => each.id === id);
            if (known) put(recordAfterEvent(known, event));
            if (event.kind === 'stage') void complete(id);
          },
        },
      );
      put(run);
    } catch (thrown) {
      const failure = CutpointError.from(thrown);
      if (watching === mine && !toldElsewhere.has(failure.code)) error.value = failure;
    } finally {
      if (watching === mine) {
        watching = null;
        live.value = idle;
      }
    }
  }

  /** Starts a run. The engine reads the data once more before it does, so that what is trained on is what is there. */
  async function start(plan: TrainingPlanInput): Promise<void> {
    const { signal } = (starting = new AbortController());
    const onProgress = (event: { done: number; total: number }) => (reading.value = event);
    await attempt('run.start', () => useConnection().call('run.start', plan, { signal, onProgress }));
    reading.value = null;
  }

  async function command(which: Command, id: string): Promise<void> {
    await attempt(which, () => useConnection().call(which, { id }));
  }

  /** Begins a run of which no epoch was finished with another batch size. */
  async function resumeWith(id: string, batch: number): Promise<void> {
    await attempt('run.resume', () => useConnection().call('run.resume', { id, batch }));
  }

  async function attempt(which: Command | 'run.start', act: () => Promise<RunSummary>): Promise<RunSummary | null> {
    busy.value = which;
    error.value = null;
    try {
      const run = await act();
      put(run);
      selectedId.value = run.id;
      if (isWorking(run.status)) void follow(run.id);
      return run;
    } catch (thrown) {
      error.value = CutpointError.from(thrown);
      return null;
    } finally {
      busy.value = null;
    }
  }

  return {
    list,
    listing,
    damaged,
    selectedId,
    selected,
    training,
    interrupted,
    live,
    error,
    busy,
    refresh,
    select,
    leave,
    start,
    reading,
    cancelStart: () => starting?.abort(),
    command,
    resumeWith,
    reload,
    canResume,
  };
});
