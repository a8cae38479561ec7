import { defineStore } from 'pinia';
import { computed, reactive, watch } from 'vue';
import { lastPart } from '../../logic/format.ts';
import { COMMON_PREPROCESSING } from '../../../src-main/contract/preprocessing.ts';
import { fitOf, type PreprocessingChoice } from './sources.ts';
import { task } from '../../engine/task.ts';

/** Pretrained weights: those of the workspace, those that are known to exist, and the file being added. */
export const useSources = defineStore('sources', () => {
  const list = task('source.list');
  const catalogue = task('catalogue.list');
  const inspecting = task('source.inspect');
  const adding = task('source.add');
  const downloading = task('catalogue.download');
  const empty = {
    file: '',
    name: '',
    partial: false,
    catalogue: null as string | null,
    /** Which copy of the network, where the file holds several. */
    weights: null as string | null,
    preprocessing: 'published' as PreprocessingChoice,
  };
  const form = reactive({ ...empty });

  const fit = computed(() => (inspecting.result ? fitOf(inspecting.result) : null));
  const addable = computed(
    () => form.name.trim() !== '' && (fit.value === 'whole' || (fit.value === 'part' && form.partial)),
  );

  /** The name that nobody typed. */
  let offered = '';
  // What was seen in one file says nothing of another.
  watch(
    () => form.file,
    () => {
      // It was looked into: its name and its entry of the catalogue go with it.
      if (inspecting.result) {
        if (form.name === offered) form.name = '';
        form.catalogue = null;
      }
      inspecting.reset();
      form.partial = false;
      form.weights = null;
    },
    { flush: 'sync' },
  );

  async function refresh(): Promise<void> {
    await Promise.all([list.run({}), catalogue.run({})]);
  }

  const copy = () => (form.weights === null ? {} : { weights: form.weights });

  async function inspect(backbone: string): Promise<void> {
    form.partial = false;
    adding.reset();
    await inspecting.run({ file: form.file.trim(), backbone, ...copy() });
    if (form.name === '') form.name = offered = lastPart(form.file.trim()).replace(/(\.weights)?\.[a-z0-9]+$/i, '');
  }

  /** Adds the file that was looked into; answers with the new source's name. */
  async function add(backbone: string): Promise<string | null> {
    const { file, name, partial, catalogue: entry } = form;
    const expected = form.preprocessing;
    const added = await adding.run({
      file: file.trim(),
      backbone,
      name: name.trim(),
      partial,
      ...copy(),
      ...(entry === null ? {} : { catalogue: entry }),
      ...(expected === 'published' ? {} : { preprocessing: COMMON_PREPROCESSING[expected].values }),
    });
    if (!added) return null;
    // It is chosen at once, and must be there then.
    await refresh();
    Object.assign(form, empty);
    return added.source.name;
  }

  /** Fetches a file of the catalogue, and looks into it. */
  async function download(entry: { id: string; backbone: string }): Promise<void> {
    const fetched = await downloading.run({ id: entry.id });
    if (!fetched) return;
    offered = entry.id;
    Object.assign(form, { file: fetched.file, name: entry.id, catalogue: entry.id });
    await inspect(entry.backbone);
  }

  return { list, catalogue, inspecting, adding, downloading, form, fit, addable, refresh, inspect, add, download };
});
