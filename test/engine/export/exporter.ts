/** Exports a network by formula in a process of its own: `exporter.ts NETWORK onnx|tfjs OUT`; prints `done` or the error. */
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { ExportFormat } from '../../../src-main/contract/model.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const [network, format, out] = process.argv.slice(2) as [string, ExportFormat, string];
const model = modelOf({ network, cut: 'block_9_add', height: 32, width: 32, pooling: 'average', classes: 2 });
const images = formulaImages(2, model.input);
try {
  const reference = { images, expected: await predictions('wasm', model, images) };
  await exportVerified(model, { format, out, provenance: { run: 'run-1', fit: 'crop' } }, reference);
  console.log('done');
} catch (thrown) {
  const { code, message } = CutpointError.from(thrown);
  console.log(code);
  console.log(message);
}
