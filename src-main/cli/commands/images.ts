import type { Command } from 'commander';
import { rowsOf } from '../../contract/table.ts';
import { imageSplit } from '../../contract/images.ts';
import { addLabelOptions, dataSelection, type LabelOptions } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { counted } from '../text/units.ts';

interface Options extends LabelOptions {
  splitValidation?: number;
  splitTest?: number;
  seed?: number;
}

export function addImages(program: Command): void {
  const command = program.command('images').argument('<data>', 'folder of images');
  const { split, seed } = imageSplit.shape;
  const { validation, test } = split.unwrap().shape;
  addLabelOptions(command)
    .addOption(
      new NumericOption('--split-validation <share>', 'share of the patients to validate on', { one: validation }),
    )
    .addOption(new NumericOption('--split-test <share>', 'share of the patients to test on', { one: test }))
    .addOption(new NumericOption('--seed <n>', 'seed of the split', { one: seed }))
    .action((folder: string, { splitValidation, splitTest, seed, ...options }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const standard = imageSplit.parse({});
        const plan = {
          seed: seed ?? standard.seed,
          split: { validation: splitValidation ?? standard.split.validation, test: splitTest ?? standard.split.test },
        };
        const onProgress = showCount(output, 'reading', 'files');
        const found = await client.call(
          'data.images',
          { ...dataSelection(folder, options), plan },
          { signal, onProgress },
        );
        const { images, leftOut, ...rest } = found;
        const rows = rowsOf(images);
        tellPartial(leftOut.filter(({ code }) => code !== 'LEFT_OUT'));
        output.result({ images: rows, leftOut, ...rest }, () =>
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
              rows.map(({ file, label, group, part, width, height, bits, findings }) => [
                ...[file, label, String(group), part ?? '', `${width}×${height}`, String(bits), findings.join(', ')],
              ]),
            ),
            leftOut.length > 0 &&
              [
                `Left out: ${counted(leftOut.length, 'file')}`,
                ...leftOut.map(({ file, code, message }) => `  ${file}: ${message} [${code}]`),
              ].join('\n'),
            rest.splitProblem && `No split: ${rest.splitProblem.message}`,
          ),
        );
      }),
    );
}
