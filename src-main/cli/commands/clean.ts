import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { itemPart, type Cleaning, type StorageUsage } from '../../contract/storage.ts';
import { withEngine } from '../session.ts';
import { SIZES, sizeRow } from '../text/sizes.ts';
import { paragraphs, table } from '../text/table.ts';
import { bytes, counted, moment, whole } from '../text/units.ts';

export function addClean(program: Command): void {
  program
    .command('clean')
    .option('--dry-run', 'remove nothing; only list what would be removed', false)
    .option(
      '--dropped',
      'also copies of dropped folders that runs were trained on: those can then not be resumed or explained',
      false,
    )
    .option('--only <names...>', 'only these, as the list of copies and decoded images names them: dropped/NAME')
    .action(({ only, ...options }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const named = only && { only: only.map(itemOf) };
        const cleaned = await client.call('storage.clean', { ...options, ...named }, { signal });
        const used = await client.call('storage.usage', {}, { signal });
        output.result({ ...cleaned, usage: used }, () => describe(cleaned, used));
      }),
    );
}

interface Options {
  dryRun: boolean;
  dropped: boolean;
  only?: string[];
}

/** `dropped/NAME` */
function itemOf(text: string): { part: (typeof itemPart.options)[number]; name: string } {
  const [, part, name] = /^([^/]+)[/](.+)$/.exec(text) ?? [];
  const known = itemPart.safeParse(part);
  if (known.success) return { part: known.data, name: name! };
  throw new CutpointError('INPUT_INVALID', `--only: '${text}' names nothing that can be removed alone.`, {
    remedy: 'Name it as `cutpoint clean --dry-run` lists it: cache/NAME or dropped/NAME.',
  });
}

/** So many copies and files of decoded images are listed. */
const MOST_LISTED = 20;

function describe({ dryRun, removed, freedBytes, kept }: Cleaning, { parts, items }: StorageUsage): string {
  return paragraphs(
    removed.length === 0
      ? 'There was nothing to remove.'
      : `${dryRun ? 'This would free' : 'Freed'} ${bytes(freedBytes)}.\n${table(SIZES, removed.map(sizeRow))}`,
    kept.length > 0 &&
      `Kept:\n${table(
        [...SIZES, { title: 'Why' }],
        kept.map((each) => [...sizeRow(each), each.why]),
      )}`,
    `In the workspace${dryRun ? '' : ' now'}:\n${table(SIZES, parts.map(sizeRow))}`,
    items.length > 0 &&
      `Copies and decoded images${items.length > MOST_LISTED ? `, the largest ${MOST_LISTED} of ${whole(items.length)}` : ''}:\n${table(
        [...SIZES, { title: 'Last used' }, { title: 'Needed by' }],
        items
          .slice(0, MOST_LISTED)
          .map(({ part, name, at, needed, ...size }) => [
            ...sizeRow({ title: `${part}/${name}`, ...size }),
            moment(at),
            needed === null ? 'made again' : counted(needed, 'run'),
          ]),
      )}`,
  );
}
