import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import type { ExportFormat, ExportRecord } from '../../src-main/contract/model.ts';
import { task } from './task.ts';

/** Exports of the runs. */
export const useExports = defineStore('exports', () => {
  const form = reactive({ format: 'onnx' as ExportFormat, out: '' });
  const exporting = task('model.export');
  /** Written while this window was open, the newest first. */
  const written = ref<ExportRecord[]>([]);

  async function write(run: string): Promise<void> {
    const record = await exporting.run({ id: run, format: form.format, out: form.out.trim() });
    if (record) written.value = [record, ...written.value];
  }

  return { form, exporting, written, write };
});
