import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { suggestedNetwork } from '../../../src-main/backbone/suggest.ts';
import { denseCuts, denseCutsIn, denseObstacle } from '../../../src-main/backbone/dense.ts';
import { backbones, findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { summarise } from '../../../src-main/backbone/inspect.ts';
import type { TrainingPlan } from '../../../src-main/contract/plan.ts';
import { cutsOf, lastMap, modelSize, wholeSize } from '../../logic/network.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useData } from '../data/dataStore.ts';
import { useSettings } from '../train/settingsStore.ts';
import { keepDraft } from '../study/draft.ts';
import {
  asPlanned,
  FIRST_TRANSFER,
  networkDraft,
  transferPlan,
  withBackbone,
  type NetworkChoice,
  type NetworkDraft,
  type Transfer,
} from './choice.ts';
import { useSources } from './sourcesStore.ts';
import { said, t } from '../../text/index.ts';

/** The backbone, the choice of its weights, and the cut. All counts are derived here, without a call. */
export const useNetwork = defineStore('network', () => {
  const catalogue = backbones.map(summarise);
  const sources = useSources();
  const known = computed(() => sources.list.result ?? []);
  const first = withBackbone(catalogue[0]!.name, known.value);
  const backbone = ref(first.backbone);
  const source = ref(first.source);
  /** Where nobody knows yet whether weights and images allow a cut in dense layers, it waits. */
  const chosenIndex = ref(first.cutIndex);
  const pooling = ref<'average' | 'flatten'>('average');
  const channels = ref<TrainingPlan['channels']>(3);
  /** What is made of the backbone: strategy, what layers start from, classifier. */
  const transfer = ref<Transfer>({ ...FIRST_TRANSFER });
  /** Nobody has chosen yet: what is suggested follows the weights that there are. */
  const untouched = ref(true);

  const summary = computed(() => catalogue.find(({ name }) => name === backbone.value));
  const input = computed(() => useSettings().settings.input);
  /** The cuts in dense layers that there are weights for: random ones for all. */
  const dense = computed(() => {
    const weights = known.value.find((each) => each.name === source.value && each.backbone === backbone.value);
    return weights ? denseCutsIn(weights) : denseCuts(findBackbone(backbone.value));
  });
  const cuts = computed(() => {
    try {
      return cutsOf(backbone.value, input.value, dense.value);
    } catch {
      // An input too small for this backbone is reported on the training screen; the map keeps its shape.
      return cutsOf(backbone.value, summary.value?.input ?? 224, dense.value);
    }
  });
  const cutIndex = computed({
    get: () => Math.min(chosenIndex.value, cuts.value.length - 1),
    set: (index: number) => (chosenIndex.value = index),
  });
  const cut = computed(() => cuts.value[cutIndex.value]);
  const whole = computed(() => cutIndex.value === lastMap(cuts.value));
  /** What is to be said of the dense layers of the network, where it has any. */
  const aboutDense = computed(() => {
    const network = findBackbone(backbone.value);
    if (!network.withDense) return null;
    const obstacle = denseObstacle(network, { height: mapInput.value, width: mapInput.value });
    if (obstacle) return `${said(obstacle.message)} ${said(obstacle.remedy)}`;
    return dense.value.length > 0 ? t('network.cut.dense') : t('network.cut.noDense', { source: source.value ?? '' });
  });
  const fitting = computed(() => known.value.filter((each) => each.backbone === backbone.value));

  const classCount = computed(() => Math.max(2, useData().classes.length));
  const sized = computed(() => ({
    task: useSettings().settings.task,
    classes: classCount.value,
    pooling: pooling.value,
    channels: channels.value,
    input: mapInput.value,
  }));
  /** The input size that the counts are for. */
  const mapInput = computed(() => (cutsFit.value ? input.value : (summary.value?.input ?? 224)));
  const cutsFit = computed(() => {
    try {
      return cutsOf(backbone.value, input.value).length > 0;
    } catch {
      return false;
    }
  });
  const planned = computed(() => transferPlan(transfer.value, { cut: cut.value?.name, whole: whole.value }));
  const truncated = computed(() => modelSize(backbone.value, cut.value?.name, sized.value));
  const full = computed(() => wholeSize(backbone.value, cut.value?.name, sized.value));
  const blocked = computed(() => (cut.value ? null : t('network.noCut')));

  function set(choice: NetworkChoice): void {
    backbone.value = choice.backbone;
    chosenIndex.value = choice.cutIndex;
    source.value = choice.source;
  }

  /** Another backbone brings a cut and weights with it; the one that is chosen keeps its own. */
  function choose(name: string): void {
    untouched.value = false;
    if (name !== backbone.value) set(withBackbone(name, known.value));
  }

  function adopt(earlier: TrainingPlan): void {
    untouched.value = false;
    set(asPlanned(earlier, known.value));
    const { strategy, initialisation, classifier } = earlier;
    transfer.value = { strategy, initialisation, classifier };
    pooling.value = earlier.pooling;
    channels.value = earlier.channels;
  }

  function suggest(): void {
    const suggested = suggestedNetwork(known.value, sources.catalogue.result ?? []);
    set({ ...withBackbone(suggested.backbone, known.value), source: suggested.source });
  }

  async function refresh(): Promise<void> {
    const unread = sources.list.result === null;
    await sources.refresh();
    // Somebody else reads them just now, and goes on from here.
    if (sources.list.result === null) return;
    // Only once, and only where nobody was faster: later, all of it, null too, is a choice that was made.
    if (!unread || !untouched.value || backbone.value !== first.backbone) return;
    suggest();
    untouched.value = false;
  }

  const draft = (): NetworkDraft => ({
    backbone: backbone.value,
    cut: cut.value?.name ?? '',
    source: source.value,
    ...transfer.value,
    pooling: pooling.value,
    channels: channels.value,
  });
  function takeUp(kept: NetworkDraft | null): void {
    if (kept === null || !catalogue.some(({ name }) => name === kept.backbone)) {
      transfer.value = { ...FIRST_TRANSFER };
      pooling.value = 'average';
      channels.value = 3;
      if (sources.list.result !== null) suggest();
      else untouched.value = true;
      return;
    }
    untouched.value = false;
    const { strategy, initialisation, classifier } = kept;
    set({ ...asPlanned(kept, known.value), source: kept.source });
    transfer.value = { strategy, initialisation, classifier };
    pooling.value = kept.pooling;
    channels.value = kept.channels;
  }
  keepDraft('network', networkDraft, draft, takeUp);

  useChanges().onChange(['source'], refresh);

  return {
    catalogue,
    /** Changed by `choose` and `adopt` alone. */
    backbone: computed(() => backbone.value),
    source,
    cutIndex,
    pooling,
    channels,
    transfer,
    /** Strategy, cut, what layers start from and classifier, as a plan has them. */
    planned,
    summary,
    cuts,
    cut,
    whole,
    aboutDense,
    fitting,
    classCount,
    mapInput,
    truncated,
    full,
    blocked,
    choose,
    adopt,
    refresh,
  };
});
