import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === 'cutpoint/import-boundaries',
  // The files below need not exist, and the rule needs no types.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

/** Messages of the boundary rule for a file that holds nothing but this code. */
async function lint(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(root, path) });
  return result!.messages.map(({ message }) => message);
}

describe('the import-boundary rule', () => {
  test.each([
    ['src-main/contract/run.ts', `import { readFile } from 'node:fs/promises'; void readFile;`],
    ['src-main/contract/run.ts', `import fs from 'fs'; void fs;`],
    ['src-main/contract/run.ts', `import type { Run } from '../engine/train/loop.ts'; export type R = Run;`],
    ['src-main/backbone/zoo/resnet.ts', `import * as tf from '@tensorflow/tfjs-core'; void tf;`],
    ['src-main/backbone/zoo/resnet.ts', `export * from '../../engine/execute/run.ts';`],
    ['src-main/engine/metrics/auroc.ts', `import * as tf from '@tensorflow/tfjs'; void tf;`],
    ['src-main/engine/services/runs.ts', `import Database from 'better-sqlite3'; void Database;`],
    ['src-main/web/server.ts', `const electron = await import('electron'); void electron;`],
    ['src-main/cli/main.ts', `const { app } = require('electron'); void app;`],
    ['src-renderer/engine/run.ts', `import { join } from 'node:path'; void join;`],
    ['src-renderer/engine/run.ts', `import { open } from '../../src-main/engine/store/open.ts'; void open;`],
    ['src-renderer/ui/tiles.ts', `import { useRuns } from '../features/runs/runsStore.ts'; void useRuns;`],
    ['src-renderer/logic/format.ts', `import { task } from '../engine/task.ts'; void task;`],
    ['src-main/engine/network/open.ts', `import type { Loop } from '../train/loop.ts'; export type L = Loop;`],
    ['src-main/engine/cohort/planData.ts', `import { accept } from '../services/acceptance.ts'; void accept;`],
    ['src-main/engine/export/wholePath.ts', `import { read } from '../services/explain/pictures.ts'; void read;`],
    ['src-main/engine/export/card.ts', `import { verdictOf } from '../explain/verdict.ts'; void verdictOf;`],
    ['src-main/engine/comparisons/comparison.ts', `export type { Training } from '../jobs/training.ts';`],
    ['src-main/engine/jobs/training.ts', `const { runs } = await import('../services/runs.ts'); void runs;`],
    ['src-main/engine/data/scan.ts', `export type S = import('../store/store.ts').Store;`],
    ['src-main/engine/main.ts', `import App from '../../src-renderer/App.vue'; void App;`],
  ])('refuses in %s: %s', async (path, code) => {
    expect(await lint(path, code)).toEqual([expect.stringContaining('is not allowed here')]);
  });

  test.each([
    ['src-main/contract/run.ts', `import { z } from 'zod'; import { method } from './method.ts'; void [z, method];`],
    ['src-main/backbone/analysis.ts', `import { CutpointError } from '../contract/errors.ts'; void CutpointError;`],
    ['src-main/engine/store/open.ts', `import Database from 'better-sqlite3'; void Database;`],
    ['src-main/engine/train/loop.ts', `import * as tf from '@tensorflow/tfjs-core'; void tf;`],
    ['src-main/engine/cohort/pictures.ts', `import { preprocess } from '../network/batch.ts'; void preprocess;`],
    ['src-main/engine/comparisons/latency.ts', `import { measure } from '../export/latency.ts'; void measure;`],
    ['src-main/engine/services/explain/map.ts', `import { pngOf } from './png.ts'; void pngOf;`],
    ['src-main/engine/services/runs.ts', `import { Training } from '../jobs/training.ts'; void Training;`],
    ['src-main/engine/main.ts', `import { openServices } from './services/index.ts'; void openServices;`],
    ['src-main/electron/main.ts', `import { app } from 'electron'; void app;`],
    ['src-renderer/features/train/rows.ts', `import { useRuns } from '../runs/runsStore.ts'; void useRuns;`],
    ['src-renderer/features/runs/rows.ts', `import { count } from '../../logic/format.ts'; void count;`],
    ['src-renderer/engine/run.ts', `import { countMacs } from '../../src-main/backbone/analysis.ts'; void countMacs;`],
    [
      'test/e2e/journey.test.ts',
      `import Database from 'better-sqlite3'; import fs from 'node:fs'; void [Database, fs];`,
    ],
  ])('allows in %s: %s', async (path, code) => {
    expect(await lint(path, code)).toEqual([]);
  });
});
