import { describe, expect, test } from 'vitest';
import { decide } from '../../../src-main/contract/decision.ts';
import { decisionAfter } from '../../../src-main/engine/cohort/decision.ts';

describe('what probabilities are taken for', () => {
  const classes = ['a', 'b', 'c'];
  test('without a threshold the most probable class, the first of equals', () => {
    expect(decide([0.2, 0.4, 0.4], classes, null)).toBe('b');
  });

  test('from a threshold on its class, below it the most probable of the others', () => {
    const by = { positive: 'c', threshold: 0.3 };
    expect(decide([0.5, 0.2, 0.3], classes, by)).toBe('c');
    expect(decide([0.5, 0.21, 0.29], classes, by)).toBe('a');
    expect(decide([0.1, 0.2, 0.7], classes, { positive: 'c', threshold: 0.8 })).toBe('b');
  });
});

describe('a threshold on the scale of calibrated outputs', () => {
  const logit = (p: number) => Math.log(p / (1 - p));
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

  const classes = ['a', 'b'];
  const rule = { kind: 'youden' } as const;
  const ps = [0.0001, 0.01, 0.29, 0.2999, 0.3001, 0.5, 0.9999];

  test.each(['b', 'a'])('calls the images that it called before, as %s', (positive) => {
    const platt = { method: 'platt', slope: 0.4, intercept: -1.1 } as const;
    const { threshold } = decisionAfter({ rule, positive, threshold: 0.3 }, classes, platt);
    for (const p of ps) {
      const second = sigmoid(platt.slope * logit(positive === 'b' ? p : 1 - p) + platt.intercept);
      expect((positive === 'b' ? second : 1 - second) >= threshold, String(p)).toBe(p >= 0.3);
    }
  });

  test('is what it was where nothing is scaled, and at the ends; half the log odds are known', () => {
    const halved = { method: 'temperature', temperature: 2 } as const;
    const after = (threshold: number, scaling: typeof halved | null) =>
      decisionAfter({ rule, positive: 'b', threshold }, classes, scaling).threshold;
    expect(after(0.3, null)).toBe(0.3);
    expect([0, 1].map((end) => after(end, halved))).toEqual([0, 1]);
    expect(after(0.2, halved)).toBeCloseTo(1 / 3, 12);
  });

  test('of one of several classes it is refused: a scaled probability depends on all', () => {
    const point = { rule, positive: 'a', threshold: 0.3 };
    const scaling = { method: 'temperature', temperature: 2 } as const;
    expect(() => decisionAfter(point, ['a', 'b', 'c'], scaling)).toThrow(
      expect.objectContaining({ code: 'RUN_STATE' }),
    );
    expect(decisionAfter(point, ['a', 'b', 'c'], null)).toEqual({ positive: 'a', threshold: 0.3 });
  });
});
