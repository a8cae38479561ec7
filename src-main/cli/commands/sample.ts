import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { counted } from '../text/units.ts';
import { showCount } from '../progress.ts';
import { pathOf } from '../../userPath.ts';

export function addSample(program: Command): void {
  program
    .command('sample')
    .argument('<dir>', 'folder to write to')
    .action((folder: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'writing', 'images');
        const written = await client.call('data.sample', { folder: pathOf(folder) }, { signal, onProgress });
        output.result(written, () =>
          [
            `${counted(written.images, 'image')} of ${counted(written.patients, 'invented patient')} in ${written.folder}`,
            `Labels: ${written.labels}`,
          ].join('\n'),
        );
      }),
    );
}
