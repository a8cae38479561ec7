import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { oneOfEachKind } from '../../support/networkKinds.ts';
import { casesOf, inLayers, inOnnxruntime, MOST, type Agreement } from './everyNetwork.ts';

// Of networks that consist of the same operations the smallest; `npm run bench:networks` looks at all of them.
const names = oneOfEachKind.map(({ name }) => name);

function agrees({ largestDifference, changedDecisions, largestProbability }: Agreement): void {
  expect(largestProbability).toBeLessThan(0.9999);
  expect(largestDifference).toBeLessThan(MOST);
  expect(changedDecisions).toBe(0);
}

test.each(names.flatMap(casesOf))('$network cut at $cut ($pooling) in onnxruntime', async (network) => {
  agrees(await inOnnxruntime(network, join(temporaryFolder(), 'model')));
});

test.each(names)('%s: the layers of Keras and TensorFlow.js compute it', async (name) => {
  agrees(await inLayers(name));
});

test('the kinds of networks are told apart by their operations', () => {
  expect(names).toEqual(expect.arrayContaining(['resnet18', 'resnet50', 'resnet50_keras', 'vgg16', 'vgg16_bn']));
  expect(names).not.toContain('resnet101');
  expect(names.length).toBeLessThan(backbones.length);
});
