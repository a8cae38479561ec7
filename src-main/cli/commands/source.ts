import { resolve } from 'node:path';
import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { facts } from '../text/table.ts';
import { bytes, whole } from '../text/units.ts';

export function addSource(program: Command): void {
  program
    .command('source')
    .description('add pretrained weights')
    .command('add')
    .description(
      'copy the weights of a file into the workspace; refused unless every parameter of the backbone is there',
    )
    .argument('<file>', 'Keras .h5, safetensors, or the model.json of a TensorFlow.js layers model')
    .requiredOption('--backbone <name>', 'network that the weights belong to')
    .requiredOption('--name <name>', 'name for `--source`')
    .action((file: string, options: { backbone: string; name: string }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const { backbone, name } = options;
        const added = await client.call('source.add', { file: resolve(file), backbone, name }, { signal });
        const { source, report } = added;
        output.result(added, () =>
          facts([
            ['Source', source.name],
            ['Backbone', source.backbone],
            ['Format', `${source.format}, ${bytes(source.bytes)}`],
            ['Matched', `${whole(report.matched.length)} arrays by name, ${whole(source.parameters)} parameters`],
            ['Left out', report.ignored.length === 0 ? 'nothing' : report.ignored.join(', ')],
            ['SHA-256', source.sha256],
          ]),
        );
      }),
    );
}
