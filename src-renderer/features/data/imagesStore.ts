import { defineStore } from 'pinia';
import { computed, reactive, shallowRef, watch } from 'vue';
import type { DataSelection, FileProblem } from '../../../src-main/contract/data.ts';
import type { InputOf } from '../../../src-main/contract/index.ts';
import type { Finding } from '../../../src-main/contract/findings.ts';
import type { ImageRow } from '../../../src-main/contract/images.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { task } from '../../engine/task.ts';
import { usePlan } from '../train/planStore.ts';
import { useSettings } from '../train/settingsStore.ts';
import { useStudy } from '../study/studyStore.ts';
import { useData } from './dataStore.ts';
import { matching, noFilter } from './filters.ts';
import type { Place } from './thumbnailStore.ts';

interface Wanted {
  /** Selection and plan, as text. */
  of: string;
  /** Of the report; null while it is on its way. */
  fingerprint: string | null;
}

/** The images of the selection that was looked at, one by one, and which of them are shown. */
export const useImages = defineStore('images', () => {
  const data = useData();
  // Also where the plan was not looked at yet: its split and its test folder are kept with the study.
  const plan = usePlan();
  const listing = task('data.images');
  const rows = shallowRef<readonly ImageRow[]>([]);
  const leftOut = shallowRef<readonly FileProblem[]>([]);
  const splitProblem = shallowRef<{ code: string; message: string } | null>(null);
  /** What the split of the plan would let through. */
  const leaks = shallowRef<readonly Finding[]>([]);
  /** Sets of images that are equal or look the same although their groups differ, by their places. */
  const repeats = shallowRef<readonly (readonly number[])[]>([]);
  /** Where they lie, known with the list: the report may still be on its way. */
  const place = shallowRef<Place | null>(null);
  const filter = reactive(noFilter());
  /** Each of them may have several labels. */
  const several = shallowRef(false);

  /** What the list is to belong to; asked for beside a report that is on its way again. */
  const wanted = computed<Wanted | null>(() => {
    const { split, seed } = useSettings().settings;
    const known = data.report !== null && data.audited !== null;
    const selection = known ? data.audited : data.reopened;
    if (selection === null) return null;
    const testFolder = plan.plan.test !== undefined;
    return {
      of: JSON.stringify({ selection, plan: { split, seed, testFolder } }),
      fingerprint: data.report?.fingerprint ?? null,
    };
  });
  /** What the list on screen belongs to, and what is being asked for. */
  let held: Wanted | null = null;
  let going: string | null = null;
  watch(
    () => JSON.stringify(wanted.value),
    () => {
      if (wanted.value === null) forget();
      else void load(wanted.value);
    },
    { immediate: true },
  );
  async function load({ of, fingerprint }: Wanted): Promise<void> {
    if (of === going) return;
    if (of === held?.of && (fingerprint === null || fingerprint === held.fingerprint)) return;
    going = of;
    const { selection, plan } = JSON.parse(of) as { selection: string; plan: InputOf<'data.images'>['plan'] };
    const asked = JSON.parse(selection) as DataSelection;
    const found = await listing.run({ ...asked, plan });
    if (going !== of) return;
    going = null;
    if (!found) return;
    const isFirst = held?.of !== of;
    held = { of, fingerprint: found.fingerprint };
    several.value = asked.labels?.multi !== undefined;
    rows.value = rowsOf(found.images);
    leftOut.value = found.leftOut;
    // What was looked for and has been sorted out is not looked for any more.
    for (const name of ['label', 'finding', 'scanner'] as const) {
      if (matching(rows.value, { ...noFilter(), [name]: filter[name] }, several.value).length === 0) filter[name] = '';
    }
    splitProblem.value = found.splitProblem;
    leaks.value = found.leaks ?? [];
    repeats.value = found.repeats ?? [];
    place.value = { folder: found.folder, greyScale: found.greyScale };
    listing.result = null;
    // Files changed after they were listed: the report came later, and once more is enough.
    if (isFirst && wanted.value !== null) void load(wanted.value);
  }
  function forget(): void {
    going = held = null;
    listing.reset();
    Object.assign(filter, noFilter());
    rows.value = [];
    leftOut.value = [];
    splitProblem.value = null;
    leaks.value = [];
    repeats.value = [];
    place.value = null;
  }

  // What is shown of one study says nothing of another.
  watch(
    () => useStudy().id,
    () => Object.assign(filter, noFilter()),
    { flush: 'sync' },
  );

  const shown = computed(() => matching(rows.value, filter, several.value));
  const byFile = computed(() => new Map(rows.value.map((row) => [row.file, row])));

  /** The image before or after one among those that are shown; null at the end, or where that one is not among them. */
  function beside(file: string, step: 1 | -1): string | null {
    const at = shown.value.findIndex((row) => row.file === file);
    return at < 0 ? null : (shown.value[at + step]?.file ?? null);
  }
  function show(only: Partial<ReturnType<typeof noFilter>>): void {
    Object.assign(filter, noFilter(), only);
  }

  return { listing, rows, leftOut, splitProblem, leaks, repeats, place, filter, several, shown, byFile, beside, show };
});
