import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { outputOf, workspaceOf } from '../session.ts';
import { SIZES, sizeRow } from '../text/sizes.ts';
import { paragraphs, table } from '../text/table.ts';
import { bytes } from '../text/units.ts';

export function addErase(program: Command): void {
  program
    .command('erase')
    .option('--yes', 'remove; without it, what would be removed is only listed', false)
    .addHelpText(
      'after',
      `
Removes the workspace that --workspace names: results, networks, weights, copies, backups and the log. It cannot be undone.
Your images, and files exported to other folders, are never touched. No other Cutpoint may use the workspace meanwhile.`,
    )
    .action(async ({ yes }: { yes: boolean }, command: Command) => {
      // Without an engine, which a damaged store keeps from starting.
      const { eraseWorkspace } = await import('../../engine/storage/erase.ts');
      const erased = await eraseWorkspace(workspaceOf(command), { dryRun: !yes });
      const text = paragraphs(
        `${yes ? 'Removed' : 'This would remove'} ${bytes(erased.bytes)} from ${erased.workspace}:\n${table(SIZES, erased.removed.map(sizeRow))}`,
        erased.left.length > 0 && `What is not Cutpoint's stays: ${erased.left.join(', ')}.`,
      );
      const output = outputOf(command);
      if (yes) return output.result(erased, () => text);
      output.note(text);
      throw new CutpointError('NOT_CONFIRMED', 'Nothing was removed.', {
        remedy: 'Repeat the command with --yes to remove it.',
        details: { ...erased },
      });
    });
}
