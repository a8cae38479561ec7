import type { Command } from 'commander';
import type { StudyDetails } from '../../contract/study.ts';
import { rowsOf } from '../../contract/table.ts';
import { addLabelOptions, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { showCount } from '../progress.ts';
import { withEngine, type Session } from '../session.ts';
import { describeStudy } from '../text/study.ts';
import { bytes, counted } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

const ID = 'study, as `cutpoint studies` lists it';

type DataOptions = LabelOptions & { data?: string };
const dataOf = ({ data, ...options }: DataOptions) =>
  data === undefined ? {} : { data: dataSelection(data, options) };

export function addStudy(program: Command): void {
  const study = program.command('study');
  study
    .argument('<id>', ID)
    .action((id: string, _options, command: Command) =>
      withEngine(command, async (session) => show(session, await session.client.call('study.get', { id }))),
    );
  addLabelOptions(
    study
      .command('create')
      .description('a new study')
      .option('--name <name>', 'what you call it (default: as its folder)')
      .option('--data <dir>', 'folder of images'),
  ).action(({ name, ...options }: DataOptions & { name?: string }, command: Command) =>
    withEngine(command, async (session) => {
      const given = { ...defined({ name }), ...dataOf(options) };
      return show(session, await session.client.call('study.create', given));
    }),
  );
  addLabelOptions(
    study
      .command('edit')
      .description('name or note a study, or choose its data; what was done with it stays')
      .argument('<id>', ID)
      .option('--name <name>', 'what you call it')
      .option('--note <text>', 'what you note of it; empty: nothing')
      .option('--data <dir>', 'folder of images'),
  ).action((id: string, { name, note, ...options }: DataOptions & { name?: string; note?: string }, command: Command) =>
    withEngine(command, async (session) => {
      const changes = { ...defined({ name, note }), ...dataOf(options) };
      return show(session, await session.client.call('study.edit', { id, ...changes }));
    }),
  );
  study
    .command('duplicate')
    .description('another study with the data, draft and note of one, without its runs')
    .argument('<id>', ID)
    .option('--name <name>', 'what you call it (default: its name with a number)')
    .action((id: string, { name }: { name?: string }, command: Command) =>
      withEngine(command, async (session) =>
        show(session, await session.client.call('study.duplicate', { id, ...defined({ name }) })),
      ),
    );
  study
    .command('archive')
    .description('write a study to one file: results, networks and weights, without images')
    .argument('<id>', ID)
    .argument('<file>', 'zip file to write; only you can read it')
    .option('--overwrite', 'replace a file that is there', false)
    .action((id: string, file: string, { overwrite }: { overwrite: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'writing', 'bytes');
        const input = { id, file: pathOf(file), overwrite };
        const made = await client.call('study.archive', input, { signal, onProgress });
        output.result(made, () => `${made.file} (${bytes(made.bytes)}) holds ${holds(made)}, without images.`);
      }),
    );
  study
    .command('import')
    .description('take a study from a file that `study archive` wrote, beside what is there')
    .argument('<file>', 'that file')
    .action((file: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const onProgress = showCount(output, 'reading', 'bytes');
        const made = await client.call('study.import', { file: pathOf(file) }, { signal, onProgress });
        output.result(made, () => `The study ${made.study} is here now, with ${holds(made)}.`);
      }),
    );
}

const holds = ({ runs, comparisons }: { runs: number; comparisons: number }): string =>
  `${counted(runs, 'run')} and ${counted(comparisons, 'comparison')}`;

async function show({ client, output, signal }: Session, study: StudyDetails): Promise<void> {
  const [runs, comparisons] = await Promise.all([
    client.call('run.list', {}, { signal }),
    client.call('comparison.list', {}, { signal }),
  ]);
  const own = rowsOf(runs).filter((run) => run.study === study.id);
  const compared = comparisons.filter((comparison) => comparison.study === study.id);
  output.result({ ...study, runRows: own, comparisonRows: compared }, () => describeStudy(study, own, compared));
}
