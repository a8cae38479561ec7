import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { StudyDetails, StudyRow } from '../../../src-main/contract/study.ts';
import type { InputOf } from '../../../src-main/contract/index.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';

/** The studies of the workspace, and the one that is open. */
export const useStudy = defineStore('study', () => {
  const listing = task('study.list');
  const rows = shallowRef<readonly StudyRow[]>([]);
  const details = shallowRef<StudyDetails | null>(null);
  /** The study of the address, also while it is being read. */
  const wanted = ref<string | null>(null);
  const error = shallowRef<CutpointError | null>(null);

  const id = computed(() => details.value?.id ?? null);
  const name = computed(() => details.value?.name ?? '');
  const folder = computed(() => details.value?.folder ?? null);

  async function refresh(): Promise<void> {
    rows.value = (await listing.run({})) ?? rows.value;
  }

  /** Reads a study again; where it is the one that is open, all that is shown of it follows. */
  async function reload(which: string): Promise<void> {
    const connection = useConnection();
    const found = await connection.call('study.get', { id: which });
    if (wanted.value === which) details.value = found;
  }

  /** Opens the study of an address, over a connection that is not there yet too. */
  async function open(which: string): Promise<void> {
    if (wanted.value === which && details.value?.id === which) return;
    wanted.value = which;
    error.value = null;
    try {
      const connection = useConnection();
      if (!connection.reachable) await connection.again();
      await reload(which);
      void connection.call('study.open', { id: which }).catch(() => {});
    } catch (thrown) {
      if (wanted.value !== which) return;
      details.value = null;
      error.value = CutpointError.from(thrown);
    }
  }

  async function edit(change: Omit<InputOf<'study.edit'>, 'id'>, which = id.value): Promise<void> {
    if (which === null) return;
    const changed = await useConnection().call('study.edit', { id: which, ...change });
    if (wanted.value === which) details.value = changed;
  }

  const create = (input: InputOf<'study.create'>): Promise<StudyDetails> => useConnection().call('study.create', input);

  useChanges().onChange(
    ['study'],
    async (ids) => {
      await refresh();
      if (wanted.value !== null && (ids.length === 0 || ids.includes(wanted.value))) {
        await reload(wanted.value).catch((thrown: unknown) => {
          details.value = null;
          error.value = CutpointError.from(thrown);
        });
      }
    },
    { madeOn: ['run', 'comparison', 'job', 'dataset', 'export'] },
  );

  return { listing, rows, details, id, name, folder, error, refresh, open, edit, create };
});
