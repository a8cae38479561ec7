import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { suggestedNetwork } from '../../../src-main/backbone/suggest.ts';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { summarise } from '../../../src-main/backbone/inspect.ts';
import type { TrainingPlan } from '../../../src-main/contract/plan.ts';
import { cutsOf, modelSize } from '../../logic/network.ts';
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
import { t } from '../../text/index.ts';

/** The backbone, the choice of its weights, and the cut. All counts are derived here, without a call. */
export const useNetwork = defineStore('network', () => {
  const catalogue = backbones.map(summarise);
  const sources = useSources();
  const known = computed(() => sources.list.result ?? []);
  const first = withBackbone(catalogue[0]!.name, known.value);
  const backbone = ref(first.backbone);
  const source = ref(first.source);
  const cutIndex = ref(first.cutIndex);
  const pooling = ref<'average' | 'flatten'>('average');
  const channels = ref<TrainingPlan['channels']>(3);
  /** What is made of the backbone: strategy, what layers start from, classifier. */
  const transfer = ref<Transfer>({ ...FIRST_TRANSFER });
  /** Nobody has chosen yet: what is suggested follows the weights that there are. */
  const untouched = ref(true);

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
  const fitting = computed(() => known.value.filter((each) => each.backbone === backbone.value));

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
  const planned = computed(() => transferPlan(transfer.value, { cut: cut.value?.name, whole: whole.value }));
  const truncated = computed(() => sizeAt(cut.value?.name));
  const full = computed(() => sizeAt(undefined));
  const blocked = computed(() => (cut.value ? null : t('network.noCut')));

  function set(choice: NetworkChoice): void {
    backbone.value = choice.backbone;
    cutIndex.value = choice.cutIndex;
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
