import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { MeasuredPart } from '../../../src-main/contract/evaluation.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { task } from '../../engine/task.ts';
import { predictedOf } from './predicted.ts';

/** As a part stands in an address: `validation`, `test`, or the list of images of another folder. */
export const partText = (part: MeasuredPart): string => (typeof part === 'string' ? part : `folder-${part.dataset}`);

export function partOf(text: unknown): MeasuredPart {
  const dataset = /^folder-(.+)$/.exec(String(text))?.[1];
  if (dataset !== undefined) return { dataset };
  return text === 'test' ? 'test' : 'validation';
}

/** What the run on screen predicted and measured on one part of its images. */
export const useResults = defineStore('results', () => {
  const evaluation = task('run.evaluate');
  const predictions = task('run.predictions');
  /** Other folders that it was evaluated on. */
  const others = task('run.evaluated');
  const shown = shallowRef<{ run: string; part: MeasuredPart | null } | null>(null);
  const images = computed(() => (predictions.result ? predictedOf(predictions.result) : []));

  /** @param part null: nothing of it is to be seen yet */
  async function show(run: string, part: MeasuredPart | null): Promise<void> {
    if (shown.value?.run !== run) others.reset();
    shown.value = { run, part };
    evaluation.reset();
    predictions.reset();
    await load();
  }

  async function load(): Promise<void> {
    const now = shown.value;
    if (!now) return;
    const { run, part } = now;
    await Promise.all([
      others.run({ id: run }),
      ...(part === null ? [] : [evaluation.run({ id: run, part }), predictions.run({ id: run, part })]),
    ]);
  }

  useChanges().onChange(['run'], async (runs) => {
    if (shown.value && runs.includes(shown.value.run)) await load();
  });

  return { evaluation, predictions, others, images, shown, show };
});
