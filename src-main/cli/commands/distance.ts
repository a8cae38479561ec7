import type { Command } from 'commander';
import { distanceMethods } from '../../contract/distance.ts';
import { pathOf } from '../../userPath.ts';
import { defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { csvText, outFile, writeOut } from '../outFile.ts';
import { withEngine } from '../session.ts';
import { describeDistances } from '../text/distance.ts';

interface Options {
  out?: string;
  overwrite?: boolean;
  asymmetric?: true;
  pairs?: number;
  alpha?: number;
  seed?: number;
}

export function addDistance(program: Command): void {
  const { pairs, alpha, seed } = distanceMethods['distance.compare'].input.shape;
  program
    .command('distance')
    .argument('<files...>', 'files that `cutpoint task2vec` wrote, two or more')
    .option('--out <csv>', 'table of source, target and distance')
    .option('--overwrite', 'replace a file that is there')
    .option('--asymmetric', '--out: the asymmetric distance')
    .addOption(new NumericOption('--pairs <n>', 'of subsets: pairs of embeddings drawn, averaged', { one: pairs }))
    .addOption(
      new NumericOption('--alpha <x>', 'asymmetric: share of the distance of the source from the trivial task', {
        one: alpha,
      }),
    )
    .addOption(new NumericOption('--seed <n>', 'seed of the pairs drawn', { one: seed }))
    .action((files: string[], options: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const out = options.out === undefined ? null : outFile(options.out, options);
        const of = files.map((file) => ({ file: pathOf(file) }));
        const asked = { of, ...defined({ pairs: options.pairs, alpha: options.alpha, seed: options.seed }) };
        const report = await client.call('distance.compare', asked, { signal });
        if (out !== null) {
          const rows = report.distances
            .filter(({ source, target }) => source !== target)
            .map((row) => [row.source, row.target, options.asymmetric ? row.asymmetric : row.distance]);
          await writeOut(out, csvText(['source', 'target', 'distance'], rows));
        }
        output.result(report, () => describeDistances(report, out));
      }),
    );
}
