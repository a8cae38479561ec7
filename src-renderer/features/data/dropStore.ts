import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { droppedFiles, droppedUrl, type DroppedFile } from './dropped.ts';
import { pageSecret } from '../../engine/connection.ts';
import { useHost } from '../../host/index.ts';

/** Files that are sent at once: the loopback server writes them to disk. */
const PARALLEL = 4;

/**
 * Turns what was dropped on the window into a folder. Electron knows its path. A browser does not: the files are sent to
 * the loopback server, which keeps a copy of them in the workspace.
 */
export const useDrop = defineStore('drop', () => {
  const progress = ref<{ done: number; total: number } | null>(null);
  const error = shallowRef<CutpointError | null>(null);
  /** The folder that holds copies of dropped files; null while nothing was copied. */
  const copiedTo = ref<string | null>(null);
  let abort: AbortController | null = null;

  async function take(transfer: DataTransfer): Promise<string | null> {
    error.value = null;
    const host = useHost();
    const first = transfer.files[0];
    if (host.dialogs && first) return host.pathOf(first);
    try {
      const files = await droppedFiles(transfer.items);
      if (files.length === 0) {
        throw new CutpointError('FOLDER_EMPTY', 'What was dropped holds no files.', {
          remedy: 'Drop a folder of images.',
        });
      }
      return await upload(files);
    } catch (thrown) {
      if (!abort?.signal.aborted) error.value = CutpointError.from(thrown);
      return null;
    } finally {
      progress.value = null;
      abort = null;
    }
  }

  async function upload(files: DroppedFile[]): Promise<string> {
    const drop = crypto.randomUUID();
    const { signal } = (abort = new AbortController());
    const waiting = [...files];
    progress.value = { done: 0, total: files.length };
    const send = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await request('PUT', droppedUrl(drop, next.path), signal, next.file);
        if (progress.value) progress.value.done += 1;
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, send));
    const answer = await request('POST', `/dropped/${drop}/done`, signal);
    const { folder } = (await answer.json()) as { folder: string };
    copiedTo.value = folder;
    return folder;
  }

  return { progress, error, copiedTo, take, cancel: () => abort?.abort() };
});

async function request(method: string, url: string, signal: AbortSignal, body?: File): Promise<Response> {
  const answer = await fetch(url, { method, body: body ?? null, headers: { 'Cutpoint-Secret': pageSecret() }, signal });
  if (answer.ok) return answer;
  const reply = (await answer.json().catch(() => null)) as { code?: string; message?: string } | null;
  if (reply?.code && reply.message) throw CutpointError.fromReply(reply as never);
  throw new CutpointError(
    'FILE_NOT_READABLE',
    `A dropped file could not be handed over (HTTP status ${answer.status}).`,
    {
      remedy: 'Enter the path of the folder instead.',
    },
  );
}
