/**
 * Writes models with weights by formula in the formats of Keras and PyTorch, with images and what the application gives
 * for them, for `loadKeras.py` and `loadSafetensors.py` to open: `node test/golden/writeExports.ts FOLDER`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutNodes } from '../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { exportVerified } from '../../src-main/engine/export/export.ts';
import { predictions } from '../engine/export/app.ts';
import { formulaImages } from '../engine/export/formula.ts';
import { modelOf } from '../engine/export/networks.ts';

/** Of each family one, at the share of its cuts; 1 is the whole backbone. */
const cases: readonly [network: string, share: number, pooling: string][] = [
  ['every', 1, 'average'],
  ['same', 1, 'flatten'],
  ['explicit', 1, 'average'],
  ['mobilenet_v2_keras', 0.6, 'average'],
  ['mobilenet_v3_small', 1, 'average'],
  ['resnet18', 0.5, 'flatten'],
  ['resnet50', 1, 'average'],
  ['resnext50_32x4d', 0.5, 'average'],
  ['densenet121', 0.5, 'average'],
  ['efficientnet_b0', 1, 'average'],
  ['inception_v3', 1, 'average'],
  ['vgg16_bn', 0.6, 'flatten'],
  ['alexnet', 1, 'average'],
  ['convnext_tiny', 1, 'average'],
  ['cbr_tiny', 1, 'average'],
];

const folder = process.argv[2]!;
mkdirSync(folder, { recursive: true });
const size = { height: 96, width: 96 };
const images = formulaImages(3, size);
writeFileSync(join(folder, 'images.bin'), Buffer.concat(images));
const rows = [];
for (const [network, share, pooling] of cases) {
  const isSmall = ['every', 'same', 'explicit'].includes(network);
  const cuts = isSmall ? [] : cutNodes(findBackbone(network).build()).map(({ name }) => name);
  const cut = isSmall ? '' : cuts[Math.max(0, Math.round(cuts.length * share) - 1)]!;
  const model = modelOf({ network, cut, ...size, pooling, classes: 3 });
  const dialect = isSmall ? 'keras' : findBackbone(network).dialect;
  const expected = await predictions('auto', model, images);
  for (const format of ['keras', 'keras-h5', 'safetensors'] as const) {
    const provenance = { run: 'run-1', fit: 'crop' } as const;
    await exportVerified(model, { format, out: join(folder, network), dialect, provenance }, { images, expected });
  }
  const { mean, std } = model.preprocessing;
  rows.push({ network, cut, pooling, dialect, mean, std, expected: [...expected] });
}
writeFileSync(join(folder, 'cases.json'), JSON.stringify({ images: images.length, ...size, cases: rows }));
