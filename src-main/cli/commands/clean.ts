import type { Command } from 'commander';
import type { Cleaning, StorageUsage } from '../../contract/storage.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { bytes, whole } from '../text/units.ts';

export function addClean(program: Command): void {
  program
    .command('clean')
    .option('--dry-run', 'remove nothing; only list what would be removed', false)
    .option(
      '--dropped',
      'also copies of dropped folders that runs were trained on: those can then not be resumed or explained',
      false,
    )
    .action((options: { dryRun: boolean; dropped: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const cleaned = await client.call('storage.clean', options, { signal });
        const used = await client.call('storage.usage', {}, { signal });
        output.result({ ...cleaned, usage: used }, () => describe(cleaned, used));
      }),
    );
}

function describe({ dryRun, removed, freedBytes, kept }: Cleaning, { parts }: StorageUsage): string {
  const columns = [{ title: 'What' }, { title: 'Files', align: 'right' }, { title: 'Size', align: 'right' }] as const;
  const row = ({ title, files, bytes: size }: { title: string; files: number; bytes: number }) => [
    title,
    whole(files),
    bytes(size),
  ];
  return paragraphs(
    removed.length === 0
      ? 'There was nothing to remove.'
      : `${dryRun ? 'This would free' : 'Freed'} ${bytes(freedBytes)}.\n${table([...columns], removed.map(row))}`,
    kept.length > 0 &&
      `Kept:\n${table(
        [...columns, { title: 'Why' }],
        kept.map((each) => [...row(each), each.why]),
      )}`,
    `In the workspace${dryRun ? '' : ' now'}:\n${table([...columns], parts.map(row))}`,
  );
}
