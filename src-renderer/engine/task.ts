import { shallowReactive } from 'vue';
import { CutpointError } from '../../src-main/contract/errors.ts';
import type { InputOf, MethodName, OutputOf, ProgressOf } from '../../src-main/contract/index.ts';
import { useConnection } from './connectionStore.ts';

/** One call to the engine as the window shows it: whether it runs, how far it is, what came of it, what went wrong. */
export interface Task<M extends MethodName> {
  running: boolean;
  progress: ProgressOf<M> | null;
  result: OutputOf<M> | null;
  /** Kept until the next attempt or until dismissed. */
  error: CutpointError | null;
  /** Null where it failed or was cancelled; `error` then says why. */
  run(input: InputOf<M>): Promise<OutputOf<M> | null>;
  cancel(): void;
  reset(): void;
}

export function task<M extends MethodName>(method: M): Task<M> {
  let abort: AbortController | null = null;
  const self: Task<M> = shallowReactive({
    running: false,
    progress: null,
    result: null,
    error: null,
    async run(input: InputOf<M>) {
      abort?.abort();
      const mine = (abort = new AbortController());
      Object.assign(self, { running: true, progress: null, error: null });
      try {
        const result = await useConnection().call(method, input, {
          signal: mine.signal,
          onProgress: (event) => {
            if (abort === mine) self.progress = event;
          },
        });
        if (abort === mine) self.result = result;
        return result;
      } catch (thrown) {
        if (abort === mine) self.error = CutpointError.from(thrown);
        return null;
      } finally {
        if (abort === mine) Object.assign(self, { running: false, progress: null });
      }
    },
    cancel() {
      abort?.abort();
    },
    reset() {
      abort?.abort();
      abort = null;
      Object.assign(self, { running: false, progress: null, result: null, error: null });
    },
  });
  return self;
}
