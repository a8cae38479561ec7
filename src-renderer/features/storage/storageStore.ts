import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { StorageItem, StoredKind } from '../../../src-main/contract/storage.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { task } from '../../engine/task.ts';

/** Something that is to be removed, once the person at the screen has seen what goes with it. */
export interface Doomed {
  kind: StoredKind;
  id: string;
  /** As the window calls it. */
  title: string;
}

/** What the workspace takes of the disk, what of it can go, and what is to be removed. */
export const useStorage = defineStore('storage', () => {
  /** Whether it is on screen: looking at the disk takes time. */
  const open = ref(false);
  const usage = task('storage.usage');
  const damaged = task('storage.damaged');
  const cleaning = task('storage.clean');
  const backup = task('storage.backup');
  const erasePreview = task('storage.erase');
  const erasing = task('storage.erase');
  const doomed = shallowRef<Doomed | null>(null);
  const preview = task('storage.remove');
  const removing = task('storage.remove');
  /** Runs and comparisons that need it, where it cannot go alone. */
  const dependents = computed(() => {
    const { error } = preview;
    if (error?.code !== 'IN_USE') return 0;
    const { runs = [], comparisons: of = [] } = (error.details ?? {}) as { runs?: string[]; comparisons?: string[] };
    return runs.length + of.length;
  });
  const withRuns = ref(false);

  async function show(): Promise<void> {
    open.value = true;
    cleaning.reset();
    backup.reset();
    await refresh();
  }

  const hide = (): void => void (open.value = false);

  async function refresh(): Promise<void> {
    await Promise.all([usage.run({}), damaged.run({}), cleaning.run({ dryRun: true })]);
  }

  useChanges().onChange(['run', 'comparison', 'source', 'dataset', 'export'], async (ids) => {
    if (!open.value) return;
    const any = ids.length === 0;
    await Promise.all([
      usage.run({}),
      // Looking for damage reads all that is stored.
      any || damaged.result?.some(({ id }) => ids.includes(id)) ? damaged.run({}) : null,
      // What was just freed stays on the screen.
      cleaning.result?.dryRun === false ? null : cleaning.run({ dryRun: true }),
    ]);
  });

  /** @param only one copy or file of decoded images; left out: whatever can go */
  async function clean(dropped: boolean, only?: Pick<StorageItem, 'part' | 'name'>): Promise<void> {
    const named = only && { only: [{ part: only.part, name: only.name }] };
    if (await cleaning.run({ dropped, ...named })) await usage.run({});
  }

  /** Asks what would go, which the dialog then shows. */
  async function ask(what: Doomed, including = false): Promise<void> {
    doomed.value = what;
    withRuns.value = including;
    removing.reset();
    preview.reset();
    await preview.run({ kind: what.kind, ids: [what.id], withRuns: including, dryRun: true });
  }

  async function remove(): Promise<void> {
    const what = doomed.value;
    if (!what) return;
    const gone = await removing.run({ kind: what.kind, ids: [what.id], withRuns: withRuns.value });
    if (!gone) return;
    doomed.value = null;
  }

  /** Looks at what would go if the whole workspace were erased. */
  async function askToErase(): Promise<void> {
    erasing.reset();
    erasePreview.reset();
    const workspace = usage.result?.workspace;
    if (workspace !== undefined) await erasePreview.run({ workspace, dryRun: true });
  }

  /** Whether the workspace that was looked at is erased. */
  async function erase(): Promise<boolean> {
    const workspace = erasePreview.result?.workspace;
    return workspace !== undefined && (await erasing.run({ workspace })) !== null;
  }

  const keep = (): void => void (doomed.value = null);

  return {
    ...{ usage, damaged, cleaning, backup, show, hide, clean },
    ...{ erasePreview, erasing, askToErase, erase },
    ...{ doomed, preview, removing, dependents, withRuns, ask, remove, keep },
  };
});
