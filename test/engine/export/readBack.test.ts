import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { encodeKeras } from '../../../src-main/engine/export/keras/archive.ts';
import { encodeKerasH5 } from '../../../src-main/engine/export/keras/hdf5.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { encodeSafetensors } from '../../../src-main/engine/export/safetensors/encode.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const size = { height: 64, width: 64 };

/** A whole backbone with its head. */
function wholeModel(network: string) {
  const cut = cutNodes(findBackbone(network).build()).at(-1)!.name;
  return modelOf({ network, cut, ...size, pooling: 'average', classes: 2 });
}

// Real Keras and torchvision open the same files in test/golden/loadKeras.py and loadSafetensors.py.
describe.each(['resnet18', 'mobilenet_v2_035_keras', 'mobilenet_v3_small'])('%s, exported', (network) => {
  const model = wholeModel(network);
  const backbone = findBackbone(network);
  const metadata = { producer: 'cutpoint' };
  const encoders = {
    '.keras': () => encodeKeras(model, metadata),
    '.h5': () => encodeKerasH5(model, metadata),
    '.safetensors': () => encodeSafetensors(model, metadata, backbone.dialect),
  };

  // The names of Keras's layers are torchvision's only where the dialect is Keras's.
  const extensions = backbone.dialect === 'keras' ? (['.keras', '.h5', '.safetensors'] as const) : (['.safetensors'] as const); // prettier-ignore

  test.each(extensions)('%s is a source of the same weights, bit for bit', async (extension) => {
    const path = join(temporaryFolder(), `model${extension}`);
    writeFileSync(path, await encoders[extension]());
    const { report, weights } = await importWeights(path, backbone);
    expect(report).toMatchObject({ missing: [], mismatched: [], adapted: [] });
    for (const [key, { shape, data }] of weights) {
      expect(shape, key).toEqual(model.weights.get(key)!.shape);
      expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(model.weights.get(key)!.data.buffer)), key).toBe(0);
    }
    expect(weights.size).toBe(model.weights.size - 2);
  });
});

describe.each([
  ['keras', '.keras'],
  ['keras-h5', '.h5'],
  ['safetensors', '.safetensors'],
] as const)('the destination of %s', (format, extension) => {
  const model = modelOf({ network: 'same', ...size, pooling: 'average', classes: 2 });
  const images = formulaImages(2, size);
  const to = async (out: string, run: string) => {
    const expected = await predictions('wasm', model, images);
    return exportVerified(model, { format, out, provenance: { run, fit: 'crop' } }, { images, expected });
  };

  test('is replaced by another export of the same run with the same bytes, and by nothing else', async () => {
    const folder = temporaryFolder();
    const path = join(folder, `model${extension}`);
    const first = await to(join(folder, 'model'), 'run-1');
    expect(first).toMatchObject({ path, bytes: readFileSync(path).length });
    const second = await to(path, 'run-1');
    expect(second.sha256).toBe(first.sha256);
    await expect(to(path, 'run-2')).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
    expect(readdirSync(folder)).toEqual([`model${extension}`]);
    const other = join(folder, `notes${extension}`);
    writeFileSync(other, 'mine');
    await expect(to(other, 'run-1')).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
    expect(readFileSync(other, 'utf8')).toBe('mine');
    mkdirSync(join(folder, `full${extension}`));
    await expect(to(join(folder, 'full'), 'run-1')).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
  });
});
