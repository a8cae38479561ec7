// `npm run bench:networks`: every network, whole and cut in the middle, exported to ONNX and run in onnxruntime, and as the
// layers of Keras and TensorFlow.js: how far its probabilities are from what Cutpoint computes. Ends with 1 where one is
// too far. Arguments name some of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backbones } from '../../src-main/backbone/zoo/index.ts';
import { casesOf, inLayers, inOnnxruntime, MOST, type Agreement } from '../engine/export/everyNetwork.ts';

const names = process.argv.length > 2 ? process.argv.slice(2) : backbones.map(({ name }) => name);
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-networks-'));
let failed = 0;

function row(network: string, as: string, agreement: Agreement): void {
  const { largestDifference, changedDecisions, largestProbability } = agreement;
  const agrees = largestDifference < MOST && changedDecisions === 0 && largestProbability < 0.9999;
  failed += agrees ? 0 : 1;
  console.log(
    `| ${network.padEnd(24)} | ${as.padEnd(30)} | ${largestDifference.toExponential(1)} |${agrees ? '' : ' !'}`,
  );
}

try {
  console.log(`| ${'network'.padEnd(24)} | ${'as'.padEnd(30)} | largest |`);
  console.log(`|${'-'.repeat(26)}|${'-'.repeat(32)}|--------:|`);
  for (const name of names) {
    for (const network of casesOf(name)) {
      const out = mkdtempSync(join(folder, 'model-'));
      row(name, `ONNX, ${network.pooling}, ${network.cut}`, await inOnnxruntime(network, join(out, 'model')));
      rmSync(out, { recursive: true });
    }
    row(name, 'layers', await inLayers(name));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (failed > 0) {
  console.log(`${failed} differ by ${MOST} or more.`);
  process.exitCode = 1;
}
