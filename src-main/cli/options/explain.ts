import { Option, type Command } from 'commander';
import { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { explainMethod, type ExplainedPicture, type ExplainMethod } from '../../contract/explain.ts';
import { defined } from './data.ts';
import { NumericOption } from './numeric.ts';
import { pathOf } from '../../userPath.ts';

/** Which maps are asked for. */
export interface TargetOptions {
  class?: string;
  cut?: string;
  method: ExplainMethod;
}

export interface PictureOptions {
  test?: number[];
  validation?: number[];
}

/** Counted from 0. */
const positions = { each: z.int().min(0) };

export function addTargetOptions(command: Command): Command {
  return command
    .option('--class <name>', 'class to explain (default: the one predicted)')
    .option('--cut <name>', 'cut of the run’s network whose features are weighted (default: its last)')
    .addOption(
      new Option('--method <name>', 'how they are weighted').choices(explainMethod.options).default('grad-cam'),
    );
}

export function addPictureOptions(command: Command): Command {
  return command
    .addOption(new NumericOption('--test <indices>', 'images of the run’s own test split, such as 0,3,7', positions))
    .addOption(new NumericOption('--validation <indices>', 'images of its validation split', positions));
}

export const targetOf = ({ class: name, cut, method }: TargetOptions) => ({ ...defined({ class: name, cut }), method });

/**
 * The images that are named, and what to call each in a table.
 * @throws CutpointError INPUT_INVALID where there is none
 */
export function picturesOf(
  files: readonly string[],
  { test = [], validation = [] }: PictureOptions,
): { picture: ExplainedPicture; name: string }[] {
  const pictures = [
    ...files.map((file) => ({ picture: { file: pathOf(file) }, name: file })),
    ...test.map((index) => ({ picture: { split: 'test' as const, index }, name: `test image ${index}` })),
    ...validation.map((index) => ({ picture: { split: 'validation' as const, index }, name: `validation image ${index}` })),
  ]; // prettier-ignore
  if (pictures.length > 0) return pictures;
  throw new CutpointError('INPUT_INVALID', 'No image is named.', {
    remedy: 'Name files, or images of the run with --test or --validation.',
  });
}
