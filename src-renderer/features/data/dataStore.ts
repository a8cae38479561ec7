import { defineStore } from 'pinia';
import { computed, reactive, shallowRef } from 'vue';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import type { GroupBy } from '../../../src-main/contract/groups.ts';
import type { GreyScale } from '../../../src-main/contract/greyScale.ts';
import { join } from '../../logic/format.ts';
import { withTable } from './columns.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';

/** The columns of the sample data's label file. */
const sampleColumns = { fileColumn: 'file', labelColumn: 'label', groupColumn: 'group' };

/** The images chosen, and what the audit found in them. */
export const useData = defineStore('data', () => {
  const form = reactive({
    folder: '',
    labelsFrom: 'folders' as 'folders' | 'csv',
    csv: '',
    fileColumn: 'file',
    labelColumn: 'label',
    groupColumn: '',
    groupPattern: '',
    groupBy: 'patient' as GroupBy,
    greyScale: 'auto' as GreyScale,
  });
  const audit = task('data.audit');
  const sample = task('data.sample');
  /** The selection that the report on screen belongs to. */
  const audited = shallowRef<string | null>(null);

  const selection = computed<DataSelection>(() => ({
    folder: form.folder.trim(),
    ...(form.labelsFrom === 'csv'
      ? {
          labels: {
            csv: form.csv.trim(),
            fileColumn: form.fileColumn,
            labelColumn: form.labelColumn,
            groupColumn: form.groupColumn || null,
          },
        }
      : {}),
    ...(form.groupBy === 'patient' || form.groupPattern.trim() || (form.labelsFrom === 'csv' && form.groupColumn)
      ? {}
      : { groupBy: form.groupBy }),
    ...(form.groupPattern.trim() ? { groupPattern: form.groupPattern.trim() } : {}),
    ...(form.greyScale === 'auto' ? {} : { greyScale: form.greyScale }),
  }));
  const report = computed(() => audit.result);
  const stale = computed(() => report.value !== null && audited.value !== JSON.stringify(selection.value));
  const ready = computed(
    () => report.value !== null && !stale.value && !audit.running && report.value.obstacles.length === 0,
  );
  const incomplete = computed(() => {
    if (!selection.value.folder) return 'Choose a folder first.';
    if (form.labelsFrom === 'csv' && !form.csv.trim()) return 'Choose the CSV file that holds the labels.';
    return null;
  });
  /** Why the next step is not open yet; null: it is. */
  const blocked = computed(() => {
    if (ready.value) return null;
    if (audit.running) return 'The images are being looked at.';
    if (!report.value) return 'Choose a folder and let Cutpoint look at it first.';
    if (stale.value) return 'The selection has changed since the audit; look at it again.';
    return 'What prevents training is listed under ‘What to know before training’.';
  });
  const classes = computed(() => report.value?.classes.map(({ name }) => name) ?? []);

  /** @param again also where what was found before is kept */
  async function examine(again = false): Promise<void> {
    if (incomplete.value) return;
    const mine = JSON.stringify(selection.value);
    audit.result = null;
    if (await audit.run({ ...selection.value, again })) audited.value = mine;
  }

  /** Another path was typed: a label file that was found in the folder before does not belong to it. */
  function rename(folder: string): void {
    form.folder = folder;
    form.groupBy = 'patient';
    if (report.value?.csvFiles.some(({ path }) => path === form.csv)) form.labelsFrom = 'folders';
    if (form.labelsFrom === 'folders') form.csv = '';
  }

  /** Another table brings its columns with it; those of the one that is chosen stay as they were picked. */
  function chooseTable(path: string): void {
    if (path !== form.csv) Object.assign(form, withTable(path, report.value?.csvFiles ?? []));
  }

  /** Takes labels and patients from a table of the folder, by the columns whose names say what they hold. */
  async function useTable(path: string): Promise<void> {
    const found = report.value?.csvFiles ?? [];
    if (found.every((file) => file.path !== path)) return;
    Object.assign(form, { labelsFrom: 'csv', ...withTable(path, found) });
    await examine();
  }

  /** Groups the files by another identifier of theirs. */
  async function groupBy(by: GroupBy): Promise<void> {
    form.groupBy = by;
    await examine();
  }

  /** Chooses a folder and audits it; labels from elsewhere do not belong to it. */
  async function choose(folder: string): Promise<void> {
    Object.assign(form, {
      folder,
      labelsFrom: 'folders',
      csv: '',
      groupColumn: '',
      groupPattern: '',
      groupBy: 'patient',
      greyScale: 'auto',
    });
    await examine();
  }

  /** The selection of an earlier run. */
  async function adopt({
    folder,
    labels,
    groupPattern = '',
    groupBy: by = 'patient',
    greyScale = 'auto',
  }: DataSelection): Promise<void> {
    const { csv = '', fileColumn = 'file', labelColumn = 'label', groupColumn } = labels ?? {};
    Object.assign(form, { folder, labelsFrom: labels ? 'csv' : 'folders', groupPattern, groupBy: by, greyScale });
    Object.assign(form, { csv, fileColumn, labelColumn, groupColumn: groupColumn ?? '' });
    if (stale.value || !report.value) await examine();
  }

  async function useSample(): Promise<void> {
    const workspace = useConnection().doctor?.workspace;
    if (!workspace) return;
    const written = await sample.run({ folder: join(workspace, 'sample') });
    if (!written) return;
    // Its label file also knows the patients of the PNG images, which carry no identifier themselves.
    Object.assign(form, { folder: written.folder, labelsFrom: 'csv', csv: written.labels, ...sampleColumns });
    await examine();
  }

  return {
    form,
    audit,
    audited,
    sample,
    selection,
    report,
    stale,
    ready,
    incomplete,
    blocked,
    classes,
    examine,
    rename,
    chooseTable,
    useTable,
    groupBy,
    choose,
    useSample,
    adopt,
  };
});
