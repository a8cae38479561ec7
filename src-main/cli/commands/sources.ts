import type { Command } from 'commander';
import { asLineage, lineageOf } from '../../contract/origin.ts';
import { showDamaged, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { bytes, moment, short, whole } from '../text/units.ts';

export function addSources(program: Command): void {
  program.command('sources').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const sources = await client.call('source.list', {}, { signal });
      const entries = await client.call('catalogue.list', {}, { signal });
      const licenceOf = (id: string | null) => entries.find((entry) => entry.id === id)?.licence ?? null;
      const list = sources.map((source) => ({ ...source, licence: licenceOf(source.catalogue) }));
      const damaged = await client.call('storage.damaged', { kinds: ['source'] }, { signal });
      showDamaged(output, damaged);
      output.result(withDamaged(list, damaged), () => {
        if (list.length === 0) return 'No pretrained weights yet. `cutpoint source add FILE` adds some.';
        return table(
          [
            { title: 'Name' },
            { title: 'Backbone' },
            { title: 'Format' },
            { title: 'Parameters', align: 'right' },
            { title: 'Missing', align: 'right' },
            { title: 'Size', align: 'right' },
            { title: 'SHA-256' },
            { title: 'Licence' },
            { title: 'Lineage' },
            { title: 'Added' },
            { title: 'File' },
          ],
          list.map(
            ({ name, backbone, format, parameters, missing, bytes: size, sha256, licence, addedAt, file, origin }) => [
              name,
              backbone,
              format,
              whole(parameters),
              missing === 0 ? '' : whole(missing),
              bytes(size),
              short(sha256),
              licence ?? (origin === null ? 'not known' : 'your own'),
              origin === null ? '' : asLineage(lineageOf({ name, origin })),
              moment(addedAt),
              origin === null ? file : `run ${origin.run}`,
            ],
          ),
        );
      });
    }),
  );
}
