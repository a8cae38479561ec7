import type { Command } from 'commander';
import { isComparison, isJob } from '../known.ts';
import { showComparison } from '../showComparison.ts';
import { showRun } from '../showRun.ts';
import { withEngine } from '../session.ts';

export function addStop(program: Command): void {
  program
    .command('stop')
    .argument('<id>', 'run, comparison or job, as `cutpoint runs`, `comparisons` and `jobs` list them')
    .addHelpText(
      'after',
      `
A run ends after its current step, and its best epoch is tested and kept; a comparison keeps its finished runs.
Both can be resumed. What waits leaves the queue.`,
    )
    .action((id: string, _options, command: Command) =>
      withEngine(command, async (session) => {
        const { client, output, signal } = session;
        if (await isComparison(session, id)) {
          return showComparison(session, await client.call('comparison.stop', { id }, { signal }));
        }
        if (await isJob(session, id)) {
          const job = await client.call('job.cancel', { id }, { signal });
          return output.result(job, () => `${job.title}: ${job.status}`);
        }
        const run = await client.call('run.stop', { id }, { signal });
        await showRun(session, run);
      }),
    );
}
