import { Option, type Command } from 'commander';
import { AGGREGATIONS, type Aggregation } from '../../contract/figures.ts';
import { ownPart, shownPart, type PartOptions } from '../options/part.ts';
import { addLabelOptions, dataSelection, type LabelOptions } from '../options/data.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeEvaluation } from '../text/metrics.ts';

type EvaluateOptions = LabelOptions & {
  data?: string;
  part?: PartOptions['part'];
  again?: boolean;
  combine: Aggregation;
  classOrder?: string;
};

export function addEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .option('--data <dir>', 'folder of images')
    .addOption(ownPart())
    .addOption(
      new Option('--combine <how>', 'how several images of a patient become one prediction')
        .choices(AGGREGATIONS)
        .default('mean' satisfies Aggregation),
    )
    .option(
      '--class-order <names>',
      'order of the classes from the least on, separated by commas, for weighted kappas; none: in no order; names: as their names say',
    )
    .addHelpText(
      'after',
      '\nWithout --data, --again tests the run once more on its test split, and stores the new results instead.',
    );
  addLabelOptions(command).action((id: string, options: EvaluateOptions, command: Command) =>
    withEngine(command, async (session) => {
      const { client, output, signal } = session;
      if (options.classOrder !== undefined)
        await client.call('run.orderClasses', { id, order: orderGiven(options.classOrder) }, { signal });
      const onProgress = showCount(output, 'predicting', 'images');
      const data = options.data === undefined ? {} : { data: dataSelection(options.data, options) };
      const { part, again = false } = options;
      // What is measured anew is the test part, or a folder: nothing stored takes its place.
      const stored = again || options.data !== undefined ? { part } : { part: await shownPart(session, id, { part }) };
      const evaluation = await client.call('run.evaluate', { id, again, ...stored, ...data }, { signal, onProgress });
      if (options.data !== undefined) tellPartial(evaluation.problems);
      output.result(evaluation, () => describeEvaluation(evaluation, options.combine));
    }),
  );
}

/** A class of that name is one of several, and `none` alone is none of them. */
const orderGiven = (text: string) =>
  text === 'none' || text === 'names' ? text : text.split(',').map((name) => name.trim());
