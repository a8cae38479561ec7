// `npm run bench:rows`: what a list of runs costs, through the handler with the contract's checks, and how long it has to wait
// while all that is stored is read for damage. Options: --runs N, --calls N.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contract } from '../../src-main/contract/index.ts';
import { breathe } from '../../src-main/engine/breathe.ts';
import { openServices } from '../../src-main/engine/services/index.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { storeRuns } from '../support/manyRuns.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, calls: { type: 'string', default: '40' } },
});
/** Milliseconds that nothing else may be kept waiting. */
const MOST = 50;
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
  const later: number[] = [];
  for (let count = 0; count < calls; count++) later.push(await measured(list));
  const bytes = Buffer.byteLength(JSON.stringify(await list()));
  console.log('| runs | first | median | p95 | as JSON |');
  console.log('|-----:|------:|-------:|----:|--------:|');
  console.log(
    `| ${runs} | ${first.toFixed(1)} ms | ${at(0.5, later)} ms | ${at(0.95, later)} ms | ${(bytes / 1000).toFixed(1)} kB |`,
  );

  const waits: number[] = [];
  let over = false;
  const looking = measured(async () => handlers['storage.damaged']({}, call)).finally(() => (over = true));
  // A turn of the event loop brings the call, as a message would be.
  const asked = () => breathe().then(list);
  while (!over) waits.push(await measured(asked));
  const whole = await looking;
  console.log('\n| reading all for damage | lists answered beside it | median |    p95 |');
  console.log('|-----------------------:|-------------------------:|-------:|-------:|');
  console.log(`| ${whole.toFixed(1)} ms | ${waits.length} | ${at(0.5, waits)} ms | ${at(0.95, waits)} ms |`);
  if (waits.length < 2 || Number(at(0.95, waits)) > MOST) {
    console.log(`Lists are not answered within ${MOST} ms.`);
    process.exitCode = 1;
  }
  await close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds that a share of these times took at most. */
function at(share: number, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
}

/** Milliseconds. */
async function measured(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
