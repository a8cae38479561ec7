import { CutpointError, type ErrorCode } from '../contract/errors.ts';
import type { Numbered } from '../contract/stream.ts';

/** With these a process, or the way to it, is gone: what was asked may well go on. */
const BROKEN: readonly ErrorCode[] = ['CONNECTION_LOST', 'ENGINE_CRASHED'];

/**
 * Follows a stream to its end across lost connections and engines that end: it is taken up again after the last event heard.
 * @param watch follows it over the connection there is just now, after an event
 * @param again resolves once there is a connection again; throws where there will be none
 * @throws what `watch` throws for another reason, and what `again` throws
 */
export async function takeUp<E extends object, R>(
  watch: (after: string | undefined, hear: (event: Numbered<E>) => void) => Promise<R>,
  listener: (event: Numbered<E>) => void,
  again: (lost: CutpointError) => Promise<void>,
): Promise<R> {
  let after: string | undefined;
  const hear = (event: Numbered<E>): void => {
    listener(event);
    after = event.id ?? after;
  };
  for (;;) {
    try {
      return await watch(after, hear);
    } catch (thrown) {
      const error = CutpointError.from(thrown);
      if (!BROKEN.includes(error.code)) throw thrown;
      await again(error);
    }
  }
}
