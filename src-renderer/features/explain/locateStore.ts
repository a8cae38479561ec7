import { defineStore } from 'pinia';
import { reactive, ref, shallowReactive, shallowRef } from 'vue';
import { z } from 'zod';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { ExplainMethod, Localisation } from '../../../src-main/contract/explain.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { join } from '../../logic/format.ts';
import { keepDraft } from '../study/draft.ts';
import { useStudy } from '../study/studyStore.ts';
import { outlineOf } from './outline.ts';

/** Where the finding is on an image. */
export interface Finding {
  boxes: Localisation['perImage'][number]['region']['boxes'];
  /** Of a mask, as an SVG path in the pixels of the image. */
  outline: string | null;
}

const form = z.object({
  folder: z.string(),
  csv: z.string(),
  kind: z.enum(['boxes', 'masks']),
  column: z.string(),
  group: z.string(),
});
const nothing: z.infer<typeof form> = { folder: '', csv: '', kind: 'boxes', column: '', group: '' };

interface Network {
  id: string;
  cut: string | undefined;
}
interface Asked {
  class: string | undefined;
  method: ExplainMethod;
}
/** What a map on a finding is made of: of another method or layer nothing is said. */
export const hitKey = ({ id, cut }: Network, { class: name, method }: Asked, path: string): string =>
  JSON.stringify([id, cut, name, method, path]);

/** Whether maps lie on the findings that a table gives. */
export const useLocate = defineStore('locate', () => {
  const typed = reactive({ ...nothing });
  keepDraft('explain.locate', form, () => ({ ...typed }), (kept) => Object.assign(typed, kept ?? nothing)); // prettier-ignore
  const results = shallowRef<readonly { run: string; found: Localisation }[]>([]);
  /** By the path of the image. */
  const findings = shallowReactive(new Map<string, Finding>());
  /** What was found of an image with a run's map, by `hitKey`. */
  const hits = shallowReactive(new Map<string, Localisation['perImage'][number]>());
  const progress = ref<{ done: number; total: number } | null>(null);
  const error = shallowRef<CutpointError | null>(null);
  let masks = new Map<string, { folder: string; file: string }>();
  let abort: AbortController | null = null;

  const folderOf = (): string => typed.folder.trim() || (useStudy().folder ?? '');

  async function locate(runs: readonly Network[], asked: Asked): Promise<void> {
    abort?.abort();
    const mine = (abort = new AbortController());
    error.value = null;
    const folder = folderOf();
    const regions = {
      ...{ folder, csv: typed.csv.trim() },
      ...(typed.group.trim() && { groupColumn: typed.group.trim() }),
      column: { kind: typed.kind, name: typed.column.trim() },
    };
    const study = useStudy().id;
    try {
      const all: { run: string; found: Localisation }[] = [];
      for (const { id, cut } of runs) {
        const found = await useConnection().call(
          'explain.localise',
          { run: id, cut, class: asked.class, method: asked.method, regions, ...(study !== null && { study }) },
          { signal: mine.signal, onProgress: (event) => (progress.value = event) },
        );
        all.push({ run: id, found });
      }
      results.value = all;
      findings.clear();
      hits.clear();
      for (const [at, { found }] of all.entries())
        for (const each of found.perImage) hits.set(hitKey(runs[at]!, asked, join(folder, each.file)), each);
      masks = new Map();
      for (const { file, region } of all[0]?.found.perImage ?? []) {
        findings.set(join(folder, file), { boxes: region.boxes, outline: null });
        if (region.mask !== null) masks.set(join(folder, file), { folder, file: region.mask });
      }
    } catch (thrown) {
      if (!mine.signal.aborted) error.value = CutpointError.from(thrown);
    } finally {
      if (abort === mine) progress.value = null;
    }
  }

  /** Reads the mask of an image that is on screen. */
  async function outline(path: string): Promise<void> {
    const mask = masks.get(path);
    if (mask === undefined) return;
    masks.delete(path);
    const read = await useConnection()
      .call('data.pixels', mask)
      .catch(() => null);
    if (!read || read.type !== 'uint8') return;
    const { width, height, channels, samples } = read;
    const inside = Uint8Array.from({ length: width * height }, (_, i) => Number(samples[i * channels]! > 127));
    findings.set(path, { boxes: [], outline: outlineOf(inside, width, height) });
  }

  return { typed, results, findings, hits, progress, error, folderOf, locate, outline, stop: () => abort?.abort() };
});
