import type { Command } from 'commander';
import { addPictureOptions, addTargetOptions, picturesOf, targetOf, type PictureOptions, type TargetOptions } from '../options/explain.ts'; // prettier-ignore
import { explainMethods } from '../../contract/explain.ts';
import { defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { refuseNothing, tellPartial } from '../problem.ts';
import { withEngine } from '../session.ts';
import { describeChecks } from '../text/explain.ts';
import { whole } from '../text/units.ts';

interface Options extends TargetOptions, PictureOptions {
  draws?: number;
  seed?: number;
  runs?: string[];
}

export function addExplainCheck(program: Command): void {
  const { draws, seed } = explainMethods['explain.check'].input.shape;
  const command = program
    .command('explain-check')
    .argument('<run>', 'run, as `cutpoint runs` lists it')
    .argument('[files...]', 'images')
    .addOption(new NumericOption('--draws <n>', 'random networks to average over', { one: draws }))
    .addOption(new NumericOption('--seed <n>', 'seed of the random networks', { one: seed }))
    .option('--runs <id...>', 'runs of the same plan with other seeds (default: all that are there)')
    .addHelpText(
      'after',
      `
From the head downwards, block after block gets random weights (Adebayo et al. 2018). Rank correlations are Spearman's, of
the maps before negative values are set to zero, as they are and by absolute values; SSIM is of the maps as shown.`,
    );
  addPictureOptions(addTargetOptions(command)).action(
    (run: string, files: string[], options: Options, command: Command) => {
      const pictures = picturesOf(files, options);
      const { draws, seed, runs } = options;
      return withEngine(command, async ({ client, output, signal }) => {
        const answer = await client.call(
          'explain.check',
          {
            ...{ run, ...targetOf(options), ...defined({ draws, seed, runs }) },
            pictures: pictures.map(({ picture }) => picture),
          },
          { signal, onProgress: ({ done, total }) => output.progress(`map ${whole(done)} of ${whole(total)}`) },
        );
        const named = <T extends { picture: number }>({ picture, ...rest }: T) => ({ file: pictures[picture]!.name, ...rest }); // prettier-ignore
        const { checks, problems, ...about } = answer;
        const document = { run, ...about, checks: checks.map(named), problems: problems.map(named) };
        refuseNothing(checks, document.problems);
        tellPartial(problems);
        output.result(document, () => describeChecks(document));
      });
    },
  );
}
