import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { RunEvent, RunRow, RunSummary } from '../../../src-main/contract/run.ts';
import { rowOfRun } from '../../../src-main/contract/runRow.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import type { InputOf } from '../../../src-main/contract/index.ts';
import { takeUp } from '../../../src-main/rpc/takeUp.ts';
import { afterEvent, canResume, idle, isWorking, recordAfterEvent, type LiveRun } from './live.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';

type Command = 'run.pause' | 'run.stop' | 'run.resume';

/** A run that the engine holds: it works, or waits between two steps. */
const isAlive = ({ status }: Pick<RunRow, 'status'>): boolean => isWorking(status) || status === 'paused';

/** The runs of this workspace, the one on screen, and what it reports while it works. */
export const useRuns = defineStore('runs', () => {
  const rows = shallowRef<RunRow[]>([]);
  /** All of a run that is on screen, or followed. */
  const details = shallowRef<ReadonlyMap<string, RunSummary>>(new Map());
  const listing = task('run.list');
  const looking = task('storage.damaged');
  const damaged = computed(() => looking.result ?? []);
  const list = computed(() => rows.value.filter((row) => damaged.value.every(({ id }) => id !== row.id)));
  const selectedId = ref<string | null>(null);
  const live = shallowRef<LiveRun>(idle);
  /** What went wrong with the run on screen: a refused command, a lost engine. */
  const error = shallowRef<CutpointError | null>(null);
  const busy = ref<Command | 'run.start' | null>(null);
  /** Progress of the check before a start. */
  const reading = shallowRef<{ done: number; total: number } | null>(null);
  let starting: AbortController | null = null;
  /** The latest choice of a run: one before it that comes late is not taken. */
  let choosing: object = {};
  let watching: { id: string; abort: AbortController } | null = null;

  const selected = computed(() => {
    const known = list.value.some(({ id }) => id === selectedId.value);
    return known ? (details.value.get(selectedId.value!) ?? null) : null;
  });
  const training = computed(() => list.value.find(isAlive) ?? null);
  const interrupted = computed(() => list.value.find(({ status }) => status === 'interrupted') ?? null);

  function put(run: RunSummary): void {
    details.value = new Map(details.value).set(run.id, run);
    const row = rowOfRun(run);
    const known = rows.value.some(({ id }) => id === run.id);
    rows.value = known ? rows.value.map((each) => (each.id === run.id ? row : each)) : [row, ...rows.value];
  }

  /** @param ids of runs that changed; empty: any of them, or what they were made on */
  async function refresh(ids: readonly string[] = []): Promise<void> {
    const found = await listing.run({});
    if (!found) return;
    const mayBe = (id: string): boolean => ids.length === 0 || ids.includes(id);
    // Whose rows can no longer be read; the list is whole without them. That reads all that is stored, and changes seldom.
    if (ids.length === 0 || damaged.value.some(({ id }) => mayBe(id))) void looking.run({ kinds: ['run'] });
    rows.value = rowsOf(found);
    // Of those that wait none is what goes on.
    const alive = rows.value.find((row) => isAlive(row) && row.status !== 'queued') ?? rows.value.find(isAlive);
    const id = rows.value.find((row) => row.id === selectedId.value)?.id;
    // Of the run on screen all may have changed; of one that is followed, every event tells it.
    if (id !== undefined && mayBe(id) && (ids.length === 0 || watching?.id !== id)) await reload(id).catch(() => {});
    const run = selected.value ?? alive;
    if (run && isAlive(run)) void follow(run.id);
  }

  /** Shows a run once all of it is there. */
  async function select(id: string | null): Promise<void> {
    const mine = (choosing = {});
    error.value = null;
    if (id !== null) {
      try {
        await reload(id);
      } catch (thrown) {
        if (choosing === mine) error.value = CutpointError.from(thrown);
        return;
      }
    }
    if (choosing !== mine) return;
    selectedId.value = id;
    const run = selected.value;
    if (run && isAlive(run)) void follow(run.id);
  }

  /** Engine and split are decided after a run was started, and no event tells them. */
  async function complete(id: string): Promise<void> {
    const stored = await useConnection()
      .call('run.get', { id })
      .catch(() => null);
    const known = details.value.get(id);
    if (stored && known) put({ ...known, engine: stored.engine, split: stored.split });
  }

  /** Takes over what the engine holds of a run now. */
  async function reload(id: string): Promise<void> {
    put(await useConnection().call('run.get', { id }));
  }

  /** Asks for the figures of test images, which is noted. */
  async function openTest(id: string, reason?: string): Promise<void> {
    await useConnection().call('run.openTest', { id, ...(reason && { reason }) });
    await reload(id);
  }

  // Where their images lie is noted with the images.
  useChanges().onChange(['run'], refresh, { madeOn: ['dataset'] });

  /**
   * Follows a working run until it works no more, over lost connections and engines that end. Only one is followed; only one
   * trains at a time.
   */
  async function follow(id: string): Promise<void> {
    if (watching?.id === id) return;
    watching?.abort.abort();
    const mine = (watching = { id, abort: new AbortController() });
    live.value = idle;
    try {
      if (!details.value.has(id)) await reload(id);
      const { signal } = mine.abort;
      const run = await takeUp<RunEvent, RunSummary>(
        async (after, onProgress) => useConnection().call('run.watch', { id, after }, { signal, onProgress }),
        (event) => {
          if (watching !== mine) return;
          live.value = afterEvent(live.value, event);
          const known = details.value.get(id);
          if (known) put(recordAfterEvent(known, event));
          if (event.kind === 'stage') void complete(id);
        },
        // The banner says what happened, with the way on.
        (lost) => {
          if (lost.code === 'ENGINE_CRASHED' && watching === mine) live.value = idle;
          return useConnection().again(signal);
        },
      );
      put(run);
    } catch (thrown) {
      const failure = CutpointError.from(thrown);
      if (watching === mine && failure.code !== 'CANCELLED') error.value = failure;
    } finally {
      if (watching === mine) {
        watching = null;
        live.value = idle;
      }
    }
  }

  /** Starts a run. The engine reads the data once more before it does, so that what is trained on is what is there. */
  async function start(plan: InputOf<'run.start'>): Promise<RunSummary | null> {
    const { signal } = (starting = new AbortController());
    const onProgress = (event: { done: number; total: number }) => (reading.value = event);
    const run = await attempt('run.start', () => useConnection().call('run.start', plan, { signal, onProgress }));
    reading.value = null;
    return run;
  }

  async function command(which: Command, id: string): Promise<void> {
    await attempt(which, () => useConnection().call(which, { id }));
  }

  /** Names and notes a run, or gives it a star. */
  async function edit(id: string, change: Omit<InputOf<'run.edit'>, 'id'>): Promise<void> {
    put(await useConnection().call('run.edit', { id, ...change }));
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
      choosing = {};
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
    start,
    reading,
    cancelStart: () => starting?.abort(),
    command,
    resumeWith,
    edit,
    reload,
    openTest,
    detailsOf: (id: string) => details.value.get(id) ?? null,
    canResume,
  };
});
