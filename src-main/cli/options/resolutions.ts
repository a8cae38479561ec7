import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { resolutionFile, type Resolution } from '../../contract/resolutions.ts';
import { pathOf } from '../../userPath.ts';

/** What was decided about single images. */
export interface ResolutionOptions {
  relabel?: string[];
  mergePatients?: string[];
  keep?: string[];
  resolutions?: string;
}

export const addResolutionOptions = (command: Command): Command =>
  command
    .option(
      '--relabel <names...>',
      'give single images another class, FILE=CLASS with the file relative to DATA: `--relabel a/1.png=b`',
    )
    .option(
      '--merge-patients <names...>',
      'count the patients (or groups) of these files as one, separated by commas: `--merge-patients a/1.png,a/7.png b/2.png,b/3.png` makes two of four',
    )
    .option(
      '--keep <codes...>',
      'findings that were looked at and are fine, by their codes; what training stops on is accepted by --go-on',
    )
    .option(
      '--resolutions <path>',
      'decisions about single images as JSON, as the room Data of the window saves them; those that other options name come after them',
    );

/**
 * What the options decide about single images; undefined: nothing.
 * @throws CutpointError INPUT_INVALID, and FILE_NOT_READABLE for the file of --resolutions
 */
export function resolutionsOf({
  relabel,
  mergePatients,
  keep,
  resolutions,
}: ResolutionOptions): Resolution[] | undefined {
  const named = [
    ...(resolutions === undefined ? [] : resolutionsIn(resolutions)),
    ...(relabel ?? []).map(relabelled),
    ...(mergePatients ?? []).map(merged),
    ...(keep ?? []).map((code): Resolution => ({ kind: 'keep', code })),
  ];
  return named.length === 0 ? undefined : named;
}

/** A class has no equals sign in its name more often than a file. */
function relabelled(text: string): Resolution {
  const at = text.lastIndexOf('=');
  const [file, label] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()];
  if (at > 0 && file && label) return { kind: 'relabel', file, label };
  throw new CutpointError('INPUT_INVALID', `--relabel: '${text}' does not say which file gets which class.`, {
    remedy: 'Write it as `--relabel a/1.png=b`.',
  });
}

function merged(text: string): Resolution {
  const files = text.split(',').map((file) => file.trim()).filter((file) => file !== ''); // prettier-ignore
  if (files.length > 1) return { kind: 'merge', files };
  throw new CutpointError('INPUT_INVALID', `--merge-patients: '${text}' does not name two files.`, {
    remedy: 'Write it as `--merge-patients a/1.png,b/7.png`; names with a comma stand in a file of --resolutions.',
  });
}

function resolutionsIn(file: string): Resolution[] {
  const path = pathOf(file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CutpointError('FILE_NOT_READABLE', `The file of --resolutions cannot be read: ${path}.`, { cause });
  }
  const parsed = resolutionFile.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.resolutions;
  const [issue] = parsed.error.issues;
  throw new CutpointError('INPUT_INVALID', `--resolutions: ${path} holds no decisions as the window saves them${issue && issue.path.length > 0 ? ` (at ${issue.path.join('.')}: ${issue.message})` : ''}.`, {
    remedy: 'Save them in the room Data, under ‘Decisions’.',
  }); // prettier-ignore
}

/** Undefined where it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
