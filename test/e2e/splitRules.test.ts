import { expect, test } from 'vitest';
import { join } from 'node:path';
import { z } from 'zod';
import { contract } from '../../src-main/contract/index.ts';
import { temporaryFolder } from '../support/folder.ts';
import { json } from './support/cutpoint.ts';
import { writeCsv, writeStudy } from './support/study.ts';

const counted = z.object({ sample: z.object({ images: z.int(), cases: z.int() }) });

test('what says who is tested says it to precision and to a probe, too', { timeout: 180_000 }, async () => {
  const folder = temporaryFolder();
  const files = await writeStudy(folder, { patients: 12 });
  // Of each class the last three patients are of another site.
  const rows = files.map((file, at) => [file, file.split(/[\\/]/)[0]!, at % 12 < 9 ? 'A' : 'B']);
  const csv = writeCsv(join(folder, 'labels.csv'), rows, ['file', 'label', 'site']);
  const data = ['--data', folder, '--labels', csv, '--split-column', 'site', '--test-values', 'B'];
  const at = ['--workspace', temporaryFolder()];
  const { sample } = await json(counted, ['precision', ...data, ...at]);
  expect(sample).toEqual(expect.objectContaining({ images: 6, cases: 3 }));
  const network = ['--backbone', 'cbr_tiny', '--source', 'none', '--input', '32', '--folds', '3'];
  const probed = await json(contract['probe.sweep'].output, ['probe', ...data, ...network, ...at]);
  expect(probed).toMatchObject({ images: 18, leftOut: { test: 6 } });
});
