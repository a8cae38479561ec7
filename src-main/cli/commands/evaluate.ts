import { Option, type Command } from 'commander';
import { addLabelOptions, dataSelection, type LabelOptions } from '../options/data.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeEvaluation } from '../text/metrics.ts';

export function addEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .option('--data <dir>', 'folder of images')
    .addOption(
      new Option('--part <part>', 'without --data: which stored results')
        .choices(['validation', 'test'])
        .default('test'),
    )
    .addHelpText(
      'after',
      '\nWithout --data, --again tests the run once more on its test split, and stores the new results instead.',
    );
  addLabelOptions(command).action(
    (
      id: string,
      options: LabelOptions & { data?: string; part: 'validation' | 'test'; again?: boolean },
      command: Command,
    ) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'predicting', 'images');
        const data = options.data === undefined ? {} : { data: dataSelection(options.data, options) };
        const evaluation = await client.call(
          'run.evaluate',
          { id, part: options.part, again: options.again ?? false, ...data },
          { signal, onProgress },
        );
        if (options.data === undefined) await client.call('run.openTest', { id }, { signal });
        else tellPartial(evaluation.problems);
        output.result(evaluation, () => describeEvaluation(evaluation));
      }),
  );
}
