import { Option, type Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import type { MeasuredPart } from '../../contract/evaluation.ts';
import { ONE_CLASS_ONLY } from '../../contract/oneClass.ts';
import { calibrationMethod, type CalibrationMethod } from '../../contract/runChoices.ts';
import { defined } from '../options/data.ts';
import { withEngine } from '../session.ts';
import { describeCalibration } from '../text/calibration.ts';

interface Options {
  part: 'validation' | 'test';
  dataset?: string;
  label?: string;
  method?: CalibrationMethod;
  keep: boolean;
}

export function addCalibration(program: Command): void {
  program
    .command('calibration')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(new Option('--part <part>', 'images of the run').choices(['validation', 'test']).default('validation'))
    .option(
      '--dataset <id>',
      'another folder that it was evaluated on, by the list of its images (`cutpoint datasets`)',
    )
    .option('--label <name>', 'where images may have several labels, the one that is judged')
    .addOption(
      new Option('--method <how>', 'whose bins are listed; left out: what is kept').choices(calibrationMethod.options),
    )
    .option('--keep', 'keep the method with the run: predictions and exports are made with it from then on', false)
    .addHelpText('after', '\nTemperature and Platt scaling are fitted on the validation images.')
    .action((id: string, { part, dataset, label, method, keep }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        if (keep && method === undefined)
          throw new CutpointError('INPUT_INVALID', 'Which method is to be kept is not said.', {
            remedy: 'Name it: --method temperature, --method platt or --method none.',
          });
        if (label !== undefined && method !== undefined && method !== 'none' && !keep)
          throw new CutpointError('INPUT_INVALID', ONE_CLASS_ONLY.calibration, { remedy: 'Leave --method out.' });
        if (keep && method !== undefined) await client.call('run.calibrate', { id, method }, { signal });
        const of: MeasuredPart = dataset === undefined ? part : { dataset };
        const report = await client.call('run.calibration', { id, part: of, ...defined({ label }) }, { signal });
        output.result(report, () => describeCalibration(report, method ?? report.kept));
      }),
    );
}
