import { describe, expect, it } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { asPlanned, withBackbone } from '../../src-renderer/features/network/choice.ts';
import { cutsOf } from '../../src-renderer/logic/network.ts';

const sources = [
  { name: 'other', backbone: 'resnet50' },
  { name: 'first', backbone: 'resnet18' },
  { name: 'second', backbone: 'resnet18' },
];
const placeOf = (cut: string) => cutsOf('resnet18', 224).findIndex(({ name }) => name === cut);

describe('a backbone', () => {
  it('brings its suggested cut and the first of its weights with it', () => {
    const expected = { backbone: 'resnet18', cutIndex: placeOf('layer3.1'), source: 'first' };
    expect(withBackbone('resnet18', sources)).toEqual(expected);
    expect(withBackbone('resnet18', [])).toEqual({ ...expected, source: null });
  });

  it('that is unknown is refused', () => {
    expect(() => withBackbone('nothing', sources)).toThrow(expect.objectContaining({ code: 'BACKBONE_UNKNOWN' }));
  });
});

describe('the network of an earlier run', () => {
  const planned = (changes: { cut?: string; source?: string | null }) =>
    asPlanned(
      trainingPlan.parse({
        ...{ data: { folder: '/d' }, backbone: 'resnet18', ...changes },
        ...(changes.cut === undefined ? { strategy: 'full' } : {}),
      }),
      sources,
    );

  it('has its cut, wherever that is, and its weights', () => {
    const expected = { backbone: 'resnet18', cutIndex: placeOf('layer2.0'), source: 'second' };
    expect(planned({ cut: 'layer2.0', source: 'second' })).toEqual(expected);
  });

  it('without a cut is whole', () => {
    expect(planned({ source: 'first' }).cutIndex).toBe(cutsOf('resnet18', 224).length - 1);
  });

  it('keeps no weights that are gone, or those of another network', () => {
    expect(planned({ cut: 'layer2.0', source: 'removed' }).source).toBeNull();
    expect(planned({ cut: 'layer2.0', source: 'other' }).source).toBeNull();
    expect(planned({ cut: 'layer2.0', source: null }).source).toBeNull();
  });
});
