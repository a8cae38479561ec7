/** Wrong tokens in a minute from which on the next is not even answered with a reason. */
const MOST = 20;
const MINUTE = 60_000;

/** Counts wrong tokens. A right one always opens, so that nobody can lock the user out by guessing. */
export function createAttempts(warn: (line: string) => void): { wrong(): void; tooMany(): boolean } {
  let since = -Infinity;
  let count = 0;
  return {
    wrong() {
      const now = performance.now();
      if (now - since > MINUTE) [since, count] = [now, 0];
      count += 1;
      if (count === MOST) warn(`${MOST} wrong links were tried within a minute; none of them opened Cutpoint.`);
    },
    tooMany: () => count >= MOST && performance.now() - since <= MINUTE,
  };
}
