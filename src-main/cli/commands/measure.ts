import type { Command } from 'commander';
import { measureInput } from '../../contract/distance.ts';
import { addLabelOptions, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { addProbeNetwork, probeNetworkOf, type ProbeNetworkOptions } from '../options/probeNetwork.ts';
import { withEngine } from '../session.ts';
import { describeMeasures } from '../text/experts.ts';
import { whole } from '../text/units.ts';

interface Options extends LabelOptions, ProbeNetworkOptions {
  data: string;
  limit?: number;
  seed?: number;
}

const DOING = { reading: 'reading', pass: 'one pass:', clustering: 'clustering' } as const;

export function addMeasure(program: Command): void {
  const { input, limit, seed } = measureInput.shape;
  const command = program.command('measure').requiredOption('--data <dir>', 'folder of images');
  addProbeNetwork(command, { input, fits: false })
    .addOption(new NumericOption('--limit <n>', 'largest number of images that are decoded', { one: limit }))
    .addOption(new NumericOption('--seed <n>', 'seed of the images drawn and the clusters', { one: seed }));
  addLabelOptions(command).action((options: Options, command: Command) =>
    withEngine(command, async (session) => {
      const { client, output, signal } = session;
      const asked = {
        data: dataSelection(options.data, options),
        network: await probeNetworkOf(options, session),
        ...defined({ input: options.input, limit: options.limit, seed: options.seed }),
      };
      const found = await client.call('distance.measure', asked, {
        signal,
        onProgress: ({ doing, done, total }) =>
          output.progress(`${DOING[doing]} ${whole(done)} of ${whole(total)} images`),
      });
      output.result(found, () => describeMeasures(found));
    }),
  );
}
