import { shallowReactive } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { InputOf, ProgressOf } from '../../../src-main/contract/index.ts';
import type { JobEvent, JobMethod, JobRow } from '../../../src-main/contract/job.ts';
import { takeUp } from '../../../src-main/rpc/takeUp.ts';
import { useConnection } from '../../engine/connectionStore.ts';

/** A job as a room shows it: begun here or found going on, and followed until it has ended. */
export interface WatchedJob<M extends JobMethod> {
  id: string | null;
  running: boolean;
  progress: ProgressOf<M> | null;
  error: CutpointError | null;
  start(input: InputOf<M>): Promise<void>;
  /** Follows one that goes on already, whoever began it. */
  follow(id: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param told hears what the job reports
 * @param ended is called when it has ended, however it did
 */
export function watchedJob<M extends JobMethod>(
  method: M,
  { told, ended }: { told?: (event: ProgressOf<M>) => void; ended: () => void },
): WatchedJob<M> {
  const self: WatchedJob<M> = shallowReactive({
    id: null,
    running: false,
    progress: null,
    error: null,
    async start(input: InputOf<M>) {
      if (self.running) return;
      Object.assign(self, { running: true, error: null, progress: null });
      try {
        await watch(await useConnection().call('job.start', { method, input }));
      } catch (thrown) {
        Object.assign(self, { running: false, error: CutpointError.from(thrown) });
      }
    },
    async follow(id: string) {
      if (self.running) return;
      Object.assign(self, { running: true, error: null, progress: null });
      await watch({ id }).catch((thrown: unknown) => {
        Object.assign(self, { running: false, error: CutpointError.from(thrown) });
      });
    },
    async stop() {
      if (self.id !== null) await useConnection().call('job.cancel', { id: self.id });
    },
  });

  async function watch({ id }: Pick<JobRow, 'id'>): Promise<void> {
    self.id = id;
    const connection = useConnection();
    const row = await takeUp<JobEvent, JobRow>(
      async (after, onProgress) => connection.call('job.watch', { id, after }, { onProgress }),
      ({ event }) => {
        const heard = event as ProgressOf<M>;
        self.progress = heard;
        told?.(heard);
      },
      () => connection.again(),
    );
    const { code, message, remedy } = row.error ?? {};
    const failed =
      message === undefined
        ? null
        : CutpointError.fromReply({ code: code as 'DEFECT', message, ...(remedy !== undefined && { remedy }) });
    Object.assign(self, { running: false, id: null, progress: null, error: failed });
    ended();
  }
  return self;
}
