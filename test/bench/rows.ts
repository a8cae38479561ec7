// `npm run bench:rows`: what a list of runs costs, through the handler with the contract's checks. Options: --runs N,
// --calls N.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contract } from '../../src-main/contract/index.ts';
import { openServices } from '../../src-main/engine/services/index.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { storeRuns } from '../support/manyRuns.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, calls: { type: 'string', default: '40' } },
});
const [runs, calls] = [Number(values.runs), Number(values.calls)];
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-rows-'));
try {
  const filling = openWorkspace(folder);
  storeRuns(filling.store, runs);
  filling.close();
  const { handlers, close } = await openServices({ workspace: folder });
  const call = { signal: new AbortController().signal, progress: () => {} };
  const list = async () => contract['run.list'].output.parse(await handlers['run.list']({}, call));

  const first = await measured(list);
  const later = [];
  for (let count = 0; count < calls; count++) later.push(await measured(list));
  const sorted = later.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
  const bytes = Buffer.byteLength(JSON.stringify(await list()));
  console.log('| runs | first | median | p95 | as JSON |');
  console.log('|-----:|------:|-------:|----:|--------:|');
  console.log(
    `| ${runs} | ${first.toFixed(1)} ms | ${at(0.5)} ms | ${at(0.95)} ms | ${(bytes / 1000).toFixed(1)} kB |`,
  );
  await close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds. */
async function measured(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
