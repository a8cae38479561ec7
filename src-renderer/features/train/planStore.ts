import { defineStore, storeToRefs } from 'pinia';
import { computed, reactive, shallowRef } from 'vue';
import { z } from 'zod';
import { positiveClass } from '../../../src-main/contract/classes.ts';
import { ONE_CLASS_ONLY } from '../../../src-main/contract/oneClass.ts';
import type { TrainingPlan, TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { said, t } from '../../text/index.ts';
import { settingName } from './fields.ts';
import { defaultSettings, settingIssues, settingsFrom, testSelection } from './plan.ts';
import { keepDraft } from '../study/draft.ts';
import { useData } from '../data/dataStore.ts';
import { useImages } from '../data/imagesStore.ts';
import { useNetwork } from '../network/networkStore.ts';
import { useSettings } from './settingsStore.ts';

/** The run to be started: data, network and settings put together, and what stands against it. */
export const usePlan = defineStore('plan', () => {
  const data = useData();
  const network = useNetwork();
  const { settings } = storeToRefs(useSettings());

  /** A separate test set; empty: a share of the patients. */
  const test = reactive({ folder: '', csv: '' });

  keepDraft(
    'train',
    z.object({
      settings: z.record(z.string(), z.unknown()),
      test: z.object({ folder: z.string(), csv: z.string() }),
    }),
    () => ({ settings: { ...settings.value }, test: { ...test } }),
    (kept) => {
      settings.value = kept ? settingsFrom(kept.settings) : defaultSettings();
      Object.assign(test, kept?.test ?? { folder: '', csv: '' });
    },
  );

  function adopt(earlier: TrainingPlan): void {
    Object.assign(test, { folder: earlier.test?.folder ?? '', csv: earlier.test?.labels?.csv ?? '' });
  }

  /** The names of two classes; undefined for more, and for labels, between which there is no positive one. */
  const pair = computed(() => {
    const names = data.report?.classes.map(({ name }) => name) ?? [];
    return names.length === 2 && !data.multiLabel ? names : undefined;
  });
  /** What the names of two classes say of the positive one. */
  const named = computed(() => pair.value && positiveClass(pair.value));
  /** The user's choice where these data have that class, else the one that its name gives away; undefined: to be asked. */
  const positive = computed(() => {
    const chosen = settings.value.positive;
    if (chosen !== undefined && pair.value?.includes(chosen)) return chosen;
    return named.value?.certain ? named.value.positive : undefined;
  });

  /** Codes of what would make the study worthless, and whether a person goes on in spite of it. */
  const grave = computed(() => [
    ...new Set(
      [...(data.report?.warnings ?? []), ...useImages().leaks].flatMap((each) => (each.grave ? [each.code] : [])),
    ),
  ]);
  /** What was confirmed, of which report: another audit is another question, and so is another finding. */
  const confirmed = shallowRef<{ report: typeof data.report; codes: readonly string[] } | null>(null);
  const goOn = computed({
    get: () =>
      confirmed.value !== null &&
      confirmed.value.report === data.report &&
      grave.value.every((code) => confirmed.value!.codes.includes(code)),
    set: (yes) => (confirmed.value = yes && data.report ? { report: data.report, codes: grave.value } : null),
  });

  const plan = computed<TrainingPlanInput>(() => ({
    ...settings.value,
    task: data.multiLabel ? 'multi-label' : 'classification',
    positive: positive.value,
    accept: goOn.value ? grave.value : [],
    data: data.selection,
    ...(test.folder.trim() ? { test: testSelection(data.selection, test) } : {}),
    backbone: network.backbone,
    source: network.source,
    pooling: network.pooling,
    channels: network.channels,
    ...network.planned,
  }));
  /** Settings that are not allowed, by their dotted path. */
  const issues = computed(() => settingIssues(plan.value));
  const blocked = computed(() => {
    if (data.blocked) return data.blocked;
    if (pair.value && positive.value === undefined) return t('train.needs.positive');
    if (data.multiLabel && network.planned.classifier === 'svm') return said(ONE_CLASS_ONLY.svm);
    if (grave.value.length > 0 && !goOn.value) return t('train.needs.grave');
    const first = Object.entries(issues.value)[0];
    return first ? t('train.needs.look', { name: settingName(first[0]), why: first[1] }) : null;
  });

  return { plan, pair, named, positive, grave, goOn, test, issues, blocked, adopt };
});
