import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { withEngine } from '../../../src-main/engine/tensor/engines.ts';

test('two computations that begin at the same moment never swap the engine under each other', async () => {
  let finish = (): void => {};
  const first = withEngine('wasm', async ({ name }) => {
    await new Promise<void>((resolve) => (finish = resolve));
    return [name, tf.getBackend()];
  });
  const second = withEngine('tensorflow', async () => 'computed');
  await expect(second).rejects.toMatchObject({ code: 'RUN_BUSY' });
  const third = withEngine('auto', async ({ name }) => name);
  expect(await third).toBe('wasm');
  finish();
  expect(await first).toEqual(['wasm', 'wasm']);
});
