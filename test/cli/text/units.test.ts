import { expect, test } from 'vitest';
import { table } from '../../../src-main/cli/text/table.ts';
import { bytes, counted, duration, metric, scaled, share } from '../../../src-main/cli/text/units.ts';

test.each([
  [6_309_000, '6.309 M'],
  [23_508_032, '23.508 M'],
  [4_087_136_256, '4.087 G'],
  [928, '928'],
])('scaled(%d) is %s', (value, text) => expect(scaled(value)).toBe(text));

test.each([
  [0.04, '0.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.6, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3599.6, '1 h 00 min'],
  [12_000, '3 h 20 min'],
  [Infinity, '–'],
])('duration(%d) is %s', (seconds, text) => expect(duration(seconds)).toBe(text));

test('shares have their denominator, metrics four decimals or a dash', () => {
  expect(share(45, 50)).toBe('45 of 50 (90.0 %)');
  expect(share(0, 0)).toBe('0 of 0');
  expect(metric(0.98765)).toBe('0.9877');
  expect(metric(null)).toBe('–');
  expect(counted(1, 'patient')).toBe('1 patient');
  expect(counted(1200, 'image')).toBe('1,200 images');
  expect(bytes(999)).toBe('999 bytes');
  expect(bytes(9_400_000)).toBe('9.4 MB');
});

test('columns of a table are aligned', () => {
  const lines = table(
    [{ title: 'Class' }, { title: 'Images', align: 'right' }],
    [
      ['normal', '7'],
      ['pneumonia', '1,024'],
    ],
  ).split('\n');
  expect(lines).toEqual(['Class      Images', 'normal          7', 'pneumonia   1,024']);
});
