import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { facts, paragraphs, table } from '../text/table.ts';
import { taking } from '../text/taking.ts';
import { whole } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

export function addGlance(program: Command): void {
  program
    .command('glance')
    .argument('<data>', 'folder of images')
    .action((folder: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const found = await client.call('data.glance', { folder: pathOf(folder) }, { signal });
        output.result(found, () =>
          paragraphs(
            facts([
              ['Folder', found.folder],
              ['Files', whole(found.files)],
              ['Endings', found.endings.map(({ ending, files }) => `${ending || 'none'} ${whole(files)}`).join(', ')],
              ['Labels', found.suggested ?? (found.folders.length > 0 ? 'the folders' : 'none')],
            ]),
            found.folders.length > 0 &&
              table(
                [{ title: 'Folder' }, { title: 'Files', align: 'right' }],
                found.folders.map(({ name, files }) => [name, whole(files)]),
              ),
            found.layout?.split &&
              table(
                [{ title: 'Folder of the split' }, { title: 'Part' }, { title: 'Files', align: 'right' }],
                [
                  ...found.layout.split.parts.map(({ folder, part, files }) => [folder, part, whole(files)]),
                  ...found.layout.split.beside.map(({ folder, files }) => [folder, 'not used', whole(files)]),
                ],
              ),
            found.tables.length > 0 &&
              table(
                [{ title: 'Table' }, { title: 'File column' }, { title: 'Label column' }, { title: 'Patient column' }],
                found.tables.map(({ path, guess }) => [
                  ...[path, guess.fileColumn ?? '', guess.labelColumn ?? '', guess.groupColumn ?? ''],
                ]),
              ),
            found.findings.map(({ code, message }) => `${message} [${code}]`).join('\n'),
            taking(found.tables),
          ),
        );
      }),
    );
}
