import type { Command } from 'commander';
import { pathOf } from '../../userPath.ts';
import { isComparison } from '../known.ts';
import { withEngine } from '../session.ts';
import { describeReport } from '../text/report.ts';

interface Options {
  out: string;
  openTest: boolean;
  reason?: string;
  images: boolean;
  pdf: boolean;
  overwrite: boolean;
}

export function addReport(program: Command): void {
  program
    .command('report')
    .argument('<id>', 'run or comparison')
    .requiredOption('--out <path>', 'HTML file to write; JSON and model card lie beside it')
    .option('--open-test', 'show figures of test images, which opens the test set and is noted', false)
    .option('--reason <text>', 'with --open-test: why, for the log (200 characters at most)')
    .option('--no-images', 'leave out images of patients: errors and maps')
    .option('--pdf', 'print it to PDF too, with the Chromium of this machine', false)
    .option('--overwrite', 'replace an earlier report of the same run or comparison', false)
    .action((id: string, { out, ...options }: Options, command: Command) =>
      withEngine(command, async (session) => {
        const { client, output, signal } = session;
        const of = (await isComparison(session, id)) ? { comparison: id } : { run: id };
        const onProgress = ({ message }: { message: string }) => output.progress(message);
        const input = { of, out: pathOf(out), ...options };
        const written = await client.call('report.write', input, { signal, onProgress });
        output.result(written, () => describeReport(written));
      }),
    );
}
