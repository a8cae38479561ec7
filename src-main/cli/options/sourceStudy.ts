import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { sourceStudyPlan, type SourceStudyPlan } from '../../contract/sourceStudy.ts';
import { pathOf } from '../../userPath.ts';
import { refused } from './refusal.ts';

/**
 * The plan of a source study in a JSON file. Folders in it are relative to the folder of the file, tables too, or else to that
 * of their images. A source may be its name alone.
 * @throws CutpointError FILE_NOT_READABLE, INPUT_INVALID
 */
export function sourceStudyPlanOf(command: Command, named: string): SourceStudyPlan {
  const file = pathOf(named);
  const found = sourceStudyPlan.safeParse(placed(readJson(file), dirname(file)));
  if (found.success) return found.data;
  throw refused(command, found.error.issues, (path) => path.join('.'));
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CutpointError('FILE_NOT_READABLE', `The plan '${file}' cannot be read.`, {
      remedy: 'Name a JSON file that is there and may be read.',
      cause,
    });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CutpointError('INPUT_INVALID', `The plan '${file}' is not JSON.`, {
      remedy: 'docs/sources.md shows one.',
      cause,
    });
  }
}

type Loose = Record<string, unknown>;
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is not as it should be is left to the schema. */
function placed(plan: unknown, at: string): unknown {
  if (!isObject(plan)) return plan;
  const { targets, sources } = plan;
  return {
    ...plan,
    ...(Array.isArray(targets) && { targets: targets.map((target: unknown) => withData(target, at)) }),
    ...(Array.isArray(sources) && { sources: sources.map((source: unknown) => placedSource(source, at)) }),
  };
}

/** A source by its name alone, or with the data that it is trained on. */
function placedSource(source: unknown, at: string): unknown {
  if (typeof source === 'string') return { name: source };
  return isObject(source) && isObject(source.train) ? { ...source, train: withData(source.train, at) } : source;
}

function withData(target: unknown, at: string): unknown {
  if (!isObject(target) || !isObject(target.data)) return target;
  const { folder, labels, ...data } = target.data;
  if (typeof folder !== 'string') return target;
  const images = resolve(at, folder);
  const table = isObject(labels) && typeof labels.csv === 'string' ? { ...labels, csv: tableAt(labels.csv, at, images) } : labels; // prettier-ignore
  return { ...target, data: { ...data, folder: images, ...(table !== undefined && { labels: table }) } };
}

function tableAt(csv: string, at: string, images: string): string {
  const beside = resolve(at, csv);
  return existsSync(beside) ? beside : resolve(images, csv);
}
