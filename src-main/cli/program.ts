import { Command } from 'commander';
import { version } from '../version.ts';
import { defaultWorkspaceFolder } from '../workspaceFolder.ts';
import { SUBCOMMANDS, type Subcommand } from './subcommands.ts';

/**
 * The command line. It throws CommanderError instead of ending the process, and writes help but no errors.
 * @param words of the command line: only subcommands among them are loaded, of the others their line in the list; left out:
 * all
 */
export async function createProgram(words?: readonly string[]): Promise<Command> {
  const program = new Command('cutpoint')
    .description('Cut a pretrained network, fine-tune it on local medical images, and export a small model.')
    .version(version)
    .option('--workspace <dir>', `where runs and results are kept (default: ${defaultWorkspaceFolder()})`)
    .option('--json', 'one JSON document on standard output; progress and errors stay on standard error')
    .addHelpText(
      'after',
      `
Nothing leaves this machine. Relative paths start at the working directory.
Exit status: 0 done; 1 something to correct (named by a code, with a sentence and what to do; interrupted runs and obstacles
in an audit, too); 2 a defect of Cutpoint; 3 done in part: files were missing or could not be used, and are listed.`,
    )
    .configureHelp({ showGlobalOptions: true })
    // Settings below are copied to subcommands when they are created.
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showSuggestionAfterError()
    .helpCommand(true);
  for (const subcommand of SUBCOMMANDS) await addSubcommand(program, subcommand, words);
  return program;
}

async function addSubcommand(program: Command, subcommand: Subcommand, words: readonly string[] | undefined) {
  const { term, description, options, kept, load } = subcommand;
  const name = term.split(' ')[0]!;
  if (words?.includes(name) ?? true) {
    const add = await load();
    add(program);
  } else {
    const line = program.command(term);
    // Shown as `[options]`.
    if (options) line.option('--option');
  }
  const command = program.commands.find((each) => each.name() === name)?.description(description);
  if (kept) command?.option('--again', 'compute anew, whatever is kept of an earlier time');
}
