/**
 * Calls at once, and then at most once in `pause` milliseconds, the last time with what is newest.
 * `stop` drops what still waits.
 */
export function paced(act: () => unknown, pause: number): (() => void) & { stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  function call(): void {
    if (timer !== undefined) {
      again = true;
      return;
    }
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        call();
      }
    }, pause);
  }
  return Object.assign(call, {
    stop() {
      clearTimeout(timer);
      timer = undefined;
      again = false;
    },
  });
}
