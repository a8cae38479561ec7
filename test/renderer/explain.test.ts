import { describe, expect, it } from 'vitest';
import { mapsAddress, pictureOf, shownImages, tabOf } from '../../src-renderer/features/explain/address.ts';
import { outlineOf } from '../../src-renderer/features/explain/outline.ts';
import { bandOf, curveOption, layersOption, matrixOption, short } from '../../src-renderer/features/explain/similarityCharts.ts'; // prettier-ignore
import { hitKey } from '../../src-renderer/features/explain/locateStore.ts';
import type { Predicted } from '../../src-renderer/features/results/predicted.ts';
import type { Colours } from '../../src-renderer/ui/chartColours.ts';

describe('what maps are shown stands in the address', () => {
  it('with nothing said: the worst mistakes of the validation images, by Grad-CAM', () => {
    expect(mapsAddress({})).toEqual({
      ...{ part: 'validation', show: 'errors', method: 'grad-cam', over: false },
      ...{ class: undefined, cut: undefined, other: undefined },
    });
    expect(tabOf({ tab: 'nowhere' })).toBe('maps');
  });

  it('one image of the test set, a class, a layer, a method and another run', () => {
    const query = { part: 'test', show: 'one', at: '3', class: 'b', cut: 'layer2.1', method: 'layer-cam', with: 'r2', view: 'over' }; // prettier-ignore
    expect(mapsAddress(query)).toEqual({
      ...{ part: 'test', show: { at: 3 }, class: 'b', cut: 'layer2.1', method: 'layer-cam', other: 'r2', over: true },
    });
    expect(mapsAddress({ show: 'one', at: 'x' }).show).toBe('errors');
    expect(mapsAddress({ show: '1-0' }).show).toEqual({ actual: 1, predicted: 0 });
  });

  it('images are asked for by their place, or by their path where they are of another folder', () => {
    const image: Predicted = {
      ...{ index: 4, file: 'a/x.png', class: 'a', predicted: 'b', correct: false, group: 0 },
      probabilities: Float32Array.of(0.1, 0.9),
    };
    expect(pictureOf('test', '/d', image)).toEqual({ split: 'test', index: 4 });
    expect(pictureOf({ dataset: 'k' }, '/d', image)).toEqual({ file: '/d/a/x.png' });
    expect(shownImages([image], ['a', 'b'], { at: 4 })).toEqual([image]);
    expect(shownImages([image], ['a', 'b'], { at: 5 })).toEqual([]);
  });
});

it('the outline of a mask runs along the sides of its pixels', () => {
  expect(outlineOf([1], 1, 1)).toBe('M0 0H1M0 1H1M0 0V1M1 0V1');
  expect(outlineOf([0, 1, 1, 0, 0, 1], 3, 2)).toBe('M1 0H3M1 1H2M2 2H3M1 0V1M2 1V2M3 0V2');
  expect(outlineOf([0, 0], 2, 1)).toBe('');
});

const colours = { series: ['#111', '#222'], muted: '#333', surface: '#fff', text: '#000', line: '#ccc' } as unknown as Colours; // prettier-ignore
const pair = (a: string, b: string, meanSvcca: number) => ({
  ...{ a, b, features: [4, 4] as [number, number], kept: [2, 3] as [number, number], coefficients: 2, forced: 0 },
  ...{ curve: [1, 0.5, 0], meanSvcca, cka: 0.3, random: { curve: [0.4, 0.2, 0], mean: 0.2 }, areaOverRandom: 0.3 },
});

it('a curve runs over the index from 0 to 1, and chance covers the area under it', () => {
  const { series } = curveOption(pair('x', 'x', 0.5), colours) as { series: { data: number[][]; areaStyle: object }[] };
  expect(series[0]!.data).toEqual([[0, 1], [0.5, 0.5], [1, 0]]); // prettier-ignore
  expect(series[1]!.areaStyle).toEqual({ color: '#fff', opacity: 1 });
});

it('random features are a band from their least to their greatest mean, where all layers have one', () => {
  const known = (a: string, band: [number, number]) => ({ ...pair(a, a, 0.5), random: { curve: [], mean: 0.2, band } });
  const pairs = [known('x', [0.125, 0.25]), known('y', [0.5, 1])];
  const { series } = layersOption(pairs, colours) as { series: { stack?: string; data: number[] }[] };
  expect(series.filter(({ stack }) => stack === 'band').map(({ data }) => data)).toEqual([[0.125, 0.5], [0.125, 0.5]]); // prettier-ignore
  expect(bandOf([...pairs, pair('z', 'z', 0.5)])).toBeNull();
  expect([-0.0002, -0.002, 0.5].map(short)).toEqual(['0.000', '-0.002', '0.500']);
});

it('a hit is that of one map: of another method, class or layer nothing is said', () => {
  const [network, asked] = [
    { id: 'r', cut: 'layer1' },
    { class: undefined, method: 'grad-cam' as const },
  ];
  const key = hitKey(network, asked, '/d/a.png');
  expect(hitKey({ ...network }, { ...asked }, '/d/a.png')).toBe(key);
  for (const other of [
    hitKey({ ...network, cut: 'layer2' }, asked, '/d/a.png'),
    hitKey(network, { ...asked, method: 'layer-cam' }, '/d/a.png'),
    hitKey(network, { ...asked, class: 'b' }, '/d/a.png'),
  ])
    expect(other).not.toBe(key);
});

it('a matrix puts each pair in its row and column', () => {
  const pairs = [pair('x', 'x', 1), pair('x', 'y', 0.5), pair('y', 'x', 0.4), pair('y', 'y', 0.9)];
  const { series } = matrixOption(pairs, 'meanSvcca', colours) as { series: { data: number[][] }[] };
  expect(series[0]!.data).toEqual([[0, 0, 1], [1, 0, 0.5], [0, 1, 0.4], [1, 1, 0.9]]); // prettier-ignore
});
