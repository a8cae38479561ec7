import type { Command } from 'commander';
import { rowsOf } from '../../contract/table.ts';
import { imageSplit, type ImageRow } from '../../contract/images.ts';
import type { InputOf, OutputOf } from '../../contract/index.ts';
import { addLabelOptions, dataSelection, type LabelOptions } from '../options/data.ts';
import { addSplitOptions, splitRuleOf, type SplitOptions } from '../options/split.ts';
import { NumericOption } from '../options/numeric.ts';
import { addTestOptions, testSelection, type TestOptions } from '../options/testData.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { counted } from '../text/units.ts';

interface Options extends LabelOptions, TestOptions, SplitOptions {
  splitValidation?: number;
  splitTest?: number;
  seed?: number;
}

export function addImages(program: Command): void {
  const command = program.command('images').argument('<data>', 'folder of images');
  const { split, seed } = imageSplit.shape;
  const { validation, test } = split.unwrap().shape;
  addSplitOptions(addTestOptions(addLabelOptions(command)))
    .addOption(
      new NumericOption('--split-validation <share>', 'share of the patients to validate on', { one: validation }),
    )
    .addOption(new NumericOption('--split-test <share>', 'share of the patients to test on', { one: test }))
    .addOption(new NumericOption('--seed <n>', 'seed of the split', { one: seed }))
    .action((folder: string, { splitValidation, splitTest, seed, ...options }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const standard = imageSplit.parse({});
        const selection = dataSelection(folder, options);
        const test = testSelection(folder, options);
        const plan = {
          seed: seed ?? standard.seed,
          split: {
            validation: splitValidation ?? standard.split.validation,
            test: splitTest ?? standard.split.test,
            ...splitRuleOf(options),
          },
          testFolder: test !== undefined,
        };
        const list = async (input: InputOf<'data.images'>): Promise<Listed> => {
          const onProgress = showCount(output, 'reading', 'files');
          const { images, ...found } = await client.call('data.images', input, { signal, onProgress });
          tellPartial(found.leftOut.filter(({ code }) => code !== 'LEFT_OUT'));
          return { images: rowsOf(images), ...found };
        };
        const listed = await list({ ...selection, plan });
        const tested = test && (await list({ ...test, testOf: selection }));
        output.result({ ...listed, ...(tested && { test: tested }) }, () =>
          paragraphs(
            inWords(listed, 'No split'),
            tested && `To test on, from ${tested.folder}:`,
            tested && inWords(tested, 'No test'),
          ),
        );
      }),
    );
}

interface Listed extends Omit<OutputOf<'data.images'>, 'images'> {
  images: readonly ImageRow[];
}

const inWords = ({ images, leftOut, splitProblem }: Listed, none: string): string =>
  paragraphs(
    table(
      [
        { title: 'File' },
        { title: 'Class' },
        { title: 'Group', align: 'right' },
        { title: 'Part' },
        { title: 'Size', align: 'right' },
        { title: 'Bits', align: 'right' },
        { title: 'Findings' },
      ],
      images.map(({ file, label, group, part, width, height, bits, findings }) => [
        ...[file, label, String(group), part ?? '', `${width}×${height}`, String(bits), findings.join(', ')],
      ]),
    ),
    leftOut.length > 0 &&
      [
        `Left out: ${counted(leftOut.length, 'file')}`,
        ...leftOut.map(({ file, code, message }) => `  ${file}: ${message} [${code}]`),
      ].join('\n'),
    splitProblem && `${none}: ${splitProblem.message}`,
  );
