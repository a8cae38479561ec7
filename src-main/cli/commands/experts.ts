import type { Command } from 'commander';
import { EXPERT_FEATURES } from '../../contract/expertFeatures.ts';
import { pathOf } from '../../userPath.ts';
import { csvText, outFile, writeOut } from '../outFile.ts';
import { withEngine } from '../session.ts';
import { describeExperts } from '../text/experts.ts';

interface Options {
  out?: string;
  overwrite?: boolean;
}

export function addExperts(program: Command): void {
  program
    .command('experts')
    .argument(
      '<csv>',
      `table with a row for each observer and data set: dataset, observer, ${EXPERT_FEATURES.join(', ')}`,
    )
    .option('--out <csv>', 'table of source, target and distance')
    .option('--overwrite', 'replace a file that is there')
    .addHelpText(
      'after',
      `
Observers say of each data set after a look at some of its images: natural or medical (origin), grey or colour (colour),
objects or textures (content), of which type, how diverse, and how many classes. The vote is what most of them say; the
distance is the share of the features that differ. A feature without a vote is left out of it.`,
    )
    .action((csv: string, options: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const out = options.out === undefined ? null : outFile(options.out, options);
        const report = await client.call('distance.experts', { csv: pathOf(csv) }, { signal });
        if (out !== null) {
          const rows = report.distances
            .filter(({ source, target, distance }) => source !== target && distance !== null)
            .map(({ source, target, distance }) => [source, target, distance]);
          await writeOut(out, csvText(['source', 'target', 'distance'], rows));
        }
        output.result(report, () => describeExperts(report, out));
      }),
    );
}
