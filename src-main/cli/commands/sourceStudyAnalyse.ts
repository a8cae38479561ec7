import type { Command } from 'commander';
import { sourceAnalysisInput } from '../../contract/sourceAnalysis.ts';
import { pathOf } from '../../userPath.ts';
import { defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { withEngine } from '../session.ts';
import { describeSourceAnalysis } from '../text/sourceAnalysis.ts';

interface Options {
  results: string;
  distances?: string;
  confidence: number;
  ratio?: number;
  out?: string;
}

export function addSourceStudyAnalyse(sourceStudy: Command): void {
  const { confidence, ratio } = sourceAnalysisInput.shape;
  sourceStudy
    .command('analyse')
    .description('tables, drawings and correlations of published results of several sources on several targets')
    .requiredOption(
      '--results <csv>',
      'table with the columns source, target, fold and auc; a source that is empty or the target itself is the baseline without transfer; columns seed, backbone and cut may be there',
    ) // prettier-ignore
    .option('--distances <csv>', 'table with the columns source, target and distance')
    .addOption(new NumericOption('--confidence <share>', 'of the intervals', { one: confidence }))
    .addOption(
      new NumericOption('--ratio <n>', 'images tested for each that was trained on, in a fold', {
        one: ratio,
        standard: '1 / (folds − 1); 0.125 for 80/10/10',
      }),
    )
    .option('--out <dir>', 'write the tables as CSV and the drawings as SVG and PNG to this new or empty folder')
    .action(({ results, distances, out, ...options }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const paths = { distances: distances && pathOf(distances), out: out && pathOf(out) };
        const input = { results: pathOf(results), ...defined(paths), ...options };
        const found = await client.call('sourceStudy.analyse', input, { signal });
        output.result(found, () => describeSourceAnalysis(found, paths.out));
      }),
    );
}
