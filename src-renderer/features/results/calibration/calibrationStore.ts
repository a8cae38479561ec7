import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { MeasuredPart } from '../../../../src-main/contract/evaluation.ts';
import type { CalibrationMethod } from '../../../../src-main/contract/runChoices.ts';
import { useChanges } from '../../../engine/changesStore.ts';
import { task } from '../../../engine/task.ts';

/** How well the probabilities of the run on screen are calibrated on one part of its images, and what is kept with it. */
export const useCalibration = defineStore('calibration', () => {
  const report = task('run.calibration');
  const keeping = task('run.calibrate');
  const shown = shallowRef<{ id: string; part: MeasuredPart; label?: string } | null>(null);

  /** @param label where images may have several, the one that is judged */
  async function show(id: string, part: MeasuredPart, label?: string): Promise<void> {
    shown.value = { id, part, ...(label !== undefined && { label }) };
    report.reset();
    keeping.reset();
    await report.run(shown.value);
  }

  /** Seen at once: all is measured again when the store tells of the change. */
  async function keep(method: CalibrationMethod): Promise<void> {
    const done = shown.value && (await keeping.run({ id: shown.value.id, method }));
    if (done && report.result?.run === done.run) report.result = { ...report.result, kept: done.kept };
  }

  useChanges().onChange(['run'], async (runs) => {
    if (shown.value && runs.includes(shown.value.id)) await report.run(shown.value);
  });

  /** Nothing is asked for while nobody looks. */
  function leave(): void {
    shown.value = null;
    report.reset();
  }

  return { report, keeping, show, keep, leave };
});
