import { defineConfig } from 'vitest/config';
import vue from '@vitejs/plugin-vue';
import { LongFirst } from './scripts/checks/longFirst.ts';

const minute = 60_000;

export default defineConfig({
  plugins: [vue()],
  test: {
    // Native addons (TensorFlow, better-sqlite3) need processes, and TensorFlow's own threads need the cores.
    pool: 'forks',
    // One more than the cores of the smallest machine: a third of the time they wait for processes, pages and disks.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    // TensorFlow's remarks on the processor say nothing about a test.
    // Tests run beside each other, and threads of one that are more than the cores only wait for those of another.
    // Numbers that are compared must not hang on which precision was the faster one at the moment.
    env: { TF_CPP_MIN_LOG_LEVEL: '1', CUTPOINT_THREADS: '1', CUTPOINT_BFLOAT16: '0' },
    // What is waited for comes sooner or later on a machine that does other things; vitest gives it a second.
    expect: { poll: { timeout: minute / 2 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**'],
          globalSetup: 'test/support/firstStart.ts',
          // For what hangs: the longest take half a minute, and three times that on a machine that does other things.
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
        },
      },
      {
        // Whole journeys with engines, servers and a browser, after the unit tests.
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/firstStart.ts', 'test/e2e/support/builtWindow.ts'],
          testTimeout: 10 * minute,
          hookTimeout: 5 * minute,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The same with what `npm test` leaves out of these files, see test/support/long.ts.
        extends: true,
        test: {
          name: 'long',
          include: ['test/e2e/{kill,real-data,report,walk}.test.ts'],
          globalSetup: ['test/support/firstStart.ts', 'test/e2e/support/builtWindow.ts'],
          testTimeout: 15 * minute,
          hookTimeout: 10 * minute,
          env: { CUTPOINT_LONG: '1' },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
