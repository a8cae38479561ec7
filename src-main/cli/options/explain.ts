import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { explainMethod, type ExplainedPicture, type ExplainMethod } from '../../contract/explain.ts';
import { defined } from './data.ts';

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
    .option('--test <indices>', 'images of the run’s own test split, such as 0,3,7', indices)
    .option('--validation <indices>', 'images of its validation split', indices);
}

export const targetOf = ({ class: name, cut, method }: TargetOptions) => ({ ...defined({ class: name, cut }), method });

/**
 * The pictures that are named, and what to call each in a table.
 * @throws CutpointError INPUT_INVALID where there is none
 */
export function picturesOf(
  files: readonly string[],
  { test = [], validation = [] }: PictureOptions,
): { picture: ExplainedPicture; name: string }[] {
  const pictures = [
    ...files.map((file) => ({ picture: { file: resolve(file) }, name: file })),
    ...test.map((index) => ({ picture: { split: 'test' as const, index }, name: `test image ${index}` })),
    ...validation.map((index) => ({ picture: { split: 'validation' as const, index }, name: `validation image ${index}` })),
  ]; // prettier-ignore
  if (pictures.length > 0) return pictures;
  throw new CutpointError('INPUT_INVALID', 'No picture is named.', {
    remedy: 'Name files, or images of the run with --test or --validation.',
  });
}

export function indices(text: string): number[] {
  const numbers = text.split(',').map((part) => part.trim());
  if (!numbers.every((part) => /^\d+$/.test(part)))
    throw new InvalidArgumentError('It must be whole numbers with commas between them.');
  return numbers.map(Number);
}
