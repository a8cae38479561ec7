import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from './engine.ts';
import { plainOps } from './plain.ts';
import { plainVariables } from './plainVariables.ts';

// Not named 'require': the build for Electron declares that itself.
const nodeRequire = createRequire(import.meta.url);

/** WebAssembly: runs on every machine that runs Cutpoint, slowly and correctly. */
export async function loadWasm(): Promise<Engine> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(nodeRequire.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  await tf.setBackend('wasm');
  return {
    name: 'wasm',
    device: 'CPU, WebAssembly',
    onProcessor: true,
    version: wasm.version_wasm,
    ops: plainOps,
    bfloat16: null,
    createVariables: (weights, slots = new Map()) => plainVariables(weights, slots),
  };
}
