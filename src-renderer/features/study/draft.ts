import { onScopeDispose, watch } from 'vue';
import type { z } from 'zod';
import { useStudy } from './studyStore.ts';

/** Milliseconds after the last key before what was typed is kept. */
const PAUSE = 300;

/**
 * Keeps what is typed in a room with the study, so that a reload, Back and a second window land where one was. To be called
 * in the setup of a store; it is kept for as long as the window is open.
 * @param room under this name; each room has its own
 * @param schema what is stored is checked by it, as another version may have stored it; what does not fit is left out
 * @param read the state to be kept, of reactive values
 * @param write takes a kept state over; null: a study in which nothing was typed yet
 */
export function keepDraft<T>(
  room: string,
  schema: z.ZodType<T>,
  read: () => T,
  write: (kept: T | null) => unknown,
): void {
  const study = useStudy();
  /** The study whose draft is in the room, and the text of what is stored of it. */
  let at: string | null = null;
  let stored = '';
  /** What was taken over last: what another version stored may never read the same again, and is taken over once. */
  let taken: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes on their way: what is read meanwhile, as with another room's change, may be from before them. */
  let sending = 0;

  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    const text = JSON.stringify(read());
    if (at === null || text === stored) return;
    stored = text;
    taken = undefined;
    sending++;
    study
      .edit({ draft: { [room]: JSON.parse(text) as unknown } }, at)
      .catch(() => {
        // Kept with the next change, or at the next attempt: the banner says that the engine is away.
        stored = '';
      })
      .finally(() => sending--);
  }

  watch(
    () => [study.id, study.details?.draft[room]] as const,
    ([id, kept]) => {
      if (id === null) return;
      const text = JSON.stringify(kept);
      if (id !== at) {
        // What was typed in the study before goes to that one.
        if (timer !== undefined) keep();
      } else if (timer !== undefined || sending > 0 || text === stored || text === taken) {
        return;
      }
      taken = text;
      const parsed = schema.safeParse(kept);
      at = id;
      write(parsed.success ? parsed.data : null);
      stored = JSON.stringify(read());
    },
    { immediate: true },
  );
  watch(
    () => JSON.stringify(read()),
    (text) => {
      clearTimeout(timer);
      timer = text === stored ? undefined : setTimeout(keep, PAUSE);
    },
  );
  const leaving = (): void => {
    if (timer !== undefined) keep();
  };
  onScopeDispose(leaving);
  // Before the page goes, or the laptop sleeps; stores also live where there is no page.
  if (typeof document === 'undefined') return;
  window.addEventListener('pagehide', leaving);
  document.addEventListener('visibilitychange', leaving);
  onScopeDispose(() => {
    window.removeEventListener('pagehide', leaving);
    document.removeEventListener('visibilitychange', leaving);
  });
}
