import { existsSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { headerValue, subgroupMethods, type HeaderValue, type SubgroupBy } from '../../contract/subgroups.ts';
import { defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { ownPart, shownPart } from '../options/part.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeChoices, describeSubgroups } from '../text/subgroups.ts';
import { pathOf } from '../../userPath.ts';

interface Options {
  part?: 'validation' | 'test';
  dataset?: string;
  label?: string;
  column?: string;
  table?: string;
  fileColumn?: string;
  header?: HeaderValue;
  bands?: number[];
  least?: number;
}

export function addSubgroups(program: Command): void {
  const { shape } = subgroupMethods['run.subgroups'].input;
  program
    .command('subgroups')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(ownPart())
    .option('--dataset <id>', 'another folder that it was evaluated on, by the list of its images')
    .option('--label <name>', 'where images may have several labels, the one that is asked about')
    .option('--column <name>', 'column of a table (age, sex, site, …), or a DICOM tag, as in tag:StationName')
    .option('--table <csv>', 'table that has it (default: the one that the labels came from)')
    .option('--file-column <name>', 'its column with the file, relative to the folder')
    .addOption(
      new Option('--header <what>', 'instead of a column, what DICOM headers say').choices(headerValue.options),
    )
    .addOption(
      new NumericOption('--bands <numbers>', 'edges of bands of a column of numbers, separated by commas', {
        each: shape.bands.unwrap().element,
        standard: 'ages of 18, 40 and 65, other numbers in thirds',
      }),
    )
    .addOption(new NumericOption('--least <patients>', 'subgroups of fewer are only counted', { one: shape.least }))
    .action((id: string, options: Options, command: Command) =>
      withEngine(command, async (session) => {
        const { client, output, signal } = session;
        const by = dividedBy(options);
        const part = await shownPart(session, id, options);
        const label = defined({ label: options.label });
        if (by === null) {
          const choices = await client.call('run.subgroupChoices', { id, part, ...label }, { signal });
          output.result(choices, () => describeChoices(choices));
          return;
        }
        const report = await client.call(
          'run.subgroups',
          { id, part, by, ...label, ...defined({ bands: options.bands, least: options.least }) },
          { signal, onProgress: showCount(output, 'reading', 'headers') },
        );
        output.result(report, () => describeSubgroups(report));
      }),
    );
}

/** Null: nothing was named. */
function dividedBy({ column, header, table, fileColumn }: Options): SubgroupBy | null {
  if (column !== undefined && header !== undefined)
    throw new CutpointError('INPUT_INVALID', 'Images are divided by one thing at a time.', {
      remedy: 'Give either --column or --header.',
    });
  if (header !== undefined) return { kind: 'header', value: header };
  if (column === undefined) return null;
  return { kind: 'column', name: column, ...defined({ csv: table && placeOfTable(table), fileColumn }) };
}

/** In the working directory, or else in the folder of the images. */
const placeOfTable = (table: string): string => (existsSync(pathOf(table)) ? pathOf(table) : table);
