import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainingPlan, type TrainingPlan } from '../../../src-main/contract/plan.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { stepOps, type Engine } from '../../../src-main/engine/tensor/engine.ts';
import type { Ops } from '../../../src-main/engine/tensor/ops.ts';
import { precisionFor } from '../../../src-main/engine/train/precision.ts';
import { temporaryFolder } from '../../support/folder.ts';

const plan = (precision: TrainingPlan['precision'], input = 64): TrainingPlan =>
  trainingPlan.parse({
    ...{
      data: { folder: '/nowhere' },
      backbone: 'cbr_tiny',
      strategy: 'truncated',
      cut: 'layer2.pool',
      input,
      batch: 2,
    },
    precision,
  });

/** Waits before each convolution's gradient, which makes an engine as slow as is wanted. */
const slowed = (ops: Ops, milliseconds: number): Ops => ({
  ...ops,
  conv2dKernelGradient(...given) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    return ops.conv2dKernelGradient(...given);
  },
});

describe('the precision of training steps', () => {
  let engine: Engine;
  let signal: AbortSignal;
  beforeAll(async () => {
    engine = await loadEngine('tensorflow');
    ({ signal } = new AbortController());
  });
  /** An engine whose steps in one of the two are slow. */
  const slowIn = (slow: 'float32' | 'bfloat16'): Engine => ({
    ...engine,
    ops: slow === 'float32' ? slowed(engine.ops, 100) : engine.ops,
    bfloat16: slow === 'bfloat16' ? slowed(engine.ops, 100) : engine.ops,
  });
  const asked = async (on: Engine, folder: string, wanted = plan('auto'), onProcessor: boolean | null = true) => {
    let timed = 0;
    const precision = await precisionFor(on, wanted, { folder, signal, onTiming: () => timed++, onProcessor });
    return { precision, timed };
  };

  it('changes nothing for those who train in float32: operations go the way they went', async () => {
    expect(stepOps(engine, 'float32')).toBe(engine.ops);
    expect(await asked(engine, temporaryFolder(), plan('auto'), false)).toEqual({ precision: 'float32', timed: 0 });
    expect(Object.hasOwn(tf.backend(), 'executeSingleOutput')).toBe(false);
    stepOps(engine, 'bfloat16');
    expect(Object.hasOwn(tf.backend(), 'executeSingleOutput')).toBe(true);
  });

  it('is the faster one, timed once for a network and remembered; a file that cannot be read is measured anew', async () => {
    const folder = join(temporaryFolder(), 'cache');
    expect(await asked(slowIn('float32'), folder)).toEqual({ precision: 'bfloat16', timed: 1 });
    expect(await asked(slowIn('float32'), folder)).toEqual({ precision: 'bfloat16', timed: 0 });
    // Another cut or strategy of the same network has the same: runs that are compared differ in nothing else.
    expect(await asked(slowIn('float32'), folder, { ...plan('auto'), strategy: 'full', cut: undefined })).toEqual({
      ...{ precision: 'bfloat16', timed: 0 },
    });
    expect(await asked(slowIn('float32'), folder, plan('auto', 80))).toEqual({ precision: 'bfloat16', timed: 1 });
    const kept = join(folder, 'precision.json');
    expect(Object.values(JSON.parse(readFileSync(kept, 'utf8')) as object)).toHaveLength(2);
    writeFileSync(kept, '{"torn');
    expect(await asked(slowIn('float32'), folder)).toEqual({ precision: 'bfloat16', timed: 1 });
  });

  it('is float32 where bfloat16 is not faster, without timing a network', async () => {
    expect(await asked(slowIn('bfloat16'), temporaryFolder())).toEqual({ precision: 'float32', timed: 0 });
    expect(await asked({ ...engine, bfloat16: null }, temporaryFolder())).toEqual({ precision: 'float32', timed: 0 });
    expect(await asked(slowIn('float32'), temporaryFolder(), plan('auto'), false)).toEqual({
      ...{ precision: 'float32', timed: 0 },
    });
  });

  it('stays what it was found to be, were it only by one convolution', async () => {
    const folder = temporaryFolder();
    expect(await asked(slowIn('bfloat16'), folder)).toEqual({ precision: 'float32', timed: 0 });
    expect(await asked(slowIn('float32'), folder)).toEqual({ precision: 'float32', timed: 0 });
    expect(await asked(slowIn('float32'), folder, plan('auto', 80))).toEqual({ precision: 'bfloat16', timed: 1 });
  });

  it('is what the plan says, where the engine has it', async () => {
    expect(await asked(slowIn('bfloat16'), temporaryFolder(), plan('bfloat16'))).toEqual({
      ...{ precision: 'bfloat16', timed: 0 },
    });
    expect(await asked(slowIn('float32'), temporaryFolder(), plan('float32'))).toEqual({
      precision: 'float32',
      timed: 0,
    });
    await expect(asked({ ...engine, bfloat16: null }, temporaryFolder(), plan('bfloat16'))).rejects.toMatchObject({
      ...{ code: 'PRECISION_UNAVAILABLE' },
    });
  });
});
