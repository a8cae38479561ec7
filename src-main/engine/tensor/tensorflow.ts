import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { CutpointError } from '../../contract/errors.ts';
import type { Precision } from '../../contract/plan.ts';
import { threadsHere } from '../host/limits.ts';
import './nodeShims.ts';
import type { Engine } from './engine.ts';
import { kernelOps } from './kernelOps.ts';
import type { Ops } from './ops.ts';
import { kernelVariables } from './kernelVariables.ts';
import type { TensorflowBackend } from './tensorflowBackend.ts';
import { tensorflowOps } from './tensorflowOps.ts';
import { tensorflowVariables } from './tensorflowVariables.ts';

// Not named 'require': the build for Electron declares that itself.
const nodeRequire = createRequire(import.meta.url);

/**
 * TensorFlow's C library under tfjs-node, CPU or CUDA.
 * @throws CutpointError ENGINE_UNAVAILABLE where the library was not set up or does not load here
 */
export async function loadTensorflow(): Promise<Engine> {
  // Its start-up messages are not errors, but they go to stderr and look like some.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Read by the library when it is loaded: threads within an operation, and for operations side by side.
  const threads = threadsHere();
  process.env.TF_NUM_INTRAOP_THREADS = process.env.TF_NUM_INTEROP_THREADS = String(threads);
  // By itself TensorFlow takes oneDNN's kernels on processors with AVX-512 VNNI only, and they are a third faster on others.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  // A GPU's memory as it is needed: others draw and compute on it, too.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  const addons = join(dirname(nodeRequire.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'lib/napi-v8');
  if (!existsSync(join(addons, 'tfjs_binding.node')))
    throw unavailable('The TensorFlow library has not been set up on this machine.');
  try {
    nodeRequire('@tensorflow/tfjs-node-gpu');
  } catch (cause) {
    throw unavailable('The TensorFlow library does not load on this machine.', cause);
  }
  await tf.setBackend('tensorflow');
  const backend = tf.backend() as unknown as TensorflowBackend;
  const onProcessor = !backend.binding.isUsingGpuDevice();
  if (onProcessor) registerKernels(join(addons, 'cutpoint_kernels.node'));
  const opsIn = (precision: Precision): Ops => ({
    ...tensorflowOps(backend, { onProcessor, precision }),
    ...(onProcessor ? kernelOps(backend, precision) : {}),
  });
  let brief: Ops | null = null;
  return {
    name: 'tensorflow',
    device: onProcessor ? `CPU, ${threads === 1 ? '1 thread' : `${threads} threads`}` : 'NVIDIA GPU',
    onProcessor,
    version: backend.binding.TF_Version,
    ops: opsIn('float32'),
    get bfloat16() {
      return (brief ??= opsIn('bfloat16'));
    },
    createVariables: (weights, slots = new Map()) =>
      (onProcessor ? kernelVariables : tensorflowVariables)(backend, weights, slots),
  };
}

/** Cutpoint's own kernels, which set-up compiles with the binding. */
function registerKernels(path: string): void {
  try {
    nodeRequire(path);
  } catch (cause) {
    throw unavailable("Cutpoint's own kernels for TensorFlow do not load on this machine.", cause);
  }
}

function unavailable(message: string, cause?: unknown): CutpointError {
  return new CutpointError('ENGINE_UNAVAILABLE', message, {
    remedy: 'Run `npm run setup` and read what it says about TensorFlow; until then the slower wasm engine works.',
    cause,
  });
}
