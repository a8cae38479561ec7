import { computed, watch } from 'vue';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { task } from '../../engine/task.ts';
import { usePlan } from '../train/planStore.ts';
import { useData } from './dataStore.ts';

/**
 * The separate folder that the plan tests on, read where somebody looks: a path that is being typed elsewhere is not
 * walked with every key. To be called in the setup of a component.
 */
export function useTestFolder() {
  const data = useData();
  const plan = usePlan();
  const listing = task('data.images');
  const test = computed(() => plan.plan.test ?? null);
  /** Labels come from a table, and that of the test folder is not named. */
  const noTable = computed(() => test.value?.labels?.csv === '');
  const wanted = computed(() =>
    test.value === null || noTable.value || data.audited === null || data.stale
      ? null
      : JSON.stringify({ ...test.value, testOf: JSON.parse(data.audited) as DataSelection }),
  );
  watch(wanted, (text) => (text === null ? listing.reset() : listing.run(JSON.parse(text) as DataSelection)), {
    immediate: true,
  });
  const rows = computed(() => (listing.result ? rowsOf(listing.result.images) : []));
  const folder = computed(() => test.value?.folder ?? null);
  return { folder, noTable, listing, rows };
}
