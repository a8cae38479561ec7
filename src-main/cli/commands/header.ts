import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { whole } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

export function addHeader(program: Command): void {
  program
    .command('header')
    .argument('<file>', 'an image')
    .action((file: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const path = pathOf(file);
        const header = await client.call('data.header', { folder: dirname(path), file: basename(path) }, { signal });
        output.result(header, () =>
          paragraphs(
            `${header.format}, ${whole(header.bytes)} bytes`,
            table(
              [{ title: 'Tag' }, { title: 'Type' }, { title: 'Name' }, { title: 'Value' }],
              header.rows.map(({ tag, vr, keyword, value, masked, depth }) => [
                ...['  '.repeat(depth) + (tag ?? ''), vr ?? '', keyword ?? '', masked ? '(masked)' : (value ?? '')],
              ]),
            ),
          ),
        );
      }),
    );
}
