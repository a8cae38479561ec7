import { defineStore } from 'pinia';
import { computed, reactive, watch } from 'vue';
import {
  precisionInput,
  sampleInput,
  testSampleOf,
  type PrecisionInput,
} from '../../../../src-main/contract/precision.ts';
import type { ImageRow } from '../../../../src-main/contract/images.ts';
import { labelsIn, NO_LABEL } from '../../../../src-main/contract/labelRows.ts';
import { task } from '../../../engine/task.ts';
import { useImages } from '../../data/imagesStore.ts';
import { useStudy } from '../../study/studyStore.ts';
import { usePlan } from '../planStore.ts';

/** What a person may say in the place of what was counted. */
const COUNTED = ['patients', 'imagesPerPatient', 'prevalence'] as const;

const having = ({ own, name }: { own: readonly ImageRow[]; name: string }): number =>
  own.filter(({ label }) => label === name).length;

/** How sure the figures of the test set will be: counted as the split has it, or as a person says. */
export const usePrecision = defineStore('precision', () => {
  const images = useImages();
  const plan = usePlan();
  const asking = task('plan.precision');

  /** Guesses, the width that is wanted, and what is said in the place of what was counted; NaN: just being typed. */
  const first = () => ({
    ...{ auroc: 0.85, sensitivity: 0.8, specificity: 0.8, icc: 1, width: 0.05 },
    ...({} as Partial<Record<(typeof COUNTED)[number] | 'threshold', number>>),
  });
  const said = reactive(first());
  watch(
    () => useStudy().id,
    () => setBack(),
  );
  function setBack(): void {
    for (const name of [...COUNTED, 'threshold'] as const) delete said[name];
  }

  /** The images of a separate test folder are counted in the room Data, and not with every key of its path. */
  const elsewhere = computed(() => plan.plan.test !== undefined);
  const sample = computed(() => (elsewhere.value ? null : sampleOf(images.rows.filter(({ part }) => part === 'test'))));
  /** Of several labels, of the one that the fewest images have. */
  function sampleOf(rows: readonly ImageRow[]) {
    if (!images.several) return testSampleOf(rows, plan.positive);
    const [rarest] = [...new Set(rows.flatMap(({ label }) => labelsIn(label)))]
      .map((name) => rows.map((row) => ({ ...row, label: labelsIn(row.label).includes(name) ? name : NO_LABEL })))
      .map((own) => ({ own, name: own.find(({ label }) => label !== NO_LABEL)!.label }))
      .sort((a, b) => having(a) - having(b));
    return rarest ? testSampleOf(rarest.own, rarest.name) : null;
  }
  const input = computed<Partial<PrecisionInput>>(() => ({ ...(sample.value && sampleInput(sample.value)), ...said }));
  /** Which of them a person gave that is not allowed, by name. What nobody gave yet is no mistake. */
  const issues = computed<ReadonlySet<PropertyKey>>(() => {
    const { error } = precisionInput.safeParse(input.value);
    return new Set(
      error?.issues
        .map(({ path }) => path[0]!)
        .filter((name) => input.value[name as keyof PrecisionInput] !== undefined),
    );
  });
  const isOwn = computed(() => COUNTED.every((name) => said[name] === undefined));
  watch(
    () => JSON.stringify(input.value),
    () => {
      const parsed = precisionInput.safeParse(input.value);
      if (parsed.success) void asking.run(parsed.data);
      else if (sample.value === null && isOwn.value) asking.reset();
    },
    { immediate: true },
  );

  return { asking, said, sample, elsewhere, input, issues, isOwn, setBack };
});
