import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

// Whole, and cut in the middle and flattened, where every feature has a weight of its own.
const cases = backbones.flatMap(({ name, build }) => {
  const cuts = cutNodes(build());
  return [
    { network: name, cut: cuts.at(-1)!.name, pooling: 'average' },
    { network: name, cut: cuts[Math.floor(cuts.length / 2)]!.name, pooling: 'flatten' },
  ];
});

test.each(cases)('$network cut at $cut ($pooling) in onnxruntime', async (network) => {
  const model = modelOf({ ...network, height: 76, width: 76, classes: 3 });
  const images = formulaImages(2, model.input);
  const expected = await predictions('auto', model, images);
  // Saturated probabilities would hide a difference.
  expect(Math.max(...expected)).toBeLessThan(0.9999);
  const { parity } = await exportVerified(
    model,
    { format: 'onnx', out: join(temporaryFolder(), 'model'), provenance: { run: 'run-1', fit: 'letterbox' } },
    { images, expected },
  );
  expect(parity.largestDifference).toBeLessThan(2e-5);
  expect(parity.changedDecisions).toBe(0);
});
