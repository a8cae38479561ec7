import type { Command } from 'commander';
import type { SourceStudySummary } from '../../contract/sourceStudy.ts';
import { followSourceStudy } from '../followSourceStudy.ts';
import { defined } from '../options/data.ts';
import { openTestOption, type OpenTestOptions } from '../options/openTest.ts';
import { sourceStudyPlanOf } from '../options/sourceStudy.ts';
import { showCount } from '../progress.ts';
import { pathOf } from '../../userPath.ts';
import { withEngine, type Session } from '../session.ts';
import { describeSourceStudy, listSourceStudies, rowsAsCsv, rowsAsTable } from '../text/sourceStudy.ts';
import { counted } from '../text/units.ts';
import { addSourceStudyAnalyse } from './sourceStudyAnalyse.ts';

const ID = 'source study, as `cutpoint source-study list` lists it';

export function addSourceStudy(program: Command): void {
  const group = program.command('source-study').addHelpText(
    'after',
    `
The plan of a study is a JSON file, see docs/sources.md:
  { "targets": [{ "name": "lesions", "data": { "folder": "lesions" } }],
    "sources": ["imagenet", "textures"], "backbones": ["resnet18"] }`,
  );
  group
    .command('start')
    .description('fine-tune each network from each source on each target, in folds, beside the same without transfer')
    .argument('<plan>', 'JSON file with targets, sources and networks; folders in it are relative to it')
    .option('--dry-run', 'check the plan and say how many runs it comes to; read no images, start nothing')
    .addOption(openTestOption())
    .action((file: string, { dryRun, openTest }: OpenTestOptions & { dryRun?: true }, command: Command) => {
      const plan = sourceStudyPlanOf(command, file);
      return withEngine(command, async (session) => {
        const { client, output, signal } = session;
        if (dryRun) {
          const found = await client.call('sourceStudy.runs', plan, { signal });
          const said = [...found.leftOut.map(({ why }) => why), `${counted(found.runs, 'run')}.`];
          return output.result(found, () => said.join('\n'));
        }
        const onProgress = showCount(output, 'reading', 'files');
        const { id, leftOut, noticed } = await client.call('sourceStudy.start', plan, { signal, onProgress });
        output.note(`source study ${id}`);
        for (const line of [...leftOut.map(({ why }) => why), ...noticed]) output.note(line);
        await show(session, await followSourceStudy(session, id), defined({ openTest }));
      });
    });
  group
    .command('list')
    .description('the source studies in the workspace')
    .action((_options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const rows = await client.call('sourceStudy.list', {}, { signal });
        output.result(rows, () => listSourceStudies(rows));
      }),
    );
  group
    .command('show')
    .description('one source study: how far it is, and, once it is opened, what comes of it')
    .argument('<id>', ID)
    .option('--distances <csv>', 'table with the columns source, target and distance: did they tell it beforehand?')
    .action((id: string, { distances }: { distances?: string }, command: Command) =>
      withEngine(command, async (session) => {
        const study = await session.client.call('sourceStudy.get', { id }, { signal: session.signal });
        await show(session, study, defined({ distances: distances && pathOf(distances) }));
      }),
    );
  group
    .command('resume')
    .description('continue one that was interrupted or stopped, and try again what failed')
    .argument('<id>', ID)
    .addOption(openTestOption())
    .action((id: string, { openTest }: OpenTestOptions, command: Command) =>
      withEngine(command, async (session) => {
        await session.client.call('sourceStudy.resume', { id }, { signal: session.signal });
        await show(session, await followSourceStudy(session, id), defined({ openTest }));
      }),
    );
  group
    .command('stop')
    .description('end one after the current step; finished runs are kept')
    .argument('<id>', ID)
    .action((id: string, _options, command: Command) =>
      withEngine(command, async (session) =>
        show(session, await session.client.call('sourceStudy.stop', { id }, { signal: session.signal })),
      ),
    );
  group
    .command('rows')
    .description('the runs of one that were tested, with their AUROC weighted by class priors')
    .argument('<id>', ID)
    .option('--csv', 'as CSV, which `source-study analyse` reads')
    .action((id: string, { csv }: { csv?: true }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const { rows } = await client.call('sourceStudy.result', { id }, { signal });
        output.result(rows, () => (csv ? rowsAsCsv(rows) : rowsAsTable(rows)));
      }),
    );
  group
    .command('remove')
    .description('forget one; its comparisons stay, and `cutpoint remove comparison` removes them')
    .argument('<id>', ID)
    .action((id: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        await client.call('sourceStudy.remove', { id }, { signal });
        output.result({ removed: id }, () => `Source study ${id} is forgotten; its comparisons are kept.`);
      }),
    );
  addSourceStudyAnalyse(group);
}

/**
 * Shows a study, with its result where its test figures are open.
 * @param openTest opens them before, for this reason
 * @param distances a table that the result is compared with
 */
async function show(
  session: Session,
  study: SourceStudySummary,
  { openTest, distances }: OpenTestOptions & { distances?: string } = {},
): Promise<void> {
  const { client, output, signal } = session;
  const { id } = study;
  if (openTest !== undefined) await client.call('sourceStudy.openTest', { id, reason: openTest }, { signal });
  const shown = openTest === undefined ? study : await client.call('sourceStudy.get', { id }, { signal });
  const asked = { id, ...defined({ distances }) };
  const result = shown.testOpened === null ? null : await client.call('sourceStudy.result', asked, { signal });
  output.result({ ...shown, result }, () => describeSourceStudy(shown, result));
}
