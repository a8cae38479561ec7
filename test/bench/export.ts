// `node test/bench/export.ts`: the parts of exporting ResNet-50 as ONNX (float32, 224×224, 32 images to verify), and how
// long ResNet-50 cut behind bottleneck 11 (layer3.3) takes beside the whole network: batch 1, in turn, median of 50.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withHead } from '../../src-main/backbone/head.ts';
import type { Model } from '../../src-main/backbone/model.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { truncate } from '../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { exportVerified } from '../../src-main/engine/export/export.ts';
import { measureLatency } from '../../src-main/engine/export/latency.ts';
import { encodeOnnx } from '../../src-main/engine/export/onnx/encode.ts';
import { predictOnnx } from '../../src-main/engine/export/onnx/predict.ts';
import { describe } from '../../src-main/engine/export/provenance.ts';
import { stageFile } from '../../src-main/engine/export/staging.ts';
import { generator } from '../../src-main/engine/random.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';

const IMAGES = 32;
const input = { height: 224, width: 224 };
const backbone = findBackbone('resnet50');
const plain = { precision: 'float32', foldBatchNorm: false, anySize: false, fit: 'letterbox' } as const;

function modelAt(cut?: string): Model {
  const features = cut === undefined ? backbone.build() : truncate(backbone.build(), cut);
  const graph = withHead(features, { classes: 3, pooling: 'average', dropout: 0 });
  const weights = initialise(graphParameters(graph, input), backbone.initialisation, generator(0, 'bench'));
  return { graph, weights, input, preprocessing: backbone.preprocessing, classes: ['a', 'b', 'c'] };
}

async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`${label.padEnd(40)} ${((performance.now() - start) / 1000).toFixed(2)} s`);
  return result;
}

const folder = mkdtempSync(join(tmpdir(), 'cutpoint-bench-'));
try {
  const model = modelAt();
  const provenance = { run: 'bench', fit: 'letterbox' } as const;
  const random = generator(0, 'images');
  const images = Array.from({ length: IMAGES }, () =>
    Uint8Array.from({ length: input.height * input.width * 3 }, () => random() * 256),
  );
  const bytes = await timed('encode', () => encodeOnnx(model, describe(model, provenance, []), plain));
  const staged = await timed('write and sync', () => stageFile(join(folder, 'parts.onnx'), bytes));
  // What the application gives is not part of the export: the file's own answers stand in for it.
  const expected = await timed(`load, run on ${IMAGES} images`, async () => {
    const onnx = await predictOnnx(staged.path);
    const probabilities = await onnx.predict(Buffer.concat(images), IMAGES);
    await onnx.close();
    return probabilities;
  });
  await staged.discard();
  const request = { format: 'onnx', out: join(folder, 'model'), provenance } as const;
  await timed('whole export: encode, write, verify', () => exportVerified(model, request, { images, expected }));

  const networks = { exported: await encodeOnnx(modelAt('layer3.3'), {}, plain), full: bytes };
  const { rows } = await measureLatency(networks, input, { progress: () => {}, signal: new AbortController().signal });
  for (const { network, batch, milliseconds } of rows) {
    console.log(
      `${network === 'full' ? 'whole' : 'cut at layer3.3'}, batch ${batch}`.padEnd(40),
      `${milliseconds.toFixed(1)} ms`,
    );
  }
  const at = (network: string) => rows.find((row) => row.batch === 1 && row.network === network)!.milliseconds;
  console.log('cut / whole, batch 1'.padEnd(40), (at('exported') / at('full')).toFixed(3));
} finally {
  rmSync(folder, { recursive: true });
}
