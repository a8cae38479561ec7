import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { droppedFiles, droppedUrl, type DroppedFile } from './dropped.ts';
import { pageSecret } from '../../engine/connection.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { useHost } from '../../host/index.ts';
import { join } from '../../logic/format.ts';

/** Files that are sent at once: the loopback server writes them to disk. */
const PARALLEL = 4;

/**
 * Turns what was dropped on the window into a path. Electron knows it. A browser does not: the files are sent to the
 * loopback server, which keeps a copy of them in the workspace.
 */
export const useDrop = defineStore('drop', () => {
  const progress = ref<{ done: number; total: number } | null>(null);
  const error = shallowRef<CutpointError | null>(null);
  let abort: AbortController | null = null;

  /** What was dropped as a folder; null where it was not taken, and `error` then says why. */
  const take = (transfer: DataTransfer): Promise<string | null> =>
    pathOf(transfer, async (files) => {
      if (files.length === 0) {
        throw new CutpointError('FOLDER_EMPTY', 'What was dropped holds no files.', {
          remedy: 'Drop a folder of images.',
        });
      }
      return upload(files);
    });

  /**
   * What was dropped as a single file; null where it was not taken, and `error` then says why.
   * @param main of several files that belong together, the one that names the others
   */
  const takeFile = (transfer: DataTransfer, main: string): Promise<string | null> =>
    pathOf(transfer, async (files) => {
      const one = files.length === 1 ? files[0] : files.find(({ path }) => path === main);
      if (!one) {
        throw new CutpointError('INPUT_INVALID', `${files.length} files were dropped, and not one.`, {
          remedy: `Drop the one file; of a model in several, drop all with ${main}.`,
        });
      }
      return join(await upload(files), one.path);
    });

  async function pathOf(
    transfer: DataTransfer,
    copied: (files: DroppedFile[]) => Promise<string>,
  ): Promise<string | null> {
    error.value = null;
    const host = useHost();
    const first = transfer.files[0];
    if (host.dialogs && first) return host.pathOf(first);
    try {
      return await copied(await droppedFiles(transfer.items));
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
    return folder;
  }

  /** Whether a path is one of such copies. */
  function isCopy(path: string): boolean {
    const workspace = useConnection().doctor?.workspace;
    return workspace !== undefined && path.startsWith(join(join(workspace, 'dropped'), ''));
  }

  return { progress, error, take, takeFile, isCopy, cancel: () => abort?.abort() };
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
      remedy: 'Enter its path instead.',
    },
  );
}
