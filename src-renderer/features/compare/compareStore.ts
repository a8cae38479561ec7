import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { ComparisonEvent, ComparisonSummary } from '../../../src-main/contract/comparison/index.ts';
import type { ComparisonCell } from '../../../src-main/contract/comparison/shared.ts';
import type { OutputOf } from '../../../src-main/contract/index.ts';
import { takeUp } from '../../../src-main/rpc/takeUp.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';
import { afterEvent, idle, isWorking, type LiveRun } from '../runs/live.ts';
import { keepDraft } from '../study/draft.ts';
import { useStudy } from '../study/studyStore.ts';
import { useData } from '../data/dataStore.ts';
import { imagesByPart } from '../train/plan.ts';
import { usePlan } from '../train/planStore.ts';
import { cellKey } from './cells.ts';
import { defaultSetup, planOf, setup as setupSchema } from './setup.ts';

/** What goes on in a comparison just now. */
export interface LiveComparison {
  cell: ComparisonCell | null;
  planned: number;
  message: string | null;
  /** Of the run that trains. */
  run: LiveRun;
  /** When it began, `performance.now()`. */
  since: number;
}
const resting: LiveComparison = { cell: null, planned: 0, message: null, run: idle, since: 0 };

/** Milliseconds without a change, after which the engine is asked. */
const QUIET = 250;

/** Comparisons of the study: the one to be set up, those that there are, and the one on screen. */
export const useCompare = defineStore('compare', () => {
  const study = useStudy();
  const plan = usePlan();
  const data = useData();
  const setup = ref(defaultSetup());
  keepDraft(
    'compare',
    setupSchema,
    () => setup.value,
    (kept) => (setup.value = kept ?? defaultSetup()),
  );
  const planned = computed(() => planOf(setup.value, plan.plan));

  /** What the plan comes to, asked of the engine whenever it changes. */
  const foreseeing = task('comparison.cells');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const looking = ref(false);
  /** Times some steps of its networks: asked for by a press, as that takes a while. */
  const estimating = task('comparison.estimate');
  const estimate = (): Promise<unknown> => {
    const images = data.report ? imagesByPart(data.report.images, plan.plan) : undefined;
    return estimating.run({ plan: planned.value, ...(images && { images }) });
  };
  watch(
    () => (looking.value && !plan.blocked ? JSON.stringify(planned.value) : null),
    (asked) => {
      clearTimeout(timer);
      estimating.reset();
      if (asked !== null) timer = setTimeout(() => void foreseeing.run(planned.value), QUIET);
      else foreseeing.reset();
    },
  );

  const listing = task('comparison.list');
  const rows = computed(() => (listing.result ?? []).filter((row) => row.study === study.id));
  const details = shallowRef<ComparisonSummary | null>(null);
  /** The comparison of the address, also while it is being read. */
  const wanted = ref<string | null>(null);
  /** The runs that its plan comes to; null where that cannot be said any more, as when a source is gone. */
  const foreseen = shallowRef<OutputOf<'comparison.cells'> | null>(null);
  const live = shallowRef<LiveComparison>(resting);
  const error = shallowRef<CutpointError | null>(null);
  const starting = task('comparison.start');
  const busy = ref(false);
  let watching: { id: string; abort: AbortController } | null = null;

  async function refresh(ids: readonly string[] = []): Promise<void> {
    await listing.run({});
    const id = wanted.value;
    if (id !== null && (ids.length === 0 || ids.includes(id)) && watching?.id !== id) await reload(id).catch(() => {});
  }

  async function reload(id: string): Promise<void> {
    const found = await useConnection().call('comparison.get', { id });
    if (wanted.value === id) show(found);
  }

  function show(comparison: ComparisonSummary): void {
    details.value = comparison;
    if (isWorking(comparison.status)) void follow(comparison.id);
  }

  async function select(id: string | null): Promise<void> {
    if (wanted.value === id && details.value?.id === id) return;
    wanted.value = id;
    error.value = null;
    foreseen.value = null;
    if (details.value?.id !== id) details.value = null;
    if (id === null) return;
    try {
      const connection = useConnection();
      if (!connection.reachable) await connection.again();
      await reload(id);
      if (!details.value) return;
      const { plan: asked } = details.value;
      foreseen.value = await connection.call('comparison.cells', asked).catch(() => null);
    } catch (thrown) {
      if (wanted.value === id) error.value = CutpointError.from(thrown);
    }
  }

  function heard(event: ComparisonEvent): void {
    const comparison = details.value;
    switch (event.kind) {
      case 'message':
        live.value = { ...live.value, message: event.message };
        return;
      case 'cell':
        live.value = { ...resting, cell: event.cell, planned: event.planned, since: performance.now() };
        return;
      case 'run':
        live.value = { ...live.value, run: afterEvent(live.value.run, event.event) };
        return;
      case 'finished': {
        if (!comparison) return;
        const others = comparison.cells.filter(({ cell }) => cellKey(cell) !== cellKey(event.record.cell));
        details.value = { ...comparison, cells: [...others, event.record] };
        live.value = { ...live.value, cell: null, run: idle };
        return;
      }
      case 'status':
        if (comparison) details.value = { ...comparison, status: event.status };
    }
  }

  /** Follows one until it has ended, over lost connections; only the one on screen is followed. */
  async function follow(id: string): Promise<void> {
    if (watching?.id === id) return;
    watching?.abort.abort();
    const mine = (watching = { id, abort: new AbortController() });
    live.value = resting;
    try {
      const { signal } = mine.abort;
      const ended = await takeUp<ComparisonEvent, ComparisonSummary>(
        async (after, onProgress) => useConnection().call('comparison.watch', { id, after }, { signal, onProgress }),
        (event) => {
          if (watching === mine && wanted.value === id) heard(event);
        },
        () => useConnection().again(signal),
      );
      if (wanted.value === id) details.value = ended;
    } catch (thrown) {
      const failure = CutpointError.from(thrown);
      if (watching === mine && failure.code !== 'CANCELLED') error.value = failure;
    } finally {
      if (watching === mine) {
        watching = null;
        live.value = resting;
      }
    }
  }

  async function start(): Promise<string | null> {
    const input = { ...planned.value, ...(study.id === null ? {} : { study: study.id }) };
    const started = await starting.run(input);
    if (!started) return null;
    wanted.value = started.id;
    show(started);
    foreseen.value = foreseeing.result;
    return started.id;
  }

  async function command(which: 'comparison.stop' | 'comparison.resume', id: string): Promise<void> {
    busy.value = true;
    error.value = null;
    try {
      const changed = await useConnection().call(which, { id });
      if (wanted.value === id) show(changed);
    } catch (thrown) {
      error.value = CutpointError.from(thrown);
    } finally {
      busy.value = false;
    }
  }

  async function edit(id: string, change: { name?: string | null; note?: string }): Promise<void> {
    const changed = await useConnection().call('comparison.edit', { id, ...change });
    if (details.value?.id === id) details.value = { ...details.value, name: changed.name, note: changed.note };
    await listing.run({});
  }

  /** Asks for the figures of test images, which is noted. */
  async function openTest(id: string, reason?: string): Promise<void> {
    await useConnection().call('comparison.openTest', { id, ...(reason && { reason }) });
    await reload(id);
  }

  // Its runs are known by its own events; their names and what was removed of them are not.
  useChanges().onChange(['comparison'], refresh, { madeOn: ['dataset'] });

  return {
    ...{ setup, planned, foreseeing, looking, estimating, estimate, starting, start },
    ...{ listing, rows, details, wanted, foreseen, live, error, busy, refresh, select, command, edit, openTest },
  };
});
