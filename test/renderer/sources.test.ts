import { describe, expect, it } from 'vitest';
import type { ImportReport } from '../../src-main/contract/source.ts';
import { fitOf, hostOf, lackOf, reportRows } from '../../src-renderer/features/network/sources.ts';

const empty: ImportReport = {
  format: 'safetensors',
  matched: [],
  missing: [],
  mismatched: [],
  unexpected: [],
  ignored: [],
  adapted: [],
  dense: [],
  weights: 'root',
  copies: [],
  objects: [],
  constant: [],
};

describe('how a file fits', () => {
  it('is whole only where the engine says so', () => {
    const fits = { backbone: 'resnet18', candidates: ['resnet18'] };
    const report = { ...empty, matched: ['conv1.weight'] };
    expect(fitOf({ report, ...fits })).toBe('whole');
    // Nothing is missing, and yet it is another network: the engine does not count it among those that fit.
    expect(fitOf({ report, ...fits, candidates: [] })).toBe('part');
    expect(lackOf(report)).toMatch(/made for another one/);
    expect(lackOf({ ...report, missing: ['bn1.weight'] })).toMatch(/^1 tensor starts at random/);
    expect(fitOf({ report: empty, backbone: null, candidates: [] })).toBe('none');
  });

  it('is told in rows that name what is wrong, without empty kinds', () => {
    const report = {
      ...empty,
      adapted: [{ name: 'features.conv0.weight', from: 1, to: 3 }],
      mismatched: [{ name: 'conv2.weight', expected: [8, 3, 3, 3], found: [4, 3, 3, 3] }],
    };
    const rows = reportRows({ report });
    expect(rows.map(({ name, count }) => [name, count])).toEqual([
      ['Matched', 0],
      ['Adapted', 1],
      ['Of another shape', 1],
    ]);
    expect(rows[1]!.tensors).toEqual(['features.conv0.weight (1 channel to 3)']);
    expect(rows[2]!.tensors).toEqual(['conv2.weight is 4 × 3 × 3 × 3, not 8 × 3 × 3 × 3']);
  });
});

it('a download names the host that would be asked', () => {
  expect(hostOf('https://weights.example.org/a/b.pth?x=1')).toBe('weights.example.org');
});
