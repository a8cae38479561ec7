import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { exportOptions, type ExportFormat } from '../../src-main/contract/model.ts';
import { task } from './task.ts';

/** Exports of the run on screen. */
export const useExports = defineStore('exports', () => {
  const form = reactive({ format: 'onnx' as ExportFormat, out: '', options: exportOptions.parse({}), latency: true });
  const exporting = task('model.export');
  const written = task('model.exports');

  async function show(run: string | null): Promise<void> {
    written.reset();
    exporting.error = null;
    if (run) await written.run({ id: run });
  }

  async function write(run: string): Promise<void> {
    const { format, out, options, latency } = form;
    const variant = format === 'onnx' ? { options: { ...options } } : {};
    if (await exporting.run({ id: run, format, out: out.trim(), latency, ...variant })) await written.run({ id: run });
  }

  return { form, exporting, written, show, write };
});
