import { defineStore, storeToRefs } from 'pinia';
import { computed, reactive } from 'vue';
import type { TrainingPlan, TrainingPlanInput } from '../../src-main/contract/run.ts';
import { settingIssues, settingName, testSelection } from '../logic/plan.ts';
import { useData } from './data.ts';
import { useNetwork } from './network.ts';
import { useSettings } from './settings.ts';

/** The run to be started: data, network and settings put together, and what stands against it. */
export const usePlan = defineStore('plan', () => {
  const data = useData();
  const network = useNetwork();
  const { settings } = storeToRefs(useSettings());

  /** A test set of its own; empty: a share of the patients. */
  const test = reactive({ folder: '', csv: '' });

  function adopt(earlier: TrainingPlan): void {
    Object.assign(test, { folder: earlier.test?.folder ?? '', csv: earlier.test?.labels?.csv ?? '' });
  }

  const plan = computed<TrainingPlanInput>(() => ({
    ...settings.value,
    data: data.selection,
    ...(test.folder.trim() ? { test: testSelection(data.selection, test) } : {}),
    backbone: network.backbone,
    source: network.source,
    pooling: network.pooling,
    ...(network.whole ? { strategy: 'full' as const } : { strategy: 'truncated' as const, cut: network.cut?.name }),
  }));
  /** Settings that are not allowed, by their dotted path. */
  const issues = computed(() => settingIssues(plan.value));
  const blocked = computed(() => {
    if (data.blocked) return data.blocked;
    const first = Object.entries(issues.value)[0];
    return first ? `One setting needs a look: ${settingName(first[0])}. ${first[1]}` : null;
  });

  return { plan, test, issues, blocked, adopt };
});
