import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CutCurves } from '../../../src-main/contract/cutCurves.ts';
import type { ComparisonEvent, ComparisonSummary } from '../../../src-main/contract/comparison/index.ts';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { InputOf } from '../../../src-main/contract/index.ts';
import type { CutLatency } from '../../../src-main/contract/latency.ts';
import { takeUp } from '../../../src-main/rpc/takeUp.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';
import { useJobs } from '../jobs/jobsStore.ts';
import { useStudy } from '../study/studyStore.ts';
import { useSettings } from '../train/settingsStore.ts';
import { useNetwork } from './networkStore.ts';
import { panelsOf, type CutEstimate } from './panels.ts';
import { watchedJob } from './watchedJob.ts';

type SearchPlan = InputOf<'comparison.start'>;

/** What was measured at the cuts of the network on screen, and what is being measured. */
export const useCurves = defineStore('curves', () => {
  const network = useNetwork();
  const study = useStudy();
  const reading = task('backbone.curves');
  const curves = shallowRef<CutCurves | null>(null);
  /** Cuts that are being measured, as they come. */
  const growing = shallowRef<readonly CutLatency[]>([]);

  const probing = watchedJob('probe.sweep', { ended: () => void refresh() });
  const timing = watchedJob('backbone.latency', {
    told: ({ measured }) => {
      if (measured) growing.value = [...growing.value.filter(({ cut }) => cut !== measured.cut), measured];
    },
    ended: () => void refresh().then(() => (growing.value = [])),
  });

  async function refresh(): Promise<void> {
    const backbone = network.backbone;
    if (study.id === null) return;
    const found = await reading.run({ backbone, study: study.id });
    if (found && backbone === network.backbone) curves.value = found;
  }

  /** The newest measurement of the network at the size of the images. */
  const latency = computed(
    () =>
      curves.value?.latencies.find(
        ({ backbone, input }) => backbone === network.backbone && input === network.mapInput,
      ) ?? null,
  );
  /** The estimate of transferability on screen, and how it ranked what was measured. */
  const estimate = ref<CutEstimate | null>(null);
  const correlating = task('transferability.correlation');
  const probed = computed(() =>
    curves.value?.backbone === network.backbone ? (curves.value.probes[0] ?? null) : null,
  );
  watch([estimate, probed, curves], () => {
    if (estimate.value !== null && probed.value) void correlating.run({ from: probed.value.from });
    else correlating.reset();
  });
  const panels = computed(() => {
    const known = curves.value?.backbone === network.backbone ? curves.value : null;
    const { probes = [], similarities = [], runs = [] } = known ?? {};
    const measured = growing.value.length > 0 ? growing.value : (latency.value?.cuts ?? []);
    return panelsOf(network.cuts, {
      ...{ backbone: network.backbone, probes, similarities, runs, latency: measured },
      estimate: estimate.value,
    });
  });

  function measureLatency(): Promise<void> {
    growing.value = [];
    const { backbone, mapInput, classCount, pooling, channels, cuts, cut } = network;
    const names = cuts.filter((each) => each.endsBlock || each === cut).map(({ name }) => name);
    const input = { backbone, cuts: names, input: mapInput, classes: classCount, pooling, channels };
    return timing.start({ ...input, ...(study.id !== null && { study: study.id }) });
  }

  /** @param estimates measures those that take longer, too */
  function probe(data: InputOf<'probe.sweep'>['data'], { estimates = false } = {}): Promise<void> {
    const { backbone, source, channels, mapInput } = network;
    const { fit, split, seed, engine } = useSettings().settings;
    return probing.start({
      network: { kind: 'backbone', backbone, source },
      ...{ data, estimates },
      ...{ input: mapInput, channels, fit, split, seed, engine },
      ...(study.id !== null && { study: study.id }),
    });
  }

  // Search

  const search = shallowRef<{ id: string; event: ComparisonEvent | null } | null>(null);
  const found = shallowRef<ComparisonSummary | null>(null);
  const searchError = shallowRef<CutpointError | null>(null);

  async function find(plan: SearchPlan): Promise<void> {
    searchError.value = null;
    found.value = null;
    try {
      const { id } = await useConnection().call('comparison.start', {
        ...plan,
        ...(study.id !== null && { study: study.id }),
      });
      await followSearch(id);
    } catch (thrown) {
      search.value = null;
      searchError.value = CutpointError.from(thrown);
    }
  }

  /** @throws CutpointError where it is not known, or cannot be followed */
  async function followSearch(id: string): Promise<void> {
    search.value = { id, event: null };
    const connection = useConnection();
    const ended = await takeUp<ComparisonEvent, ComparisonSummary>(
      async (after, onProgress) => connection.call('comparison.watch', { id, after }, { onProgress }),
      (event) => {
        if (event.kind === 'cell' || event.kind === 'message') search.value = { id, event };
      },
      () => connection.again(),
    );
    search.value = null;
    found.value = ended;
    if (ended.error) {
      const { code, message, remedy } = ended.error;
      searchError.value = CutpointError.fromReply({
        code: code as 'DEFECT',
        message,
        ...(remedy !== undefined && { remedy }),
      });
    }
    await refresh();
  }

  const stopSearch = async (): Promise<void> => {
    if (search.value) await useConnection().call('comparison.stop', { id: search.value.id });
  };

  async function takeUpSearch(id: string, backbone: string): Promise<void> {
    if (search.value !== null) return;
    const { plan } = await useConnection().call('comparison.get', { id });
    if (plan.kind === 'search' && plan.base.backbone === backbone && search.value === null)
      followSearch(id).catch(() => (search.value = null));
  }

  /** After a reload: what goes on in the study is followed again. */
  async function takeUpActive(): Promise<void> {
    const { backbone } = network;
    for (const { kind, id } of study.details?.active ?? []) {
      if (kind === 'comparison') await takeUpSearch(id, backbone);
      const method = kind === 'job' ? useJobs().rows.find((job) => job.id === id)?.method : undefined;
      if (method !== 'probe.sweep' && method !== 'backbone.latency') continue;
      const { input } = await useConnection().call('job.get', { id });
      const of = input as { backbone?: string; network?: { backbone?: string } };
      if ((of.backbone ?? of.network?.backbone) !== backbone) continue;
      void (method === 'probe.sweep' ? probing : timing).follow(id);
    }
  }
  watch([() => study.details?.active, () => useJobs().rows], () => takeUpActive().catch(() => {}));
  watch([() => network.backbone, () => study.id], () => {
    curves.value = null;
    growing.value = [];
    found.value = null;
    void refresh();
  });
  useChanges().onChange(['job', 'run', 'comparison'], refresh);

  return {
    ...{ estimate, correlating, probed },
    ...{ reading, curves, panels, latency, growing, probing, timing, search, found, searchError },
    ...{ refresh, measureLatency, probe, find, stopSearch },
  };
});
