import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { exportFormat, type ExportFormat } from '../../contract/model.ts';
import { withEngine } from '../session.ts';
import { facts } from '../text/table.ts';
import { bytes } from '../text/units.ts';

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the model of a run as a file, verified on held-out images')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(
      new Option('--format <format>', 'onnx: one file that takes 8-bit RGB; tfjs: a folder with a layers model')
        .choices(exportFormat.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'file (onnx) or folder (tfjs) to write')
    .action((id: string, options: { format: ExportFormat; out: string }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const { format, out } = options;
        const onProgress = ({ message }: { message: string }) => output.progress(message);
        const record = await client.call('model.export', { id, format, out: resolve(out) }, { signal, onProgress });
        const { images, largestDifference, meanDifference, runtime } = record.parity;
        output.result(record, () =>
          facts([
            ['Written', `${record.path}, ${bytes(record.bytes)}`],
            ['SHA-256', record.sha256],
            [
              'Verified',
              `${images} held-out images in ${runtime}: probabilities differ by at most ${largestDifference.toExponential(1)}, ${meanDifference.toExponential(1)} on average`,
            ],
          ]),
        );
      }),
    );
}
