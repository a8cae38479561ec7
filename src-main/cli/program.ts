import { Command } from 'commander';
import { version } from '../version.ts';
import { defaultWorkspaceFolder } from '../workspaceFolder.ts';
import { addAudit } from './commands/audit.ts';
import { addBackbones } from './commands/backbones.ts';
import { addBackup } from './commands/backup.ts';
import { addCatalogue } from './commands/catalogue.ts';
import { addClean } from './commands/clean.ts';
import { addDatasets } from './commands/datasets.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addExplain } from './commands/explain.ts';
import { addExplainCheck } from './commands/explainCheck.ts';
import { addExport } from './commands/export.ts';
import { addFilters } from './commands/filters.ts';
import { addInspect } from './commands/inspect.ts';
import { addLocalise } from './commands/localise.ts';
import { addMovement } from './commands/movement.ts';
import { addPredict } from './commands/predict.ts';
import { addProbe } from './commands/probe.ts';
import { addRemove } from './commands/remove.ts';
import { addResume } from './commands/resume.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addSample } from './commands/sample.ts';
import { addServe } from './commands/serve.ts';
import { addSimilarity } from './commands/similarity.ts';
import { addSource } from './commands/source.ts';
import { addSources } from './commands/sources.ts';
import { addStudyCommands } from './commands/startStudy.ts';
import { addStop } from './commands/stop.ts';
import { addStudies } from './commands/studies.ts';
import { addStudy } from './commands/study.ts';
import { addTrain } from './commands/train.ts';

/** Subcommands in the order in which a study needs them. */
const SUBCOMMANDS = [
  addDoctor,
  addSample,
  addAudit,
  addBackbones,
  addInspect,
  addCatalogue,
  addSources,
  addSource,
  addProbe,
  addTrain,
  addRuns,
  addRun,
  addStudyCommands,
  addStudies,
  addStudy,
  addStop,
  addResume,
  addEvaluate,
  addExplain,
  addExplainCheck,
  addLocalise,
  addFilters,
  addSimilarity,
  addMovement,
  addExport,
  addPredict,
  addDatasets,
  addRemove,
  addClean,
  addBackup,
  addServe,
];

/** The command line. It throws CommanderError instead of ending the process, and writes help but no errors. */
export function createProgram(): Command {
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
  for (const add of SUBCOMMANDS) add(program);
  return program;
}
