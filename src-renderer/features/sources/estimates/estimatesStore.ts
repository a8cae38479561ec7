import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { backbones } from '../../../../src-main/backbone/zoo/index.ts';
import type { OutputOf } from '../../../../src-main/contract/index.ts';
import type { RankedSource } from '../../../../src-main/contract/transferability.ts';
import { useChanges } from '../../../engine/changesStore.ts';
import { task } from '../../../engine/task.ts';
import { useStudy } from '../../study/studyStore.ts';

/** Sources of one network on the images of a study, side by side: what is chosen, what was measured, how estimates ranked. */
export const useSourceEstimates = defineStore('sourceEstimates', () => {
  const study = useStudy();
  const known = task('source.list');
  const measuring = task('transferability.sources');
  const correlating = task('transferability.correlation');
  const reading = task('study.get');

  const chosenStudy = ref<string | null>(null);
  const backbone = ref<string | null>(null);
  const left = ref<readonly string[]>([]);
  const random = ref(true);
  const input = ref(backbones[0]!.input);
  const report = shallowRef<OutputOf<'transferability.sources'> | null>(null);

  /** Those with images, the open one first. */
  const studies = computed(() =>
    study.rows
      .filter(({ folder }) => folder !== null)
      .toSorted((a, b) => Number(b.id === study.id) - Number(a.id === study.id)),
  );
  const studyId = computed(() => chosenStudy.value ?? studies.value[0]?.id ?? null);
  /** Networks of which there are weights. */
  const networks = computed(() => [...new Set((known.result ?? []).map((each) => each.backbone))].sort());
  const network = computed(() => backbone.value ?? networks.value[0] ?? null);
  const sources = computed(() => (known.result ?? []).filter((each) => each.backbone === network.value));
  const taken = computed<RankedSource[]>(() => [
    ...sources.value.flatMap(({ name }): RankedSource[] =>
      left.value.includes(name) ? [] : [{ kind: 'source', name }],
    ),
    ...(random.value ? [{ kind: 'random', seed: 0 } as const] : []),
  ]);
  const ready = computed(() => studyId.value !== null && network.value !== null && taken.value.length > 0);

  watch(network, (name) => {
    input.value = backbones.find((each) => each.name === name)?.input ?? input.value;
  });
  // What was measured of others is no answer to what is chosen now.
  watch([studyId, network], () => {
    report.value = null;
    measuring.reset();
    correlating.reset();
  });

  function leave(name: string, out: boolean): void {
    left.value = out ? [...left.value, name] : left.value.filter((each) => each !== name);
  }

  async function measure({ again = false } = {}): Promise<void> {
    if (!ready.value) return;
    const of = await reading.run({ id: studyId.value! });
    if (!of?.selection) return;
    report.value = await measuring.run({
      ...{ backbone: network.value!, sources: taken.value, data: of.selection, input: input.value },
      ...{ study: of.id, again },
    });
    await correlate();
  }

  async function correlate(): Promise<void> {
    const job = report.value?.origin?.job;
    if (job !== undefined) await correlating.run({ from: { kind: 'job', id: job } });
  }

  useChanges().onChange(['source'], () => known.run({}));
  useChanges().onChange(['run'], correlate);

  return {
    ...{ known, measuring, correlating, reading, report },
    ...{ studies, studyId, chosenStudy, networks, network, backbone, sources, left, random, input, taken, ready },
    ...{ leave, measure },
  };
});
