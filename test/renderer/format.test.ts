import { describe, expect, it } from 'vitest';
import * as format from '../../src-renderer/logic/format.ts';
// The words for what is no number.
import '../../src-renderer/text/index.ts';

describe('numbers on screen', () => {
  it.each([
    [1_282, '1,282'],
    [2_223_872, '2.22 M'],
    [23_508_032, '23.5 M'],
    [138_357_544, '138 M'],
  ])('%d parameters are shown as %s', (value, text) => expect(format.parameters(value)).toBe(text));

  it.each([
    [27_900_000, '27.9 M'],
    [299_000_000, '0.299 G'],
    [4_087_136_256, '4.09 G'],
  ])('%d MACs are shown as %s', (value, text) => expect(format.macs(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [9_406_464, '9.41 MB'],
    [2e12, '2.00 TB'],
  ])('%d bytes are shown as %s', (value, text) => expect(format.bytes(value)).toBe(text));

  it.each([
    [0.25, '250 ms'],
    [4.24, '4.2 s'],
    [59.6, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7_500, '2 h 5 min'],
    [7_199, '2 h 0 min'],
    [Number.POSITIVE_INFINITY, 'not known'],
  ])('%d seconds are shown as %s', (value, text) => expect(format.duration(value)).toBe(text));

  it('a metric that the data do not define is not shown as a number', () => {
    expect(format.metric(null)).toBe('not defined');
    expect(format.metric(0.98765)).toBe('0.988');
    expect(format.metric(0.9996)).toBe('> 0.999');
    expect(format.metric(1)).toBe('1.000');
  });

  it('a small share is not rounded away', () => {
    expect(format.percent(0.004)).toBe('0.4 %');
    expect(format.percent(0.27)).toBe('27 %');
  });

  it('paths are joined in their own notation', () => {
    expect(format.join('/data/', 'x')).toBe('/data/x');
    expect(format.join('C:\\data', 'x')).toBe('C:\\data\\x');
  });
});

it.each([
  ['/data/a/b.dcm', 'b.dcm'],
  ['C:\\data\\folder\\', 'folder'],
  ['a/scan.dcm/frame 00003', 'scan.dcm/frame 00003'],
  ['frame 00003', 'frame 00003'],
  ['', ''],
])('of %s the last part is %s', (path, last) => expect(format.lastPart(path)).toBe(last));
