import { Option, type Command } from 'commander';
import { exportFormat, exportPrecision, type ExportFormat, type ExportPrecision } from '../../contract/model.ts';
import { withEngine } from '../session.ts';
import { describeExport } from '../text/export.ts';
import { pathOf } from '../../userPath.ts';

interface Options {
  format: ExportFormat;
  out: string;
  precision: ExportPrecision;
  foldBatchNorm: boolean;
  anySize: boolean;
  latency: boolean;
  overwrite: boolean;
}

export function addExport(program: Command): void {
  program
    .command('export')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(
      new Option(
        '--format <format>',
        'onnx: one file that takes 8-bit RGB; tfjs: a folder with a layers model; keras, keras-h5: for load_model; safetensors: weights alone',
      )
        .choices(exportFormat.options)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--precision <precision>', 'number format of an ONNX file')
        .choices(exportPrecision.options)
        .default('float32'),
    )
    .option('--fold-batch-norm', 'merge batch normalisation into the convolutions (ONNX)', false)
    .option('--any-size', 'accept images of any size, resized inside the file (ONNX)', false)
    .option('--no-latency', 'do not measure how long the networks take')
    .option('--overwrite', 'replace an earlier export of the same run', false)
    .requiredOption('--out <path>', 'file, or folder for tfjs, to write')
    .action((id: string, options: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const { format, out, latency, precision, foldBatchNorm, anySize, overwrite } = options;
        const onProgress = ({ message }: { message: string }) => output.progress(message);
        const record = await client.call(
          'model.export',
          { id, format, out: pathOf(out), latency, overwrite, options: { precision, foldBatchNorm, anySize } },
          { signal, onProgress },
        );
        output.result(record, () => describeExport(record));
      }),
    );
}
