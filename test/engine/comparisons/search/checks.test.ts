import { expect, test } from 'vitest';
import { checkSearch } from '../../../../src-main/engine/comparisons/search/checks.ts';
import { planOf } from './recorded.ts';

const { base } = planOf();

test.each([
  ['a network that does not exist', { base: { ...base, backbone: 'resnet999' } }, 'BACKBONE_UNKNOWN'],
  [
    'the fast search for a strategy that probes say nothing about',
    { method: 'fast', strategy: 'layerwise' },
    'STRATEGY_UNSUPPORTED',
  ],
  ['deepening for another strategy', { method: 'deepening', strategy: 'truncated' }, 'STRATEGY_UNSUPPORTED'],
  ['the detector for another strategy', { method: 'svcca', strategy: 'transfusion' }, 'STRATEGY_UNSUPPORTED'],
  ['the detector without pretrained features', { method: 'svcca', base: { ...base, source: null } }, 'INPUT_INVALID'],
  ['a seed twice', { seeds: [0, 1, 1] }, 'INPUT_INVALID'],
] as const)('%s', (_, changes, code) => {
  const check = () => checkSearch(planOf(changes as never));
  expect(check).toThrow(expect.objectContaining({ code }));
});

test('what would work is listed', () => {
  expect(() => checkSearch(planOf({ method: 'fast', strategy: 'layerwise' }))).toThrow(
    expect.objectContaining({ details: { valid: ['truncated'] }, remedy: expect.stringContaining("'two-stage'") }),
  );
});
