import { defineStore } from 'pinia';
import { computed, reactive } from 'vue';
import { PRETRAINING } from '../../../../src-main/contract/source.ts';
import type { Nature } from '../../../../src-main/contract/origin.ts';
import { useChanges } from '../../../engine/changesStore.ts';
import { task } from '../../../engine/task.ts';

/** The sources of the workspace and the runs that are to become one, and what is typed to make one. */
export const useOwnSources = defineStore('ownSources', () => {
  const list = task('source.list');
  const wishes = task('source.wishes');
  const shown = task('source.get');
  const reading = task('study.get');
  const training = task('source.train');
  const taking = task('source.fromRun');
  const { input, epochs, batch, learningRate } = PRETRAINING;
  const form = reactive({
    study: '',
    backbone: 'resnet18',
    /** Empty: random weights. */
    source: '',
    name: '',
    nature: 'unknown' as Nature,
    ...{ input: input as number, epochs: epochs as number, batch: batch as number, rate: learningRate as number },
  });
  const take = reactive({ run: '', name: '', nature: 'unknown' as Nature });
  const fitting = computed(() => (list.result ?? []).filter(({ backbone }) => backbone === form.backbone));

  async function refresh(): Promise<void> {
    await Promise.all([list.run({}), wishes.run({})]);
  }

  /** Starts the run that becomes a source. @returns it, null where it was refused */
  async function train() {
    const selection = (await reading.run({ id: form.study }))?.selection;
    if (!selection) return null;
    const { backbone, source, name, nature, study, rate: learningRate, ...settings } = form;
    const started = await training.run({
      ...{ data: selection, study, backbone, nature, learningRate, ...settings },
      ...{ name: name.trim(), source: source === '' ? null : source },
    });
    if (started) form.name = '';
    return started;
  }

  async function takeOver(): Promise<string | null> {
    const source = await taking.run({ ...take, name: take.name.trim() });
    if (!source) return null;
    Object.assign(take, { run: '', name: '' });
    return source.name;
  }

  useChanges().onChange(['source'], refresh, { madeOn: ['run'] });
  return { list, wishes, shown, reading, training, taking, form, take, fitting, refresh, train, takeOver };
});
