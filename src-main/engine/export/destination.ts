import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { ExportFormat } from '../../contract/model.ts';
import { readOnnxMetadata } from './onnx/predict.ts';

/** Where an export goes: an ONNX file always ends in `.onnx`. */
export function destinationOf(format: ExportFormat, out: string): string {
  return format === 'tfjs' || out.toLowerCase().endsWith('.onnx') ? out : `${out}.onnx`;
}

/**
 * Makes sure that writing to `path` destroys nothing: only an earlier export of the same run may be replaced.
 * @throws CutpointError EXPORT_WRITE_FAILED
 */
export async function checkDestination(format: ExportFormat, path: string, run: string): Promise<void> {
  const found = await stat(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined;
    throw refused(`The model cannot be written to '${path}' (${thrown.code}).`, thrown);
  });
  if (!found) return;
  if (format === 'onnx') {
    if (found.isDirectory()) throw refused(`'${path}' is a folder, and the model is to be a file.`);
    const earlier = await readOnnxMetadata(path).catch(() => undefined);
    if (earlier?.run !== run) throw refused(`'${path}' exists already and is not an earlier export of this run.`);
  } else {
    if (!found.isDirectory()) throw refused(`'${path}' is a file, and a TensorFlow.js model needs a folder.`);
    const entries = await readdir(path);
    if (entries.length > 0 && !(await isExportOf(path, entries, run))) {
      throw refused(`The folder '${path}' is not empty, and holds more than an earlier export of this run.`);
    }
  }
}

/** The folder holds a layers model of this run and nothing else. */
async function isExportOf(folder: string, entries: readonly string[], run: string): Promise<boolean> {
  if (!entries.every((name) => name === 'model.json' || /^group1-shard\d+of\d+\.bin$/.test(name))) return false;
  try {
    const { userDefinedMetadata } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    return userDefinedMetadata.producer === 'cutpoint' && userDefinedMetadata.run === run;
  } catch {
    return false;
  }
}

function refused(sentence: string, cause?: unknown): CutpointError {
  return new CutpointError('EXPORT_WRITE_FAILED', sentence, {
    remedy: 'Choose another name, or remove what is there.',
    cause,
  });
}
