import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { MeasuredPart } from '../../../../src-main/contract/evaluation.ts';
import type { OperatingRule } from '../../../../src-main/contract/runChoices.ts';
import { useChanges } from '../../../engine/changesStore.ts';
import { task } from '../../../engine/task.ts';

/** The threshold of the run on screen: one that is tried on the validation images, and what the kept one does on a part. */
export const useThreshold = defineStore('threshold', () => {
  const tried = task('run.operating');
  /** On a part other than the validation images; null where none is kept. */
  const elsewhere = task('run.operating');
  const keeping = task('run.operate');
  const shown = shallowRef<{ run: string; part: MeasuredPart } | null>(null);

  async function show(run: string, part: MeasuredPart): Promise<void> {
    shown.value = { run, part };
    tried.reset();
    elsewhere.reset();
    keeping.reset();
    await load();
  }

  async function load(): Promise<void> {
    const now = shown.value;
    if (!now) return;
    const found = await tried.run({ id: now.run });
    if (now.part !== 'validation' && found?.kept) await elsewhere.run({ id: now.run, part: now.part });
  }

  /** @param rule null: what is kept */
  async function look(rule: OperatingRule, positive: string | undefined): Promise<void> {
    if (shown.value) await tried.run({ id: shown.value.run, rule, ...(positive !== undefined && { positive }) });
  }

  /** @param rule null: takes back what is kept */
  async function keep(rule: OperatingRule | null, positive: string | undefined): Promise<void> {
    if (!shown.value) return;
    const found = await keeping.run({ id: shown.value.run, rule, ...(positive !== undefined && { positive }) });
    if (found) tried.result = found;
  }

  useChanges().onChange(['run'], async (runs) => {
    // Somebody else may have kept another one; what is being tried here stays.
    if (shown.value && shown.value.part !== 'validation' && runs.includes(shown.value.run)) await load();
  });

  return { tried, elsewhere, keeping, show, look, keep };
});
