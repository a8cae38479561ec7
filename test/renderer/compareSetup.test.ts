import { expect, it } from 'vitest';
import { defaultSetup, planOf } from '../../src-renderer/features/compare/setup.ts';

const run = { data: { folder: '/d' }, backbone: 'resnet18', cut: 'layer2.1', strategy: 'truncated' as const };
const cutsOf = (setup: object, of = run) => planOf({ ...defaultSetup(), ...setup }, of);

it('a comparison without a cut of its own takes the one that was chosen in the Network room', () => {
  expect(cutsOf({})).toMatchObject({ cuts: ['layer2.1'] });
  expect(cutsOf({ kind: 'learning-curve' })).toMatchObject({ cuts: ['layer2.1'] });
  expect(cutsOf({ cuts: ['layer3.0'] })).toMatchObject({ cuts: ['layer3.0'] });
  expect(cutsOf({ strategies: ['full'] })).toMatchObject({ cuts: [] });
  const { cut: _cut, ...whole } = run;
  expect(planOf(defaultSetup(), whole)).toMatchObject({ cuts: [] });
});
