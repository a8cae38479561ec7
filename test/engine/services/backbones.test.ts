import { expect, test } from 'vitest';
import { contract } from '../../../src-main/contract/index.ts';
import { backboneHandlers } from '../../../src-main/engine/services/backbones.ts';

const handlers = backboneHandlers();
const call = { signal: new AbortController().signal, progress: () => {} };
const inspect = (input: object) =>
  contract['backbone.inspect'].output.parse(
    handlers['backbone.inspect'](contract['backbone.inspect'].input.parse(input), call),
  );

test('the list has every backbone once, as the contract says', () => {
  const list = contract['backbone.list'].output.parse(handlers['backbone.list']({}, call));
  const names = list.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['mobilenet_v2_keras', 'resnet18', 'resnet34', 'resnet50']));
  expect(new Set(names).size).toBe(names.length);
});

test('ResNet-50 after bottlenecks 11, 13 and 16: sizes published by Peng et al. 2023', () => {
  const sizes = ['layer3.3', 'layer3.5', 'layer4.2'].map((cut) => inspect({ backbone: 'resnet50', cut }));
  expect(sizes.map(({ parameters }) => (parameters / 1e6).toFixed(3))).toEqual(['6.309', '8.543', '23.508']);
  expect(sizes.map(({ macs }) => (macs / 1e9).toFixed(3))).toEqual(['2.841', '3.278', '4.087']);
});

test('what does not exist is answered with what does', () => {
  expect(() => inspect({ backbone: 'resnet51' })).toThrow(
    expect.objectContaining({ code: 'BACKBONE_UNKNOWN', details: { valid: expect.arrayContaining(['resnet50']) } }),
  );
  expect(() => inspect({ backbone: 'resnet50', cut: 'layer9' })).toThrow(
    expect.objectContaining({ code: 'CUT_UNKNOWN', details: { valid: expect.arrayContaining(['layer3.3']) } }),
  );
});
