import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runSummary } from '../../src-main/contract/run.ts';
import { temporaryFolder } from '../support/folder.ts';
import { json, run, start } from './support/cutpoint.ts';
import { writeStudy } from './support/study.ts';

// So TensorFlow itself refuses what would be more than 256 MB, 10 s after it was first asked.
const env = { ...process.env, TF_MKL_ALLOC_MAX_BYTES: String(256 * 2 ** 20) };

it('a batch size left to the memory is said; what does not fit after all goes on with half, and says so', async () => {
  const [workspace, study] = [join(temporaryFolder(), 'workspace'), join(temporaryFolder(), 'study')];
  const in_ = ['--workspace', workspace];
  await writeStudy(study, { patients: 30 });
  const { ended } = start(
    [
      ...['train', '--data', study, '--group-pattern', '(p\\d+)', '--positive', 'light', '--epochs', '1', ...in_],
      ...['--backbone', 'resnet18', '--cut', 'layer1.0', '--source', 'none', '--input', '224', '--batch', 'auto'],
    ],
    { env },
  );
  const { status, stderr } = await ended;
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stderr).toMatch(/batch size 32: it fits into the \d+\.\d GB of memory that there are/);
  expect(stderr).toContain('From epoch 1, step 1 on the batch is 16: 32 did not fit into memory.');
  const id = /^run (\S+)$/m.exec(stderr)![1]!;
  const { smallerBatches, ...summary } = await json(runSummary, ['run', id, ...in_]);
  expect(summary).toMatchObject({ status: 'completed', plan: { batch: 32 } });
  expect(smallerBatches).toEqual([{ epoch: 1, step: 1, batch: 16, before: 32 }]);
  expect((await run(['run', id, ...in_])).stdout).toContain('the batch is 16');

  const out = join(temporaryFolder(), 'model.onnx');
  expect(await run(['export', id, '--format', 'onnx', '--out', out, '--no-latency', ...in_])).toMatchObject({
    status: 0,
  });
  expect(readFileSync(`${out}.card.md`, 'utf8')).toContain('the batch is 16: 32 did not fit into memory');
  const report = join(temporaryFolder(), 'report.html');
  expect(await run(['report', id, '--out', report, ...in_])).toMatchObject({ status: 0 });
  expect(readFileSync(report, 'utf8')).toContain('the batch is 16: 32 did not fit into memory');
}, 240_000);
