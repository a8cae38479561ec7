import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import onnxProto from 'onnx-proto';
import { expect, test } from 'vitest';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { predictOnnx } from '../../../src-main/engine/export/onnx/predict.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const { ModelProto } = onnxProto.onnx;

async function exported() {
  const model = modelOf({ network: 'explicit', height: 24, width: 30, pooling: 'average', classes: 3 });
  const images = formulaImages(5, model.input);
  const expected = await predictions('wasm', model, images);
  const provenance = { run: 'run-1', fit: 'stretch', backbone: 'explicit', dataset: 'f00d' } as const;
  const out = join(temporaryFolder(), 'model');
  const { path } = await exportVerified(model, { format: 'onnx', out, provenance }, { images, expected });
  return { model, images, expected, path };
}

test('an exported file says what it is, and predicts one image or many', async () => {
  const { model, images, expected, path } = await exported();
  const opened = await predictOnnx(path);
  expect(opened).toMatchObject({ classes: model.classes, input: model.input, fit: 'stretch' });
  const all = await opened.predict(Buffer.concat(images), 5);
  const third = await opened.predict(images[2]!, 1);
  await opened.close();
  expected.forEach((value, index) => expect(all[index]).toBeCloseTo(value, 5));
  third.forEach((value, index) => expect(value).toBeCloseTo(expected[6 + index]!, 5));
  const { metadataProps, producerName } = ModelProto.decode(readFileSync(path));
  const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
  expect(producerName).toBe('cutpoint');
  expect(metadata).toMatchObject({ run: 'run-1', backbone: 'explicit', dataset: 'f00d' });
  expect(JSON.parse(metadata.preprocessing!)).toMatchObject({ mean: [0.485, 0.456, 0.406], insideModel: true });
});

test('anything else is refused with a sentence', async () => {
  const { path } = await exported();
  const folder = temporaryFolder();
  const bytes = readFileSync(path);
  const foreign = ModelProto.decode(bytes);
  foreign.metadataProps = [];
  const damaged = ModelProto.decode(bytes);
  damaged.metadataProps.find(({ key }) => key === 'classes')!.value = '[1,';
  const headless = ModelProto.decode(bytes);
  headless.graph!.node!.pop();
  const files: Record<string, [bytes: Uint8Array | string, reason: RegExp]> = {
    'empty.onnx': ['', /which classes/],
    'notes.onnx': ['These are my notes, not a model.', /not an ONNX file/],
    'half.onnx': [bytes.subarray(0, bytes.length / 2), /not an ONNX file/],
    'foreign.onnx': [ModelProto.encode(foreign).finish(), /which classes/],
    'damaged.onnx': [ModelProto.encode(damaged).finish(), /classes and images is damaged/],
    'headless.onnx': [ModelProto.encode(headless).finish(), /its network is damaged/],
  };
  for (const [name, [content, message]] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    const refusal = expect.objectContaining({ code: 'MODEL_NOT_READABLE', message: expect.stringMatching(message) });
    await expect(predictOnnx(join(folder, name)), name).rejects.toEqual(refusal);
  }
  await expect(predictOnnx(join(folder, 'absent.onnx'))).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  await expect(predictOnnx(folder)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
});
