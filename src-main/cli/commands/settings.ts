import { Option, type Command } from 'commander';
import { limits, preferences, type Preferences } from '../../contract/preferences.ts';
import { z } from 'zod';
import { NumericOption } from '../options/numeric.ts';
import { withEngine } from '../session.ts';
import { facts } from '../text/table.ts';
import { bytes } from '../text/units.ts';

/** No limit of one's own; the language and the theme of the system. */
const NONE = 'system';
const gigabytes = z.number().min(1).max(1_000_000);

interface Options {
  threads?: number | typeof NONE;
  memory?: number | typeof NONE;
  language?: string;
  theme?: Preferences['theme'];
}

export function addSettings(program: Command): void {
  const { language, theme } = preferences.shape;
  program
    .command('settings')
    .addOption(
      new NumericOption('--threads <n>', 'processor threads that compute, and that read images', {
        one: limits.shape.threads,
        word: NONE,
      }),
    )
    .addOption(
      new NumericOption('--memory <gb>', 'gigabytes that computing may take; what needs more is refused', {
        one: gigabytes,
        word: NONE,
      }),
    )
    .addOption(new Option('--language <name>', 'of the window').choices([...language.unwrap().options, NONE]))
    .addOption(new Option('--theme <name>', 'of the window').choices(theme.options))
    .addHelpText('after', `\nThe word \`${NONE}\` takes a setting back: as the machine has, or as the system is set.`)
    .action((options: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const change = changeOf(options);
        const chosen =
          Object.keys(change).length === 0
            ? await client.call('preferences.get', {}, { signal })
            : await client.call('preferences.set', change, { signal });
        output.result(chosen, () => describe(chosen));
      }),
    );
}

function changeOf({ threads, memory, language, theme }: Options): Partial<Preferences> {
  return {
    ...(threads !== undefined && { threads: threads === NONE ? null : threads }),
    ...(memory !== undefined && { memoryBytes: memory === NONE ? null : Math.round(memory * 1e9) }),
    ...(language !== undefined && { language: language === NONE ? null : (language as Preferences['language']) }),
    ...(theme !== undefined && { theme }),
  };
}

const describe = ({ threads, memoryBytes, language, theme }: Preferences): string =>
  facts([
    ['Threads', threads === null ? 'as the machine has' : String(threads)],
    ['Memory', memoryBytes === null ? 'what is available' : `at most ${bytes(memoryBytes)}`],
    ['Language', language ?? 'as the system'],
    ['Theme', theme === 'system' ? 'as the system' : theme],
  ]);
