import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Trained {
  losses: number[];
  sums: [string, number][];
}

/**
 * Trains a little in a process of its own: threads and kernels are chosen when the library is loaded. A network whose activations
 * have no kinks, at which a difference in the last digit would grow.
 */
function train(environment: Record<string, string>): Trained {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'fixtures/kernels.ts'), 'efficientnet_b0'],
    { encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Trained;
}

it("Cutpoint's kernels give the same on every kind of processor and on any number of threads", () => {
  const best = train({ CUTPOINT_THREADS: '1' });
  expect(best.losses[2]).toBeLessThan(best.losses[0]!);
  // Equal to the last bit, but for the stem's convolution, which is TensorFlow's and may share its work out by thread.
  const threads = train({ CUTPOINT_THREADS: '2' });
  threads.losses.forEach((loss, i) => expect(loss).toBeCloseTo(best.losses[i]!, 5));
  const plain = train({ CUTPOINT_THREADS: '1', CUTPOINT_KERNELS: 'plain' });
  plain.losses.forEach((loss, i) => expect(loss).toBeCloseTo(best.losses[i]!, 4));
  plain.sums.forEach(([key, sum], i) => {
    const [name, expected] = best.sums[i]!;
    expect(name).toBe(key);
    expect(Math.abs(sum - expected)).toBeLessThanOrEqual(1e-3 * Math.max(1, Math.abs(expected)));
  });
});
