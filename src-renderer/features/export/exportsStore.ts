import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { exportOptions, type ExportFormat } from '../../../src-main/contract/model.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { task } from '../../engine/task.ts';

/** Exports of the run on screen. */
export const useExports = defineStore('exports', () => {
  const form = reactive({ format: 'onnx' as ExportFormat, out: '', options: exportOptions.parse({}), latency: true });
  const exporting = task('model.export');
  const written = task('model.exports');

  let shown: string | null = null;

  async function show(run: string | null): Promise<void> {
    shown = run;
    written.reset();
    exporting.error = null;
    if (run) await written.run({ id: run });
  }

  /** @param again also where the file that was written before is what it was */
  async function write(run: string, again = false): Promise<void> {
    const { format, out, options, latency } = form;
    const variant = format === 'onnx' ? { options: { ...options } } : {};
    await exporting.run({ id: run, format, out: out.trim(), latency, again, overwrite: again, ...variant });
  }

  useChanges().onChange(['export'], async (runs) => {
    if (shown !== null && (runs.length === 0 || runs.includes(shown))) await written.run({ id: shown });
  });

  return { form, exporting, written, show, write };
});
