import { defineStore } from 'pinia';
import { computed, reactive, shallowRef } from 'vue';
import { suggestedNetwork } from '../../../../src-main/backbone/suggest.ts';
import type { DataMeasures, DistanceReport, FisherMode } from '../../../../src-main/contract/distance.ts';
import type { DataSelection } from '../../../../src-main/contract/data.ts';
import { CutpointError } from '../../../../src-main/contract/errors.ts';
import { ACCEPT_ALL } from '../../../../src-main/contract/findings.ts';
import type { OutputOf } from '../../../../src-main/contract/index.ts';
import type { SourceSummary } from '../../../../src-main/contract/source.ts';
import { useChanges } from '../../../engine/changesStore.ts';
import { useConnection } from '../../../engine/connectionStore.ts';
import { task } from '../../../engine/task.ts';
import { useStudy } from '../../study/studyStore.ts';

type Embedding = OutputOf<'distance.embed'>;

/** What was embedded of each study, for what is to be said beside a distance. */
export interface EmbeddedStudy {
  name: string;
  embedding: Embedding;
}

/** Distances between the data of studies, and what can be measured of their images. */
export const useDistances = defineStore('distances', () => {
  const study = useStudy();
  const sources = task('source.list');
  const catalogue = task('catalogue.list');
  const embedding = task('distance.embed');
  const measuring = task('distance.measure');
  const form = reactive({
    /** Ids of studies. */
    chosen: [] as string[],
    /** Name of the probe's weights; '': what is suggested. */
    source: '',
    input: 96,
    mode: 'perImage' as FisherMode,
    of: 'whole' as 'whole' | 'subsets',
    subsets: 100,
    /** Percent. */
    share: 1,
  });
  const report = shallowRef<DistanceReport | null>(null);
  const embedded = shallowRef<readonly EmbeddedStudy[]>([]);
  const measures = shallowRef<ReadonlyMap<string, DataMeasures>>(new Map());
  /** Which study is being read just now. */
  const doing = shallowRef<{ name: string; at: number } | null>(null);
  const error = shallowRef<CutpointError | null>(null);

  useChanges().onChange(['source'], async () => {
    await Promise.all([sources.run({}), catalogue.run({})]);
  });

  /** Studies of which it is known where their images lie. */
  const studies = computed(() => study.rows.filter(({ folder }) => folder !== null));
  const picked = computed(() => studies.value.filter(({ id }) => form.chosen.includes(id)));
  const whole = computed(() => (sources.result ?? []).filter(({ missing }: SourceSummary) => missing === 0));
  const network = computed(() => {
    const found = whole.value.find(({ name }) => name === form.source);
    const { backbone, source } = found
      ? { backbone: found.backbone, source: found.name }
      : suggestedNetwork(sources.result ?? [], catalogue.result ?? []);
    return { kind: 'backbone' as const, backbone, source };
  });
  const running = computed(() => doing.value !== null);

  async function selectionOf(id: string): Promise<DataSelection> {
    const { selection, name } = await useConnection().call('study.get', { id });
    if (selection) return selection;
    throw new CutpointError('INPUT_INVALID', `The study '${name}' has no images yet.`, {
      remedy: 'Choose its images first.',
    });
  }

  /** Does something with each study that is chosen, one after the other; false where it failed or was cancelled. */
  async function each(work: (study: { id: string; name: string }, data: DataSelection) => Promise<boolean>) {
    error.value = null;
    try {
      for (const [at, { id, name }] of picked.value.entries()) {
        doing.value = { name, at };
        if (!(await work({ id, name }, await selectionOf(id)))) return false;
      }
      return true;
    } catch (thrown) {
      error.value = CutpointError.from(thrown);
      return false;
    } finally {
      doing.value = null;
    }
  }

  /** Embeds the studies that are chosen, as far as that is not kept, and compares them. */
  async function compare(): Promise<void> {
    const found: (EmbeddedStudy & { job: string })[] = [];
    const asked = {
      ...{ network: network.value, input: form.input, mode: form.mode, accept: [ACCEPT_ALL] },
      ...(form.of === 'subsets' && { subsets: { count: form.subsets, share: form.share / 100 } }),
    };
    const done = await each(async ({ id, name }, data) => {
      const result = await embedding.run({ ...asked, data, study: id });
      if (result?.origin) found.push({ name, embedding: result, job: result.origin.job });
      return result !== null;
    });
    if (!done) return;
    try {
      const of = found.map(({ job, name }) => ({ job, name }));
      report.value = await useConnection().call('distance.compare', { of });
      embedded.value = found;
    } catch (thrown) {
      error.value = CutpointError.from(thrown);
    }
  }

  /** Measures the images of the studies that are chosen. */
  async function measure(): Promise<void> {
    await each(async ({ id, name }, data) => {
      const result = await measuring.run({ network: network.value, input: form.input, data, study: id });
      if (result) measures.value = new Map([...measures.value, [name, result]]);
      return result !== null;
    });
  }

  function cancel(): void {
    embedding.cancel();
    measuring.cancel();
  }

  return {
    ...{
      form,
      studies,
      picked,
      whole,
      network,
      running,
      doing,
      embedding,
      measuring,
      report,
      embedded,
      measures,
      error,
    },
    ...{ compare, measure, cancel },
  };
});
