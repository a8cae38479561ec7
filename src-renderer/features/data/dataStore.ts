import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef } from 'vue';
import { z } from 'zod';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import { groupBy, type GroupBy } from '../../../src-main/contract/groups.ts';
import { greyScale } from '../../../src-main/contract/greyScale.ts';
import { layoutChoice, type LayoutChoice } from '../../../src-main/contract/layout.ts';
import { resolutions, type Resolution } from '../../../src-main/contract/resolutions.ts';
import type { SplitRule } from '../../../src-main/contract/split.ts';
import type { ColumnGuess } from '../../../src-main/contract/columns.ts';
import type { Glance } from '../../../src-main/contract/images.ts';
import { join as pathIn } from '../../logic/format.ts';
import { isSame, plainOf, takenOver, usedAgain } from './decisions.ts';
import { oneClass, separatorIn, severalForm, severalFormOf, severalOf } from './severalLabels.ts';
import { missingOf, typedMissing, usualColumns, withTable } from './columns.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';
import { t } from '../../text/index.ts';
import { keepDraft } from '../study/draft.ts';
import { useStudy } from '../study/studyStore.ts';
import { useSettings } from '../train/settingsStore.ts';

/** The columns of the sample data's label file. */
const sampleColumns = { fileColumn: 'file', labelColumn: 'label', groupColumn: 'group' };

/** In the place of a column: the engine takes the one whose name says that it holds patients, if there is one. */
export const ANY = '*';

/** What is typed and chosen in the room. */
const keptForm = z.object({
  folder: z.string().default(''),
  labelsFrom: z.enum(['folders', 'csv', 'tag']).default('folders'),
  /** Keyword or number of a DICOM tag. */
  labelTag: z.string().default(''),
  csv: z.string().default(''),
  fileColumn: z.string().default('file'),
  labelColumn: z.string().default('label'),
  /** Empty: none of them. */
  groupColumn: z.string().default(ANY),
  /** Files are found by the ends of their paths; images with several labels are left out. */
  match: z.boolean().default(false),
  several: z.boolean().default(false),
  /** Columns of 0 and 1 in place of the label column; labels that stand for none, as typed: empty for the usual ones. */
  oneHot: z.array(z.string()).default([]),
  multi: severalForm.default(oneClass),
  missing: z.string().default(''),
  /** Empty: none. */
  partColumn: z.string().default(''),
  groupPattern: z.string().default(''),
  groupBy: groupBy.default('patient'),
  greyScale: greyScale.default('auto'),
  leaveOut: z
    .object({
      /** As earlier versions kept them. */
      files: z.array(z.string()).default([]),
      ...{ classes: z.array(z.string()), folders: z.array(z.string()).default([]) },
      masks: z.boolean().default(false),
    })
    .default({ files: [], classes: [], folders: [], masks: false }),
  resolutions: resolutions.default([]),
  layout: layoutChoice.default({}),
  join: z.record(z.string(), z.string()).default({}),
  copiesTogether: z.boolean().default(false),
  frames: z.enum(['middle', 'each']).default('middle'),
  /** What the folder's names made doubtful was read, and the folder is taken as it is. */
  taken: z.boolean().default(false),
});
const dataForm = keptForm.transform(({ leaveOut: { files, ...leaveOut }, resolutions, ...form }) => ({
  ...{ ...form, leaveOut, resolutions: takenOver(files, resolutions) },
}));
type DataForm = z.infer<typeof dataForm>;
/** What is left out, or used again: files alone, or classes, folders and masks. */
interface Out {
  files?: readonly string[];
  classes?: readonly string[];
  folders?: readonly string[];
  masks?: boolean;
}
const nothing = (): DataForm => dataForm.parse({});

/** Codes of a glance that are asked about before the images are read. */
const ASKED = new Set([
  ...['MASKS', 'SINGLE_IMAGE_FOLDERS', 'SPLIT_FOLDERS', 'INNER_CLASSES', 'NESTED_COPY', 'MANY_LABELS'],
  ...['TABLE_LAYOUT', 'ONE_HOT', 'FOUND_BY_END', 'COLUMNS_ALIKE'],
]);

/** The images chosen, and what the audit found in them. */
export const useData = defineStore('data', () => {
  const form = reactive(nothing());
  const audit = task('data.audit');
  const sample = task('data.sample');
  const glance = task('data.glance');
  /** The selection that the report on screen belongs to. */
  const audited = shallowRef<string | null>(null);
  /** The selection of a study that was opened again, while its report is on its way. */
  const reopened = shallowRef<string | null>(null);
  /** The folder is being chosen anew, beside the one that is there. */
  const choosing = ref(false);

  /** The patients come from a column that was chosen. */
  const hasColumn = computed(() => form.labelsFrom === 'csv' && form.groupColumn !== '' && form.groupColumn !== ANY);
  const multi = computed(() => severalOf(form.multi));
  const selection = computed<DataSelection>(() => ({
    folder: form.folder.trim(),
    ...(form.labelsFrom === 'csv'
      ? {
          labels: {
            csv: form.csv.trim(),
            fileColumn: form.fileColumn,
            labelColumn: form.labelColumn,
            ...(form.groupColumn !== ANY && { groupColumn: form.groupColumn || null }),
            ...(form.match && { match: 'end' as const }),
            ...(form.oneHot.length > 1 && !multi.value && { oneHot: [...form.oneHot] }),
            ...(form.missing.trim() !== '' && { missing: missingOf(form.missing) }),
            ...(form.several && !multi.value && { several: 'leave-out' as const }),
            ...(multi.value && { multi: multi.value }),
            ...(form.partColumn && { partColumn: form.partColumn }),
          },
        }
      : {}),
    ...(form.labelsFrom === 'tag' ? { labelTag: form.labelTag.trim() } : {}),
    ...(form.groupBy === 'patient' || form.groupPattern.trim() || hasColumn.value ? {} : { groupBy: form.groupBy }),
    ...(form.groupPattern.trim() ? { groupPattern: form.groupPattern.trim() } : {}),
    ...(form.greyScale === 'auto' ? {} : { greyScale: form.greyScale }),
    ...leftOutOf(form.leaveOut),
    ...plainOf(form.resolutions),
    ...(Object.keys(form.layout).length > 0 ? { layout: { ...form.layout } } : {}),
    ...(Object.keys(form.join).length > 0 ? { join: { ...form.join } } : {}),
    ...(form.copiesTogether ? { copiesTogether: true } : {}),
    ...(form.frames === 'each' ? { frames: 'each' as const } : {}),
  }));
  /** An image may have several labels. */
  const multiLabel = computed(() => selection.value.labels?.multi !== undefined);
  const report = computed(() => audit.result);
  const stale = computed(() => report.value !== null && audited.value !== JSON.stringify(selection.value));
  const ready = computed(
    () => report.value !== null && !stale.value && !audit.running && report.value.obstacles.length === 0,
  );
  /** What the names in the folder make doubtful, to be answered before its images are read. */
  const questions = computed(() => {
    if (form.taken || glance.result === null || glance.result.folder !== form.folder.trim()) return [];
    return glance.result.findings.filter(({ code }) => ASKED.has(code));
  });
  const incomplete = computed(() => {
    if (!selection.value.folder) return t('data.incomplete.folder');
    if (form.labelsFrom === 'csv' && !form.csv.trim()) return t('data.incomplete.csv');
    if (form.labelsFrom === 'csv' && multi.value?.columns?.length === 0) return t('several.incomplete');
    if (form.labelsFrom === 'tag' && !form.labelTag.trim()) return t('data.incomplete.tag');
    return null;
  });
  /** Why the next room is not open yet; null: it is. */
  const blocked = computed(() => {
    if (ready.value) return null;
    if (audit.running) return t('data.blocked.looking');
    if (!report.value) return t(questions.value.length > 0 ? 'data.blocked.asked' : 'data.blocked.nothing');
    if (stale.value) return t('data.blocked.stale');
    return t('data.blocked.obstacle');
  });
  const classes = computed(() => report.value?.classes.map(({ name }) => name) ?? []);

  /** @param again also where what was found before is kept */
  async function examine(again = false): Promise<void> {
    if (incomplete.value) return;
    choosing.value = false;
    const mine = JSON.stringify(selection.value);
    // A smaller change keeps the report on screen until the next one is there.
    if (audit.result?.folder !== selection.value.folder) audit.result = null;
    const found = await audit.run({ ...selection.value, again, study: useStudy().id ?? undefined });
    if (!found) return;
    audited.value = mine;
    form.taken = true;
    void useStudy()
      .edit({ data: JSON.parse(mine) as DataSelection })
      .catch(() => {});
  }

  /** Looks at the names in a folder; where a table names its files, labels and patients are taken from it. */
  async function look(folder: string): Promise<void> {
    const found = await glance.run({ folder });
    if (!found) return;
    form.folder = found.folder;
    const table = found.tables.find(({ path }) => path === found.suggested);
    if (table) takeTable(table);
    if (questions.value.length === 0) await examine();
  }

  function takeTable({ path, columns, guess }: { path: string; columns: readonly string[]; guess: ColumnGuess }): void {
    const named = usualColumns(columns);
    Object.assign(form, usualReading(), {
      ...{ labelsFrom: 'csv', csv: path },
      fileColumn: guess.fileColumn ?? named.fileColumn,
      labelColumn: guess.labelColumn ?? named.labelColumn,
      groupColumn: guess.groupColumn ?? ANY,
    });
  }

  /** Takes a table as the glance says that it would be read, once a person has said so. */
  async function takeAsked(table: Glance['tables'][number]): Promise<void> {
    const { layout, guess, oneHot = [], byEnd = 0 } = table;
    takeTable(table);
    Object.assign(form, {
      match: byEnd > 0,
      oneHot: guess.labelColumn === null ? [...oneHot] : [],
      ...(layout && { groupColumn: layout.groupColumn ?? '', groupPattern: layout.groupPattern ?? '' }),
    });
    await takeAsIs();
  }

  /** The same, each of its labels on its own. */
  async function takeEach(table: Glance['tables'][number]): Promise<void> {
    const { layout } = table;
    const { columns, separator } = layout?.several ?? {};
    takeTable(table);
    Object.assign(form, {
      match: (table.byEnd ?? 0) > 0,
      multi: { ...oneClass(), from: columns ? 'columns' : 'names', ...(columns && { columns: [...columns] }), ...(separator !== undefined && { separator }) },
      ...(layout && { groupColumn: layout.groupColumn ?? '', groupPattern: layout.groupPattern ?? '' }),
    }); // prettier-ignore
    await takeAsIs();
  }

  /** Each of the labels that have been found together in cells is learnt on its own. */
  async function learnEach(): Promise<void> {
    const separator = separatorIn(classes.value);
    await readTable({ multi: { ...oneClass(), from: 'names', separator }, several: false });
  }

  /** Reads the table in another way. */
  async function readTable(how: Partial<Pick<DataForm, 'match' | 'several' | 'multi'>>): Promise<void> {
    Object.assign(form, how);
    await examine();
  }

  /** Takes the folders for the classes, although a table lies there. */
  async function declineTable(): Promise<void> {
    Object.assign(form, usualReading(), { labelsFrom: 'folders', csv: '', groupColumn: ANY });
    await examine();
  }

  /** The folder is taken as it is, in spite of what its names say. */
  async function takeAsIs(): Promise<void> {
    form.taken = true;
    await examine();
  }

  /** Another table brings its columns with it; those of the one that is chosen stay as they were picked. */
  function chooseTable(path: string): void {
    if (path === form.csv) return;
    form.partColumn = '';
    const seen = glance.result?.tables.find((table) => table.path === path);
    if (seen) takeTable(seen);
    else {
      const { groupColumn, ...rest } = withTable(path, report.value?.csvFiles ?? []);
      Object.assign(form, usualReading(), rest, groupColumn !== undefined && { groupColumn: groupColumn || ANY });
    }
  }

  /** Takes labels and patients from a table of the folder, by the columns whose names say what they hold. */
  async function useTable(path: string): Promise<void> {
    const found = report.value?.csvFiles ?? [];
    if (found.every((file) => file.path !== path)) return;
    form.labelsFrom = 'csv';
    chooseTable(path);
    await examine();
  }

  /** Groups the files by another identifier of theirs. */
  async function regroup(by: GroupBy): Promise<void> {
    form.groupBy = by;
    await examine();
  }

  /** Decides about single images. @returns what takes it back */
  async function decide(...made: readonly Resolution[]): Promise<() => unknown> {
    const at = new Date().toISOString();
    const added = made.map((each) => ({ ...each, at }));
    form.resolutions = [...form.resolutions, ...added];
    form.taken = true;
    await examine();
    return () => takeBack(...added);
  }

  /** What was decided, be it the last or any before it, is as if it had not been. */
  async function takeBack(...made: readonly Resolution[]): Promise<void> {
    form.resolutions = form.resolutions.filter((each) => !made.some((one) => isSame(one, each)));
    await examine();
  }

  async function giveReason(decided: Resolution, text: string): Promise<void> {
    form.resolutions = form.resolutions.map((each) => {
      if (!isSame(each, decided)) return each;
      const { reason: _before, ...rest } = each;
      return text.trim() === '' ? rest : { ...rest, reason: text.trim() };
    });
    await examine();
  }

  /**
   * Leaves files, classes, folders or all masks out.
   * @param code of the finding that this answers
   * @returns what takes it back
   */
  async function leaveOut({ files = [], ...what }: Out, code?: string): Promise<() => unknown> {
    if (files.length > 0) return decide({ kind: 'exclude', files: [...files], ...(code !== undefined && { code }) });
    const before = { ...form.leaveOut };
    const both = (name: 'classes' | 'folders') => [...new Set([...before[name], ...(what[name] ?? [])])];
    form.leaveOut = {
      ...{ classes: both('classes'), folders: both('folders') },
      masks: before.masks || what.masks === true,
    };
    form.taken = true;
    await examine();
    return () => {
      form.leaveOut = before;
      return examine();
    };
  }

  async function useAgain({ files = [], ...what }: Out): Promise<void> {
    const before = form.leaveOut;
    const without = (name: 'classes' | 'folders') => before[name].filter((each) => !what[name]?.includes(each));
    form.leaveOut = {
      ...{ classes: without('classes'), folders: without('folders') },
      masks: before.masks && what.masks !== true,
    };
    form.resolutions = usedAgain(form.resolutions, files);
    await examine();
  }

  /** Says which folders are classes or parts of a split. @returns what takes it back */
  async function arrange(choice: LayoutChoice): Promise<() => unknown> {
    const before = { ...form.layout };
    form.layout = { ...before, ...choice };
    form.taken = true;
    await examine();
    return () => {
      form.layout = before;
      return examine();
    };
  }

  /** Takes the folders that are named so as the parts of the split. @returns what takes it back */
  async function takeSplit(): Promise<() => unknown> {
    const found = (report.value ?? glance.result)?.layout?.split?.parts ?? [];
    const undo = await arrange({ parts: Object.fromEntries(found.map(({ folder, part }) => [folder, part])) });
    const { rule: before } = useSettings().settings.split;
    divideBy({ by: 'given' });
    return () => {
      divideBy(before);
      return undo();
    };
  }
  function divideBy(rule: SplitRule | undefined): void {
    const { settings } = useSettings();
    const { rule: _rule, ...split } = settings.split;
    settings.split = { ...split, ...(rule && { rule }) };
  }

  async function untakeSplit(): Promise<void> {
    if (useSettings().settings.split.rule?.by === 'given') divideBy(undefined);
    const { parts: _parts, ...rest } = form.layout;
    form.layout = rest;
    await examine();
  }

  /** Joins the classes whose names are alike under the name of most images. @returns what takes it back */
  async function joinAlike(): Promise<() => unknown> {
    const before = { ...form.join };
    const images = new Map(report.value?.classes.map((each) => [each.name, each.images]));
    const of = (name: string): number => images.get(name) ?? 0;
    for (const names of report.value?.layout?.alike ?? []) {
      const most = names.reduce((a, b) => (of(b) > of(a) ? b : a));
      for (const name of names) {
        const own = Object.entries(before).flatMap(([from, as]) => (as === name ? [from] : []));
        for (const from of own.length > 0 ? own : [name]) if (from !== most) form.join[from] = most;
      }
    }
    await examine();
    return () => {
      form.join = before;
      return examine();
    };
  }

  /** Counts images of a class, by its name now, as another. @returns what takes it back */
  async function join(from: string, to: string): Promise<() => unknown> {
    const before = { ...form.join };
    const own = Object.entries(before).flatMap(([name, as]) => (as === from ? [name] : []));
    form.join = { ...before, ...Object.fromEntries((own.length > 0 ? own : [from]).map((name) => [name, to])) };
    await examine();
    return () => {
      form.join = before;
      return examine();
    };
  }

  async function separate(name: string): Promise<void> {
    form.join = Object.fromEntries(Object.entries(form.join).filter(([, as]) => as !== name));
    await examine();
  }

  /** Whether patients with images that are equal or look the same are one. */
  async function keepTogether(yes: boolean): Promise<void> {
    form.copiesTogether = yes;
    await examine();
  }

  /** Chooses a folder and looks at it; what belonged to another one does not belong to it. */
  async function choose(folder: string): Promise<void> {
    Object.assign(form, nothing(), { folder });
    // What said the parts were folders or columns of the other data.
    const { settings } = useSettings();
    const { rule: _rule, strata: _strata, ...shares } = settings.split;
    settings.split = shares;
    audit.reset();
    audited.value = null;
    await look(folder);
  }

  /** The selection of an earlier run, or of a study that was made elsewhere. */
  async function adopt(earlier: DataSelection): Promise<void> {
    Object.assign(form, formOf(earlier));
    if (stale.value || !report.value) await examine();
  }

  async function useSample(): Promise<void> {
    const workspace = useConnection().doctor?.workspace;
    if (!workspace) return;
    const written = await sample.run({ folder: pathIn(workspace, 'sample') });
    if (!written) return;
    // Its label file also knows the patients of the PNG images, which carry no identifier themselves.
    Object.assign(form, nothing(), {
      folder: written.folder,
      labelsFrom: 'csv',
      csv: written.labels,
      ...sampleColumns,
    });
    form.taken = true;
    await examine();
  }

  keepDraft(
    'data',
    dataForm,
    () => ({ ...form }),
    (kept) => {
      const study = useStudy();
      const selected = study.details?.selection ?? null;
      Object.assign(form, kept ?? (selected ? formOf(selected) : nothing()));
      audit.reset();
      glance.reset();
      audited.value = null;
      choosing.value = false;
      if (!form.folder) return;
      // What was asked once and not answered is asked again.
      if (form.taken || form.labelsFrom !== 'folders' || selected) {
        if (form.taken) reopened.value = JSON.stringify(selection.value);
        void examine().finally(() => (reopened.value = null));
      } else void look(form.folder);
    },
  );

  return {
    ...{
      form,
      audit,
      audited,
      reopened,
      sample,
      glance,
      choosing,
      selection,
      hasColumn,
      multiLabel,
      report,
      stale,
      ready,
      questions,
      incomplete,
      blocked,
    },
    ...{
      classes,
      examine,
      look,
      chooseTable,
      useTable,
      declineTable,
      takeAsIs,
      groupBy: regroup,
      choose,
      useSample,
      adopt,
    },
    ...{
      decide,
      takeBack,
      giveReason,
      leaveOut,
      useAgain,
      join,
      separate,
      arrange,
      takeSplit,
      untakeSplit,
      joinAlike,
      takeAsked,
      takeEach,
      learnEach,
      readTable,
      keepTogether,
    },
  };
});

function leftOutOf({ classes, folders, masks }: DataForm['leaveOut']): Pick<DataSelection, 'leaveOut'> {
  if (classes.length + folders.length === 0 && !masks) return {};
  const more = { ...(folders.length > 0 && { folders: [...folders] }), ...(masks && { masks }) };
  return { leaveOut: { files: [], classes: [...classes], ...more } };
}

/** How a table is read of which nobody has said anything. */
const usualReading = (): Pick<DataForm, 'match' | 'several' | 'oneHot' | 'missing' | 'multi'> => ({
  ...{ match: false, several: false, oneHot: [], missing: '', multi: oneClass() },
});

function formOf(earlier: DataSelection): DataForm {
  const {
    folder,
    labels,
    labelTag = '',
    groupPattern = '',
    groupBy: by = 'patient',
    greyScale: scale = 'auto',
    leaveOut,
    join,
    layout,
    copiesTogether = false,
    frames = 'middle',
    resolutions: decided = [],
  } = earlier;
  const { files: out = [], ...others } = leaveOut ?? { classes: [] };
  const { csv = '', fileColumn = 'file', labelColumn = 'label', groupColumn, partColumn = '' } = labels ?? {};
  const { match, oneHot = [], missing, several } = labels ?? {};
  return {
    ...nothing(),
    ...{ folder, labelsFrom: labels ? 'csv' : labelTag ? 'tag' : 'folders', labelTag },
    ...{ groupPattern, groupBy: by, greyScale: scale },
    ...{
      csv,
      fileColumn,
      labelColumn,
      partColumn,
      groupColumn: groupColumn === undefined ? ANY : (groupColumn ?? ''),
      taken: true,
    },
    ...{ match: match === 'end', oneHot, missing: typedMissing(missing), several: several === 'leave-out' },
    multi: severalFormOf(labels?.multi),
    leaveOut: { folders: [], masks: false, ...others },
    resolutions: takenOver(out, decided),
    ...(join && { join }),
    ...(layout && { layout }),
    ...{ copiesTogether, frames },
  };
}
