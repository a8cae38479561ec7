import type { Command } from 'commander';
import { defined } from '../options/data.ts';
import { nameGiven } from '../options/study.ts';
import { withEngine } from '../session.ts';
import { showComparison } from '../showComparison.ts';

export function addComparison(program: Command): void {
  program
    .command('comparison')
    .argument('<id>', 'comparison, as `cutpoint comparisons` lists it')
    .option('--name <name>', 'what you call it; empty: it goes by its kind and network')
    .option('--note <text>', 'what you note of it; empty: nothing')
    .action((id: string, { name, note }: { name?: string; note?: string }, command: Command) =>
      withEngine(command, async (session) => {
        const { client, signal } = session;
        const changes = { ...nameGiven(name), ...defined({ note }) };
        if (Object.keys(changes).length > 0) await client.call('comparison.edit', { id, ...changes }, { signal });
        await showComparison(session, await client.call('comparison.get', { id }, { signal }));
      }),
    );
}
