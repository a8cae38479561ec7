import type { Command } from 'commander';
import { outputOf, withEngine, workspaceOf } from '../session.ts';
import { bytes, counted } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'file to write; only you can read it')
    .option('--overwrite', 'replace a file that is there', false)
    .addHelpText(
      'after',
      `
In it: runs with their settings, epochs, predictions and numbers; comparisons; lists of images; sources by name; the
salt with which patient identifiers are hashed. Keep it as you keep the images.
Not in it: the networks of runs (WORKSPACE/checkpoints), pretrained weights (WORKSPACE/sources), dropped folders. For
those copy these folders as well; without them a restored run shows its numbers, but cannot be resumed or exported.
\`cutpoint restore FILE\` puts a backup in the place of the results. Cutpoint makes one of its own before every update of
the store, in WORKSPACE/backups.`,
    )
    .action((file: string, { overwrite }: { overwrite: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const made = await client.call('storage.backup', { file: pathOf(file), overwrite }, { signal });
        output.result(
          made,
          () => `${made.file} (${bytes(made.bytes)}) holds ${contents(made)}. It was read back and is complete.`,
        );
      }),
    );
}

export function addRestore(program: Command): void {
  program
    .command('restore')
    .argument('<file>', 'file that `cutpoint backup` wrote, or one of WORKSPACE/backups')
    .addHelpText(
      'after',
      `
The whole backup is read first. What it replaces, damaged or not, goes to WORKSPACE/backups. No other Cutpoint may use the
workspace meanwhile.`,
    )
    .action(async (file: string, _options, command: Command) => {
      // Without an engine, which a damaged store keeps from starting.
      const { restoreStore } = await import('../../engine/store/backup.ts');
      const restored = restoreStore(workspaceOf(command), pathOf(file));
      outputOf(command).result(restored, () =>
        [
          `The workspace now holds ${contents(restored)}.`,
          restored.replaced && `What was there before is now ${restored.replaced}.`,
        ]
          .filter(Boolean)
          .join('\n'),
      );
    });
}

interface Contents {
  runs: number;
  studies: number;
  comparisons: number;
  sources: number;
  datasets: number;
}

const contents = ({ studies, runs, comparisons, sources, datasets }: Contents): string =>
  [
    counted(runs, 'run'),
    counted(studies, 'study'),
    counted(comparisons, 'comparison'),
    counted(sources, 'source'),
    counted(datasets, 'dataset'),
  ].join(', ');
