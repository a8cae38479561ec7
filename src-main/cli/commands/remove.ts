import { Argument, type Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { storedKind, type Removal, type StoredKind } from '../../contract/storage.ts';
import { withEngine } from '../session.ts';
import { bytes, counted } from '../text/units.ts';

interface Options {
  withRuns: boolean;
  yes: boolean;
}

export function addRemove(program: Command): void {
  program
    .command('remove')
    .addArgument(new Argument('<kind>', 'what it is').choices(storedKind.options))
    .argument('<ids...>', 'as `studies`, `runs`, `comparisons`, `sources` and `datasets` list them; damaged ones too')
    .option('--with-runs', 'also remove the runs and comparisons that need it', false)
    .option('--yes', 'remove; without it, what would be removed is only listed', false)
    .addHelpText(
      'after',
      `
Your images and exported files are never touched. Studies and comparisons are removed together with their runs
(--with-runs). Backups still hold what was removed; \`cutpoint clean\` removes decoded images and leftovers.`,
    )
    .action((kind: StoredKind, ids: string[], { withRuns, yes }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const removed = await client.call('storage.remove', { kind, ids, withRuns, dryRun: !yes }, { signal });
        if (yes) return output.result(removed, () => describe(removed, 'Removed'));
        output.note(describe(removed, 'This would remove'));
        throw new CutpointError('NOT_CONFIRMED', 'Nothing was removed.', {
          remedy: 'Repeat the command with --yes to remove it.',
          details: { ...removed },
        });
      }),
    );
}

function describe(
  { studies, runs, comparisons, sources, datasets, exports, jobs, bytes: size, notes }: Removal,
  verb: string,
): string {
  const rows = [
    ...([
      ['study', studies],
      ['run', runs],
      ['comparison', comparisons],
      ['source', sources],
    ] as const),
    ...([
      ['dataset', datasets],
      ['record of an export', exports],
      ['job', jobs],
    ] as const),
  ].filter(([, ids]) => ids.length > 0);
  return [
    `${verb}, with ${bytes(size)} of files:`,
    ...rows.map(([noun, ids]) => `  ${counted(ids.length, noun)}: ${ids.join(', ')}`),
    ...notes,
  ].join('\n');
}
