import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import { z } from 'zod';
import { exportFormat, exportOptions } from '../../../src-main/contract/model.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { task } from '../../engine/task.ts';
import { t } from '../../text/index.ts';
import { announce } from '../../ui/toasts.ts';
import { keepDraft } from '../study/draft.ts';
import { useStudy } from '../study/studyStore.ts';

const kept = z.object({
  format: exportFormat,
  /** Null: as is suggested. */
  out: z.string().nullable(),
  options: exportOptions,
  latency: z.boolean(),
});
const nothing = (): z.infer<typeof kept> => ({
  ...{ format: 'onnx', out: null, options: exportOptions.parse({}), latency: true },
});

/** Exports of the run on screen. */
export const useExports = defineStore('exports', () => {
  const form = reactive(nothing());
  keepDraft('export', kept, () => ({ ...form }), (typed) => Object.assign(form, typed ?? nothing())); // prettier-ignore
  const exporting = task('model.export');
  const written = task('model.exports');
  /** The path of an earlier export that is in the way: whether it may be replaced is to be asked. */
  const inTheWay = ref<string | null>(null);

  let shown: string | null = null;
  let last: string | null = null;

  async function show(run: string | null): Promise<void> {
    // Where one run goes, another must not.
    if (last !== null && run !== null && run !== last) form.out = null;
    last = run ?? last;
    shown = run;
    written.reset();
    exporting.error = null;
    if (run) await written.run({ id: run });
  }

  /**
   * @param out where to
   * @param how.overwrite an earlier export at this place may be replaced
   * @param how.again also where the file that was written before is what it was
   */
  async function write(run: string, out: string, { overwrite = false, again = false } = {}): Promise<void> {
    const { format, options, latency } = form;
    const variant = format === 'onnx' ? { options: { ...options } } : {};
    const study = useStudy().id;
    inTheWay.value = null;
    await exporting.run({
      ...{ id: run, format, out: out.trim(), latency, again, overwrite, ...variant },
      ...(study !== null && { study }),
    });
    if (exporting.result && !exporting.error) announce(t('export.done', { path: exporting.result.path }));
    if (exporting.error?.code !== 'EXPORT_EXISTS') return;
    inTheWay.value = String(exporting.error.details?.path ?? out);
    exporting.error = null;
  }

  useChanges().onChange(['export'], async (runs) => {
    if (shown !== null && (runs.length === 0 || runs.includes(shown))) await written.run({ id: shown });
  });

  return { form, exporting, written, inTheWay, show, write };
});
