import { defineStore } from 'pinia';
import { computed, nextTick, ref, watch } from 'vue';
import { suggestedNetwork } from '../../../src-main/backbone/suggest.ts';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { summarise } from '../../../src-main/backbone/inspect.ts';
import type { TrainingPlan } from '../../../src-main/contract/plan.ts';
import { cutsOf, modelSize, suggestedIndex } from '../../logic/network.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useData } from '../data/dataStore.ts';
import { useSettings } from '../train/settingsStore.ts';
import { useSources } from './sourcesStore.ts';

/** The backbone, the choice of its weights, and the cut. All counts are derived here, without a call. */
export const useNetwork = defineStore('network', () => {
  const catalogue = backbones.map(summarise);
  const backbone = ref(catalogue[0]?.name ?? '');
  const source = ref<string | null>(null);
  const cutIndex = ref(0);
  const pooling = ref<'average' | 'flatten'>('average');
  const channels = ref<TrainingPlan['channels']>(3);
  const sources = useSources();

  const summary = computed(() => catalogue.find(({ name }) => name === backbone.value));
  const input = computed(() => useSettings().settings.input);
  const cuts = computed(() => {
    try {
      return cutsOf(backbone.value, input.value);
    } catch {
      // An input too small for this backbone is reported on the training screen; the map keeps its shape.
      return cutsOf(backbone.value, summary.value?.input ?? 224);
    }
  });
  const cut = computed(() => cuts.value[cutIndex.value]);
  const whole = computed(() => cutIndex.value === cuts.value.length - 1);
  const fitting = computed(() => (sources.list.result ?? []).filter((each) => each.backbone === backbone.value));

  const classCount = computed(() => Math.max(2, useData().classes.length));
  const sizeAt = (name: string | undefined) =>
    modelSize(backbone.value, name, {
      task: useSettings().settings.task,
      classes: classCount.value,
      pooling: pooling.value,
      channels: channels.value,
      input: mapInput.value,
    });
  /** The input size that the counts are for. */
  const mapInput = computed(() => (cutsFit.value ? input.value : (summary.value?.input ?? 224)));
  const cutsFit = computed(() => {
    try {
      return cutsOf(backbone.value, input.value).length > 0;
    } catch {
      return false;
    }
  });
  const truncated = computed(() => sizeAt(cut.value?.name));
  const full = computed(() => sizeAt(undefined));
  const blocked = computed(() => (cut.value ? null : 'Choose a backbone and a cut.'));

  watch(
    backbone,
    () => {
      cutIndex.value = suggestedIndex(cuts.value);
      source.value = fitting.value[0]?.name ?? null;
    },
    { immediate: true },
  );

  async function adopt(earlier: TrainingPlan): Promise<void> {
    backbone.value = earlier.backbone;
    // The backbone sets a cut and a source of its own first.
    await nextTick();
    const at = cuts.value.findIndex(({ name }) => name === earlier.cut);
    cutIndex.value = at < 0 ? cuts.value.length - 1 : at;
    pooling.value = earlier.pooling;
    channels.value = earlier.channels;
    source.value = fitting.value.some(({ name }) => name === earlier.source) ? earlier.source : null;
  }

  async function refresh(): Promise<void> {
    const first = sources.list.result === null;
    await sources.refresh();
    // Only once, and only where nobody was faster: later, all of it, null too, is a choice that was made.
    if (!first || backbone.value !== catalogue[0]?.name) return;
    const suggested = suggestedNetwork(sources.list.result ?? [], sources.catalogue.result ?? []);
    backbone.value = suggested.backbone;
    // The backbone sets a source of its own first.
    await nextTick();
    source.value = suggested.source;
  }

  useChanges().onChange(['source'], refresh);

  return {
    catalogue,
    backbone,
    source,
    cutIndex,
    pooling,
    channels,
    summary,
    cuts,
    cut,
    whole,
    fitting,
    classCount,
    mapInput,
    truncated,
    full,
    blocked,
    adopt,
    refresh,
  };
});
