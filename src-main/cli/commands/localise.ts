import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { explainMethods } from '../../contract/explain.ts';
import { addTargetOptions, targetOf, type TargetOptions } from '../options/explain.ts';
import { csvPath, defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { refuseNothing, tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeLocalisation } from '../text/explain.ts';
import { pathOf } from '../../userPath.ts';

interface Options extends TargetOptions {
  data: string;
  regions: string;
  boxes?: string;
  masks?: string;
  fileColumn?: string;
  groupColumn?: string;
  threshold?: number;
  tolerance?: number;
}

export function addLocalise(program: Command): void {
  const { shape } = explainMethods['explain.localise'].input;
  const command = program
    .command('localise')
    .argument('<run>', 'run, as `cutpoint runs` lists it')
    .requiredOption('--data <dir>', 'folder of images')
    .requiredOption('--regions <csv>', 'table of files and findings, in the working directory or else in the folder')
    .option('--boxes <column>', 'its column with boxes: xmin ymin xmax ymax in pixels, several one after another')
    .option('--masks <column>', 'its column with paths of masks, relative to the folder')
    .option('--file-column <name>', 'its column with the file, relative to the folder (default: "file")')
    .option(
      '--group-column <name>',
      'its column with the patient (or whatever groups the images) (default: the DICOM PatientID, or the file)',
    )
    .addOption(
      new NumericOption(
        '--threshold <share>',
        'share of the map’s largest value above which a pixel counts as marked',
        {
          one: shape.threshold,
        },
      ),
    )
    .addOption(
      new NumericOption(
        '--tolerance <share>',
        'distance that the peak may have from the finding, as a share of the longer side',
        {
          one: shape.tolerance,
          standard: '15/224',
        },
      ),
    );
  addTargetOptions(command).action((run: string, options: Options, command: Command) => {
    const folder = pathOf(options.data);
    const regions = {
      ...{ folder, csv: csvPath(options.regions, folder) },
      ...defined({ fileColumn: options.fileColumn, groupColumn: options.groupColumn }),
      column: columnOf(options),
    };
    const { threshold, tolerance } = options;
    return withEngine(command, async ({ client, output, signal }) => {
      const found = await client.call(
        'explain.localise',
        { run, ...targetOf(options), regions, ...defined({ threshold, tolerance }) },
        { signal, onProgress: showCount(output, 'explaining', 'pictures') },
      );
      refuseNothing(found.perImage, found.problems);
      tellPartial(found.problems);
      output.result(found, () => describeLocalisation(found));
    });
  });
}

function columnOf({ boxes, masks }: Options): { kind: 'boxes' | 'masks'; name: string } {
  if (boxes !== undefined && masks === undefined) return { kind: 'boxes', name: boxes };
  if (masks !== undefined && boxes === undefined) return { kind: 'masks', name: masks };
  throw new CutpointError('INPUT_INVALID', 'Findings are boxes or masks: name one column of the table.', {
    remedy: 'Give either --boxes or --masks.',
  });
}
