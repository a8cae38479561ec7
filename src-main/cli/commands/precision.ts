import type { Command } from 'commander';
import type { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { groupingOf, type Grouping } from '../../contract/groups.ts';
import { imageSplit } from '../../contract/images.ts';
import { precisionInput, sampleInput, testSampleOf, type TestSample } from '../../contract/precision.ts';
import { rowsOf } from '../../contract/table.ts';
import { addLabelOptions, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { addSplitOptions, splitRuleOf, type SplitOptions } from '../options/split.ts';
import { addTestOptions, testSelection, type TestOptions } from '../options/testData.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine, type Session } from '../session.ts';
import { describePrecision } from '../text/precision.ts';

type Guesses = Partial<z.input<typeof precisionInput>>;

interface Options extends Guesses, LabelOptions, TestOptions, SplitOptions {
  data?: string;
  positive?: string;
  splitValidation?: number;
  splitTest?: number;
  seed?: number;
}

export function addPrecision(program: Command): void {
  const { shape } = precisionInput;
  const { split, seed } = imageSplit.shape;
  const { validation, test } = split.unwrap().shape;
  const number = (flags: string, help: string, one: z.ZodType) => new NumericOption(flags, help, { one });
  const command = program
    .command('precision')
    .addOption(number('--patients <n>', 'patients to be tested; images, where patients are not known', shape.patients))
    .addOption(number('--images-per-patient <n>', 'images of each, on average', shape.imagesPerPatient))
    .addOption(
      number(
        '--icc <x>',
        'intraclass correlation of the images of a patient; 1: all of them tell no more than one',
        shape.icc,
      ),
    )
    .addOption(number('--prevalence <share>', 'share of the images that have the finding', shape.prevalence))
    .addOption(number('--auroc <x>', 'AUROC that the model is guessed to reach', shape.auroc))
    .addOption(number('--sensitivity <x>', 'sensitivity, guessed', shape.sensitivity))
    .addOption(number('--specificity <x>', 'specificity, guessed', shape.specificity))
    .addOption(
      number('--threshold <x>', 'probability from which on is treated, for net benefit; left out: the prevalence', shape.threshold), // prettier-ignore
    )
    .addOption(number('--width <x>', 'half of the interval that is wanted, ±: how many patients it needs', shape.width))
    .addOption(number('--confidence <x>', 'of the intervals', shape.confidence))
    .option('--data <dir>', 'count patients, images and prevalence of the test part of this folder')
    .option('--positive <class>', 'with --data, as for `train`')
    .addOption(number('--split-validation <share>', 'with --data, as for `train`', validation))
    .addOption(number('--split-test <share>', 'with --data, as for `train`', test))
    .addOption(number('--seed <n>', 'with --data, as for `train`', seed))
    .addHelpText(
      'after',
      `
Nothing is trained. What is named besides --data counts in the place of what is counted. Of several classes the rarest is
taken, against the rest.

Examples:
  cutpoint precision --patients 60 --prevalence 0.3 --auroc 0.85
  cutpoint precision --prevalence 0.3 --auroc 0.85 --width 0.05
  cutpoint precision --data study --labels study/labels.csv --group-column group --width 0.1`,
    );
  addSplitOptions(addTestOptions(addLabelOptions(command))).action((options: Options, command: Command) =>
    withEngine(command, async (session) => {
      const { client, output, signal } = session;
      const counted = options.data === undefined ? null : await countedIn(options.data, options, session);
      const input = inputOf(options, counted?.sample ?? null);
      const found = await client.call('plan.precision', input, { signal });
      const shown = { ...(counted ?? { sample: null, grouping: undefined }), input, ...found };
      output.result(shown, () => describePrecision(shown));
    }),
  );
}

/** @throws CutpointError INPUT_INVALID where it is not said what is to be computed */
function inputOf(options: Options, sample: TestSample | null): z.infer<typeof precisionInput> {
  const { patients, imagesPerPatient, icc, prevalence, auroc, sensitivity, specificity, threshold, width, confidence } =
    options;
  const named = { patients, imagesPerPatient, icc, prevalence, auroc, sensitivity, specificity, threshold };
  const input: Guesses = { ...(sample && sampleInput(sample)), ...defined({ ...named, width, confidence }) };
  if (input.patients === undefined && input.width === undefined)
    throw new CutpointError('INPUT_INVALID', 'Nothing is said of how many patients there are, or of the width that is wanted.', {
      remedy: 'Name --patients (or --data, to have them counted), or --width.',
    }); // prettier-ignore
  if (input.prevalence === undefined)
    throw new CutpointError('INPUT_INVALID', 'Nothing is said of the share of the images that have the finding.', {
      remedy: 'Name --prevalence, or --data, to have it counted.',
    });
  return precisionInput.parse(input);
}

/** @throws CutpointError INPUT_INVALID where the folder has no test part with two classes */
async function countedIn(
  folder: string,
  { splitValidation, splitTest, seed, positive, ...options }: Options,
  { client, output, signal }: Session,
): Promise<{ sample: TestSample; grouping: Grouping }> {
  const call = { signal, onProgress: showCount(output, 'reading', 'files') };
  const [selection, test] = [dataSelection(folder, options), testSelection(folder, options)];
  const standard = imageSplit.parse({});
  const plan = {
    seed: seed ?? standard.seed,
    split: {
      validation: splitValidation ?? standard.split.validation,
      test: splitTest ?? standard.split.test,
      ...splitRuleOf(options),
    },
  };
  const report = await client.call('data.audit', test ?? selection, call);
  const listed = await client.call('data.images', test ? { ...test, testOf: selection } : { ...selection, plan }, call);
  tellPartial(listed.leftOut.filter(({ code }) => code !== 'LEFT_OUT'));
  const tested = rowsOf(listed.images).filter(({ part }) => part === 'test');
  const sample = testSampleOf(tested, positive ?? report.positive?.positive);
  if (sample) return { sample, grouping: groupingOf(report) };
  throw new CutpointError('INPUT_INVALID', 'The test part has no two classes to tell apart.', {
    remedy: listed.splitProblem?.message ?? 'Set more aside for the test with --split-test.',
  });
}
