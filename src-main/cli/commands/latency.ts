import type { Command } from 'commander';
import type { InputOf } from '../../contract/index.ts';
import { latencyInput, type LatencyReport } from '../../contract/latency.ts';
import { NumericOption } from '../options/numeric.ts';
import { names } from '../options/read.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { counted, milliseconds } from '../text/units.ts';

type LatencyOptions = Omit<InputOf<'backbone.latency'>, 'backbone' | 'channels'> & { grey?: true };

export function addLatency(program: Command): void {
  const { classes, input, batch } = latencyInput.shape;
  program
    .command('latency')
    .argument('<backbone>', 'name, as `cutpoint backbones` lists it')
    .option('--cuts <names>', 'cuts, separated by commas (default: all block ends)', names)
    .addOption(new NumericOption('--batch <n>', 'images of a batch that is measured besides', { one: batch }))
    .addOption(new NumericOption('--classes <n>', 'classes to tell apart', { one: classes }))
    .addOption(new NumericOption('--input <pixels>', 'side of the image', { one: input }))
    .option('--grey', 'for images with one channel')
    .action((backbone: string, { grey, ...options }: LatencyOptions, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const report = await client.call(
          'backbone.latency',
          { backbone, ...options, ...(grey && { channels: 1 }) },
          { signal, onProgress: ({ done, total }) => output.progress(`measured ${done} of ${counted(total, 'time')}`) },
        );
        output.result(report, () => describe(report));
      }),
    );
}

function describe({ backbone, input, runtime, cpu, threads, cuts, disturbed }: LatencyReport): string {
  const images = cuts[0]?.batch?.images;
  return paragraphs(
    `${backbone}, images of ${input}×${input} pixels: ${runtime} on ${cpu}, ${counted(threads, 'thread')}; the shorter of two medians`,
    table(
      [
        { title: 'Cut' },
        { title: 'One image', align: 'right' },
        ...(images === undefined ? [] : [{ title: `Batch of ${images}`, align: 'right' as const }]),
      ],
      cuts.map(({ cut, milliseconds: one, batch }) => [
        cut,
        milliseconds(one),
        ...(batch ? [milliseconds(batch.milliseconds)] : []),
      ]),
    ),
    disturbed && 'The engine computed something else meanwhile: the times may be too long, and are not kept.',
  );
}
