import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { SourceStudySummary } from '../../../../src-main/contract/sourceStudy.ts';
import { useChanges } from '../../../engine/changesStore.ts';
import { useConnection } from '../../../engine/connectionStore.ts';
import { task } from '../../../engine/task.ts';
import { defaultSetup, planOf, type Target } from './setup.ts';

/** The source studies of the workspace, the one that is looked at, and the one that is to be started. */
export const useSourceStudies = defineStore('sourceStudies', () => {
  const listing = task('sourceStudy.list');
  const reading = task('sourceStudy.get');
  const result = task('sourceStudy.result');
  const foreseeing = task('sourceStudy.runs');
  const starting = task('sourceStudy.start');
  const stopping = task('sourceStudy.stop');
  const resuming = task('sourceStudy.resume');
  const wanted = ref<string | null>(null);
  const details = shallowRef<SourceStudySummary | null>(null);
  const setup = ref(defaultSetup());
  /** The table of distances that results are compared with; empty: none. */
  const distances = ref('');

  async function refresh(): Promise<void> {
    await listing.run({});
    if (wanted.value !== null) await reload();
  }

  /** Reads the one that is looked at again, with its result where that is open. */
  async function reload(): Promise<void> {
    const id = wanted.value;
    if (id === null) return;
    const found = await reading.run({ id });
    if (wanted.value !== id) return;
    details.value = found;
    const isKnown = result.result !== null && found?.status === 'completed' && shownOf === versionOf(found);
    if (found === null || found.testOpened === null || isKnown || result.running) return;
    await compute(found);
  }
  async function compute(found: SourceStudySummary): Promise<void> {
    const path = distances.value.trim();
    await result.run({ id: found.id, ...(path && { distances: path }) });
    shownOf = versionOf(found);
  }
  /** Computes the result again, beside the distances that were named. */
  async function compare(): Promise<void> {
    if (details.value !== null) await compute(details.value);
  }
  /** What the result that is shown was made of. */
  let shownOf: string | null = null;
  const versionOf = ({ id, members }: SourceStudySummary): string =>
    JSON.stringify([id, members.map(({ done, failed }) => [done, failed])]);

  async function select(id: string | null): Promise<void> {
    if (wanted.value !== id) {
      wanted.value = id;
      details.value = null;
      result.reset();
      distances.value = '';
    }
    await reload();
  }

  /** Null where nothing is to be foreseen yet, or the plan is refused; `foreseeing.error` then says why. */
  async function foresee(targets: readonly Target[]): Promise<void> {
    const { sources, backbone } = setup.value;
    if (targets.length === 0 || sources.length === 0 || backbone === '') return foreseeing.reset();
    await foreseeing.run(planOf(setup.value, targets));
  }

  /** @returns its id; null where it was refused */
  async function start(targets: readonly Target[]): Promise<string | null> {
    const started = await starting.run(planOf(setup.value, targets));
    return started?.id ?? null;
  }

  async function openTest(id: string, reason?: string): Promise<void> {
    await useConnection().call('sourceStudy.openTest', { id, ...(reason && { reason }) });
    await reload();
  }

  useChanges().onChange(['sourceStudy', 'comparison', 'source'], refresh, { madeOn: ['run'] });
  return {
    ...{ listing, reading, result, foreseeing, starting, stopping, resuming },
    ...{ wanted, details, setup, distances, refresh, select, foresee, start, openTest, compare },
  };
});
