import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from '../../../src-main/engine/train/pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const plan = { epochs: 4, finished: 1, images: 10, forwardImages: 3 };

test('the time left counts validation, and is by the mean speed of the session, also of a resumed one', () => {
  const pace = new Pace({ pausedSeconds: 0 }, plan);
  vi.advanceTimersByTime(5_000);
  // 5 images of epoch 2 in 5 s; an epoch is 10 images and 3 predictions of a third of that: 11. Left: 6 + 11 + 11.
  expect(pace.remainingSeconds(2, 5)).toBeCloseTo(28, 9);
  vi.advanceTimersByTime(6_000);
  pace.startEpoch();
  vi.advanceTimersByTime(2_000);
  expect(pace.epochSeconds).toBeCloseTo(2, 9);
  // 13 s for 11 + 2 images; left: 9 + 11.
  expect(pace.remainingSeconds(3, 2)).toBeCloseTo(20, 9);
});

test('a pause is no part of an epoch', () => {
  const control = { pausedSeconds: 0 };
  const pace = new Pace(control, plan);
  vi.advanceTimersByTime(3_600_000);
  control.pausedSeconds = 3_599;
  expect(pace.epochSeconds).toBeCloseTo(1, 6);
  expect(pace.remainingSeconds(2, 1)).toBeCloseTo(32, 6);
});
