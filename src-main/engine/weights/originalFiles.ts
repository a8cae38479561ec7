import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The file itself, or, of a TensorFlow.js model, `model.json` and then its shards in the order of the manifest. */
export async function originalFiles(path: string, format: string): Promise<string[]> {
  if (format !== 'tfjs-layers') return [path];
  const file = (await stat(path)).isDirectory() ? join(path, 'model.json') : path;
  const { weightsManifest } = JSON.parse(await readFile(file, 'utf8')) as { weightsManifest: { paths: string[] }[] };
  return [file, ...weightsManifest.flatMap(({ paths }) => paths.map((shard) => join(dirname(file), shard)))];
}
