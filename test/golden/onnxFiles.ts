/**
 * Writes the ONNX files that checkOnnx.py checks: every entry of the zoo, whole, and every variant of a network that has
 * every operation. `onnxFiles.ts OUT`; prints the path of each file and waits for a line before it writes the next, so
 * that one file at a time is on the disk.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cutNodes } from '../../src-main/backbone/cuts.ts';
import { backbones } from '../../src-main/backbone/zoo/index.ts';
import { fit } from '../../src-main/contract/plan.ts';
import { encodeOnnx, type OnnxOptions } from '../../src-main/engine/export/onnx/encode.ts';
import { describe } from '../../src-main/engine/export/provenance.ts';
import { formulaImages } from '../engine/export/formula.ts';
import { modelOf } from '../engine/export/networks.ts';

const [out] = process.argv.slice(2) as [string];
const plain = { precision: 'float32', foldBatchNorm: false, anySize: false, fit: 'letterbox' } as const;
const size = { height: 76, width: 76, pooling: 'average', classes: 3 } as const;

const variants: OnnxOptions[] = [
  { ...plain, foldBatchNorm: true },
  ...fit.options.map((frame) => ({ ...plain, anySize: true, fit: frame })),
  ...(['float16', 'int8'] as const).flatMap((precision) =>
    [false, true].map((anySize) => ({ ...plain, precision, anySize })),
  ),
];
const files = [
  ...backbones.map(({ name, build }) => ({ network: name, cut: cutNodes(build()).at(-1)!.name, options: plain })),
  ...variants.map((options) => ({ network: 'every', options })),
];

mkdirSync(out, { recursive: true });
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
for (const { options, ...network } of files) {
  const model = modelOf({ ...network, ...size });
  const calibration = formulaImages(2, model.input);
  const metadata = describe(model, { run: 'run-1', fit: options.fit }, []);
  const { precision, foldBatchNorm, anySize, fit: frame } = options;
  const traits = [precision, foldBatchNorm && 'folded', anySize && `any-size-${frame}`].filter(Boolean).join('-');
  const path = join(out, `${network.network}-${traits}.onnx`);
  writeFileSync(path, await encodeOnnx(model, metadata, { ...options, calibration }));
  console.log(path);
  await answers.next();
}
process.exit();
