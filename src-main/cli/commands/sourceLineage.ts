import type { Command } from 'commander';
import { pathOf } from '../../userPath.ts';
import { defined } from '../options/data.ts';
import { withEngine } from '../session.ts';
import { describeTrees } from '../text/source.ts';

export function addSourceLineage(source: Command): void {
  source
    .command('lineage')
    .description('what sources were trained from, link by link')
    .argument('[names...]', 'as `cutpoint sources` lists them (default: all)')
    .option('--out <dir>', 'write it as a table (CSV) and drawn (SVG, PNG) to this new or empty folder')
    .action((names: string[], { out }: { out?: string }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const path = out && pathOf(out);
        const found = await client.call('source.lineage', { names, ...defined({ out: path }) }, { signal });
        output.result(found, () => describeTrees(found, path));
      }),
    );
}
