import type { Command } from 'commander';
import { conformalInput, type Conformal } from '../../contract/conformal.ts';
import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { Proportion } from '../../contract/evaluation.ts';
import { NumericOption } from '../options/numeric.ts';
import { addPartOptions, partOf, type PartOptions } from '../options/part.ts';
import { withEngine } from '../session.ts';
import { capitalised, orNone, percent, range, share } from '../text/units.ts';
import { facts, paragraphs, table } from '../text/table.ts';

export function addAbstain(program: Command): void {
  const command = program
    .command('abstain')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(
      new NumericOption('--alpha <share>', 'how often a set may lack the true class', { one: conformalInput.shape.alpha }),
    );
  addPartOptions(command).action((id: string, { alpha, ...options }: PartOptions & { alpha?: number }, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const part = partOf(options);
      const found = await client.call('run.conformal', { id, part, ...(alpha !== undefined && { alpha }) }, { signal });
      output.result(found, () => described(found));
    }),
  );
} // prettier-ignore

const counted = (each: Proportion | null): string =>
  each === null ? orNone(null) : `${share(each.count, each.of)} (${range(each)})`;

function described(found: Conformal): string {
  const { alpha, classes, grouping, refused, sizes, handed, confidence, on } = found;
  const { many } = wordsFor(grouping);
  const right = (title: string) => ({ title, align: 'right' as const });
  return paragraphs(
    `Sets that hold the true class for at least ${percent(1 - alpha)} of the ${many} of each class; ${cohortOf(found, grouping)}`,
    refused,
    table(
      [{ title: 'Class' }, right(`Calibration ${many}`), right('From'), right(`Covered ${many}`), right('Decided rightly')],
      classes.map(({ class: name, calibration, threshold, coverage, decided }) => [
        name,
        String(calibration.groups),
        threshold === null ? orNone(null) : threshold.toFixed(4),
        counted(coverage),
        refused === null ? share(decided.right, decided.images) : orNone(null),
      ]),
    ),
    sizes &&
      handed &&
      facts([
        ['Images with one class', String(sizes.one)],
        ['with several', String(sizes.several)],
        ['with none', String(sizes.none)],
        ['Handed to a person', `${counted(handed.images)} of the images`],
        ...(grouping === 'image' ? [] : [[capitalised(many), `${counted(handed.groups)} with such an image`] as const]),
      ]),
    refused === null &&
      `In brackets: ${percent(confidence)} intervals by Wilson. ${on === 'validation' ? 'The sets are calibrated on these very images: how they do elsewhere is seen on the test split. ' : ''}The epoch was chosen on the images that calibrate, so the promise holds nearly, not exactly, and only for ${many} like them.`,
  );
} // prettier-ignore
