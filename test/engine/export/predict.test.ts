import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import { expect, test } from 'vitest';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { predictOnnx } from '../../../src-main/engine/export/onnx/predict.ts';
import { seal, withSeal } from '../../../src-main/engine/export/seal.ts';
import { openTfjs } from '../../../src-main/engine/export/tfjs/predict.ts';
import { damagedCopies } from '../../support/damage.ts';
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

test('of pictures asked for at the same moment each gets its own answer', async () => {
  const { images, expected, path } = await exported();
  const opened = await predictOnnx(path);
  const answers = await Promise.all(images.map((image) => opened.predict(image, 1)));
  await opened.close();
  answers.flatMap((values) => [...values]).forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 5));
});

/** As if Cutpoint had written it so. */
function sealedAgain(proto: onnx.ModelProto): Uint8Array {
  proto.metadataProps.at(-1)!.value = withSeal({}).contentSha256!;
  const bytes = ModelProto.encode(proto).finish();
  seal([bytes], 0);
  return bytes;
}

test('damaged anywhere in any way it is refused, and so is one that was changed', async () => {
  const { path } = await exported();
  const bytes = readFileSync(path);
  const refused = { code: expect.stringMatching(/^MODEL_(DAMAGED|NOT_READABLE)$/) };
  for (const { how, damaged } of damagedCopies(bytes, { seed: 15, times: 400 })) {
    writeFileSync(path, damaged);
    await expect(predictOnnx(path), how).rejects.toMatchObject(refused);
  }
  const changed = ModelProto.decode(bytes);
  changed.graph!.initializer![0]!.rawData![1]! ^= 1;
  writeFileSync(path, ModelProto.encode(changed).finish());
  await expect(predictOnnx(path)).rejects.toMatchObject({
    code: 'MODEL_DAMAGED',
    message: expect.stringContaining('the checksum inside it does not agree'),
  });
});

test('one of an earlier version, without a seal, is compared with its certificate, or it is said that it cannot be', async () => {
  const { path } = await exported();
  const old = ModelProto.decode(readFileSync(path));
  old.metadataProps.pop();
  const bytes = ModelProto.encode(old).finish();
  writeFileSync(path, bytes);
  const opened = await predictOnnx(path);
  expect(opened.warnings).toEqual([expect.stringContaining('whether it is damaged cannot be told')]);
  await opened.close();

  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(`${path}.certificate.json`, JSON.stringify(certificateOf(sha256)));
  const certified = await predictOnnx(path);
  expect(certified.warnings).toEqual([]);
  await certified.close();
  writeFileSync(path, bytes.with(bytes.length - 3000, bytes.at(-3000)! ^ 1));
  await expect(predictOnnx(path)).rejects.toMatchObject({
    code: 'MODEL_DAMAGED',
    message: expect.stringContaining('not the file that the certificate beside it was written for'),
  });
});

test('a TensorFlow.js folder that is damaged anywhere is refused', async () => {
  const model = modelOf({ network: 'explicit', height: 24, width: 30, pooling: 'average', classes: 3 });
  const images = formulaImages(2, model.input);
  const expected = await predictions('wasm', model, images);
  const provenance = { run: 'run-1', fit: 'stretch' } as const;
  const out = join(temporaryFolder(), 'model');
  const { path } = await exportVerified(model, { format: 'tfjs', out, provenance }, { images, expected });
  const refused = { code: expect.stringMatching(/^MODEL_(DAMAGED|NOT_READABLE)$/) };
  for (const name of readdirSync(path)) {
    const bytes = readFileSync(join(path, name));
    for (const { how, damaged } of damagedCopies(bytes, { seed: 16, times: 100 })) {
      writeFileSync(join(path, name), damaged);
      await expect(openTfjs(path), `${name}: ${how}`).rejects.toMatchObject(refused);
    }
    writeFileSync(join(path, name), bytes);
  }
  const opened = await openTfjs(path);
  expect(opened.warnings).toEqual([]);
  opened.close();
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
    'headless.onnx': [sealedAgain(headless), /its network is damaged/],
  };
  for (const [name, [content, message]] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    const refusal = expect.objectContaining({ code: 'MODEL_NOT_READABLE', message: expect.stringMatching(message) });
    await expect(predictOnnx(join(folder, name)), name).rejects.toEqual(refusal);
  }
  await expect(predictOnnx(join(folder, 'absent.onnx'))).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  await expect(predictOnnx(folder)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
});

/** A certificate of an earlier version, which has no digest of itself. */
function certificateOf(sha256: string) {
  const parity = { images: 1, largestDifference: 0, meanDifference: 0, changedDecisions: 0, runtime: 'x' };
  const size = { parameters: 1, macs: 1 };
  return {
    ...{ kind: 'cutpoint-certificate', version: 1, producer: '0.1.0', createdAt: '2026-01-01T00:00:00.000Z' },
    file: { name: 'model.onnx', format: 'onnx', bytes: 1, sha256 },
    options: { precision: 'float32', foldBatchNorm: false, anySize: false },
    model: {
      ...{ run: 'run-1', backbone: 'explicit', cut: null, network: 'x', classifier: 'softmax', classes: ['a', 'b'] },
      ...{ threshold: 0.5, input: { height: 24, width: 30 }, fit: 'stretch', grey: false, weightsSha256: 'x', ...size },
      preprocessing: { mean: [0, 0, 0], std: [1, 1, 1] },
    },
    full: size,
    data: { fingerprint: 'x', split: {} },
    ...{ source: null, tolerance: null, parity, wholePath: null, effect: null, latency: null },
  };
}

test('with a loop in it a file is refused before it runs, and one that gives no answer in time is ended', async () => {
  const { path } = await exported();
  await expect(predictOnnx(path, 1)).rejects.toMatchObject({
    code: 'MODEL_NOT_READABLE',
    message: expect.stringContaining('no answer'),
  });
  for (const opType of ['Loop', 'If', 'Scan']) {
    const proto = ModelProto.decode(readFileSync(path));
    proto.graph!.node!.unshift(onnxProto.onnx.NodeProto.create({ opType, name: 'without end', output: ['never'] }));
    const changed = join(temporaryFolder(), 'changed.onnx');
    writeFileSync(changed, sealedAgain(proto as onnx.ModelProto));
    await expect(predictOnnx(changed)).rejects.toMatchObject({
      code: 'MODEL_NOT_READABLE',
      message: expect.stringContaining(`'${opType}'`),
    });
  }
});
