import type { Command } from 'commander';
import { pathOf } from '../../userPath.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { bytes, counted } from '../text/units.ts';

export function addUnpack(program: Command): void {
  program
    .command('unpack')
    .argument('<zip>', 'zip archive')
    .action((file: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'unpacking', 'bytes');
        const made = await client.call('data.unpack', { file: pathOf(file) }, { signal, onProgress });
        tellPartial(made.problems);
        output.result(made, () =>
          [
            made.folder,
            `${counted(made.files, 'file')} (${bytes(made.bytes)}), as \`cutpoint audit "${made.folder}"\` reads them`,
            ...made.problems.map(({ file: name, code, message }) => `  ${name}: ${message} [${code}]`),
          ].join('\n'),
        );
      }),
    );
}
