import type { Command } from 'commander';
import type { OutputOf } from '../../contract/index.ts';
import { withEngine } from '../session.ts';
import { facts, table } from '../text/table.ts';
import { bytes, short } from '../text/units.ts';

/** Digits of a SHA-256 that a table has room for. */
const SHOWN = 12;

export function addCatalogue(program: Command): void {
  const catalogue = program
    .command('catalogue')
    .addHelpText('after', '\nNothing is downloaded unless `cutpoint catalogue download` asks for it.')
    .action((_options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const entries = await client.call('catalogue.list', {}, { signal });
        output.result(entries, () => overview(entries));
      }),
    );

  catalogue
    .command('show')
    .description('one entry: what is known of it, its licence, and its model card where it has one')
    .argument('<id>', 'entry, as `cutpoint catalogue` names it')
    .action((id: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const documents = await client.call('catalogue.documents', { id }, { signal });
        const entry = (await client.call('catalogue.list', {}, { signal })).find((each) => each.id === id)!;
        output.result({ ...entry, documents }, () => described(entry, documents));
      }),
    );

  catalogue
    .command('download')
    .description('download the file of an entry into the workspace; continues where an earlier download stopped')
    .argument('<id>', 'entry, as `cutpoint catalogue` names it')
    .action((id: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const result = await client.call(
          'catalogue.download',
          { id },
          {
            signal,
            onProgress: ({ bytes: done, total }) =>
              output.progress(`received ${bytes(done)}${total === null ? '' : ` of ${bytes(total)}`}`),
          },
        );
        output.result(result, () =>
          facts([
            ['File', result.file],
            ['Size', bytes(result.bytes)],
            ['SHA-256', result.sha256],
            ['Checksum', result.verified ? 'as published' : 'none was published for comparison'],
            ['Next', `cutpoint source add '${result.file}' --catalogue ${id} --name NAME`],
          ]),
        );
      }),
    );
}

function described(
  entry: OutputOf<'catalogue.list'>[number],
  { licence, card }: OutputOf<'catalogue.documents'>,
): string {
  return [
    facts([
      ['Entry', entry.id],
      ['Title', entry.title],
      ['Backbone', entry.backbone],
      ['Trained on', entry.trainedOn],
      ['Licence', entry.licence],
      ['Paper', entry.paper],
      ['File', entry.file],
      ['Size', entry.bytes === null ? 'not stated' : bytes(entry.bytes)],
      ['SHA-256', entry.sha256 ?? 'not stated'],
      ['Page', entry.page],
      ['Source here', entry.source ?? 'none'],
    ]),
    entry.notes,
    ...(licence === null ? [] : [`Text of the licence\n\n${licence.trim()}`]),
    ...(card === null ? [] : [`Model card\n\n${card.trim()}`]),
  ].join('\n\n');
}

function overview(entries: OutputOf<'catalogue.list'>): string {
  return table(
    [
      { title: 'Entry' },
      { title: 'Backbone' },
      { title: 'Images' },
      { title: 'Size', align: 'right' },
      { title: 'SHA-256' },
      { title: 'Source here' },
      { title: 'Download' },
      { title: 'File to look for' },
    ],
    entries.map((entry) => [
      entry.id,
      entry.backbone,
      entry.domain,
      entry.bytes === null ? 'not stated' : bytes(entry.bytes),
      entry.sha256 === null ? 'not stated' : short(entry.sha256, SHOWN),
      entry.source ?? '',
      entry.fetched
        ? 'by set-up'
        : entry.bundled !== null
          ? 'not needed'
          : entry.download === null
            ? `see ${entry.page}`
            : 'yes',
      entry.file,
    ]),
  );
}
