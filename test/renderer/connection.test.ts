// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { openConnection } from '../../src-renderer/engine/connection.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A socket that is never opened; what is told of it is what the test tells. */
class Unanswered extends EventTarget {
  static latest: Unanswered;
  constructor() {
    super();
    Unanswered.latest = this;
  }
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

it.each([
  ['that is closed without an error', () => Unanswered.latest.close()],
  ['that ends with an error', () => Unanswered.latest.dispatchEvent(new Event('error'))],
  ['that nobody answers', () => vi.advanceTimersByTime(10_000)],
])('a connection %s is lost, so that it is tried again', async (_, happens) => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Unanswered);
  const opened = openConnection({ onEngine() {}, onLost() {} });
  happens();
  await expect(opened).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
});
