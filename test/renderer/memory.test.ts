import { expect, it } from 'vitest';
import { memoryProblem } from '../../src-renderer/features/train/memory.ts';

const estimate = { bytes: 3.1e9, room: 23e9, total: 25e9, limit: null, fits: true, batch: 200, automatic: 32 };

it('the window says why training does not fit the memory, and what would', () => {
  expect(memoryProblem(estimate, 16)).toBeNull();
  expect(memoryProblem(null, 16)).toBeNull();
  const tight = { ...estimate, room: 2e9, fits: false };
  expect(memoryProblem({ ...tight, batch: 8 }, 16)).toBe(
    'Batches of 16 need about 3.10 GB of 2.00 GB of memory; a batch of 8 fits.',
  );
  expect(memoryProblem({ ...tight, batch: null }, 16)).toContain('not even one image fits');
  expect(memoryProblem({ ...tight, batch: 8, limit: 2e9 }, 16)).toContain('The settings allow no more than 2.00 GB.');
});
