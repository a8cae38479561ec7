import { expect, test } from 'vitest';
import { describeMovement, describeSimilarity } from '../../../src-main/cli/text/similarity.ts';
import type { SimilarityPair, SimilarityReport } from '../../../src-main/contract/similarity.ts';

const pair = (a: string, b: string, meanSvcca: number): SimilarityPair => ({
  a,
  b,
  features: [16, 16],
  kept: [4, 6],
  coefficients: 4,
  forced: 0,
  curve: [1, 0.9, 0.8, 0.7],
  meanSvcca,
  cka: 0.5,
  random: { curve: [0.3, 0.2, 0.1, 0], mean: 0.15 },
  areaOverRandom: 0.7,
});

const report: SimilarityReport = {
  a: { kind: 'run', run: 'run-1', at: 'initial' },
  b: { kind: 'run', run: 'run-1', at: 'best' },
  layout: 'vertical',
  images: 94,
  observations: 94,
  spatial: { kind: 'average' },
  share: 0.99,
  draws: 10,
  seed: 0,
  pairs: [pair('one', 'one', 0.85), pair('two', 'two', 0.6)],
  warnings: [{ code: 'TOO_FEW_IMAGES', message: 'There are too few images.' }],
};

test('vertical: a line per cut with what chance gives beside it', () => {
  expect(describeSimilarity(report).split('\n')).toEqual([
    'First   run run-1, before training',
    'Second  run run-1, best epoch',
    'Images  94 images, 94 observations',
    'Maps    averaged over space',
    'SVCCA   directions that hold 99 % of the variance; random features: mean of 10 draws',
    '',
    'Cut  Channels  Directions  Mean SVCCA  Random  Area over random     CKA',
    'one        16     4 and 6      0.8500  0.1500            0.7000  0.5000',
    'two        16     4 and 6      0.6000  0.1500            0.7000  0.5000',
    '',
    'There are too few images. [TOO_FEW_IMAGES]',
  ]);
});

test('a matrix: rows are cuts of the first network, columns those of the second', () => {
  const text = describeSimilarity({
    ...report,
    b: { kind: 'backbone', backbone: 'resnet18', source: null, initialisation: 'pretrained', seed: 3 },
    layout: 'matrix',
    pairs: [pair('one', 'x', 0.1), pair('one', 'y', 0.2), pair('two', 'x', 0.3), pair('two', 'y', 0.4)],
  });
  expect(text).toContain('Second  resnet18, random weights of seed 3');
  expect(text).toContain(['Mean SVCCA     x     y', 'one         0.10  0.20', 'two         0.30  0.40'].join('\n'));
});

test('movement: blocks, then layers, and which were frozen', () => {
  const text = describeMovement({
    run: 'run-1',
    epoch: 2,
    nodes: [
      { name: 'conv', block: 'stem', parameters: 1200, relativeDistance: 0, cosine: 1, frozen: true },
      { name: 'dense', block: 'head', parameters: 20, relativeDistance: null, cosine: null, frozen: false },
    ],
    blocks: [{ name: 'stem', parameters: 1200, relativeDistance: 0.25, cosine: 0.9 }],
  });
  expect(text).toContain('stem      1.200 k    0.2500  0.9000');
  expect(text).toMatch(/conv +stem +1\.200 k +0\.0000 +1\.0000 +frozen/);
  expect(text).toMatch(/dense +head +20 +– +–$/m);
});
