import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { summarise } from '../../backbone/inspect.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers, OutputOf } from '../../contract/index.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { sourceExists } from '../store/queries/sources.ts';
import type { Workspace } from '../store/workspace.ts';
import { importWeights } from '../weights/import.ts';
import { writeSafetensors } from '../weights/writeSafetensors.ts';

export function sourceHandlers(workspace: Workspace): Pick<Handlers, 'source.list' | 'source.add'> {
  return {
    'source.list': () => workspace.store.sources.list(),
    'source.add': (input, { signal }) => addSource(workspace, input, signal),
  };
}

async function addSource(
  workspace: Workspace,
  input: { file: string; backbone: string; name: string },
  signal: AbortSignal,
): Promise<OutputOf<'source.add'>> {
  const name = sourceName(input.name);
  const { sources } = workspace.store;
  // Asked before the file is read, which may take long; the store asks again.
  if (sources.list().some((source) => source.name.toLowerCase() === name.toLowerCase())) throw sourceExists(name);
  const backbone = findBackbone(input.backbone);
  const { report, weights } = await importWeights(resolve(input.file), backbone);
  const source: SourceSummary = {
    name,
    backbone: backbone.name,
    file: resolve(input.file),
    format: report.format,
    ...(await digest(await originalFiles(resolve(input.file), report.format))),
    addedAt: new Date().toISOString(),
    matched: report.matched.length,
    parameters: summarise(backbone).parameters,
  };
  if (signal.aborted) throw new CutpointError('CANCELLED', 'Adding the source was cancelled.');

  // A name of its own, since a source's name may hold what a file's name may not.
  const weightsFile = `${name.replace(/[^A-Za-z0-9._-]+/g, '-')}-${randomBytes(4).toString('hex')}.safetensors`;
  const path = join(workspace.paths.sources, weightsFile);
  await writeSafetensors(path, weights, { backbone: backbone.name, source: name, sha256: source.sha256 });
  try {
    sources.add(source, weightsFile);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { source, report };
}

function sourceName(given: string): string {
  const name = given.trim();
  if (name === '' || name.toLowerCase() === 'none') {
    throw new CutpointError('INPUT_INVALID', `'${given}' cannot be the name of a source.`, {
      remedy: "Choose another name; 'none' stands for random initialisation.",
    });
  }
  return name;
}

/** The file itself, or, of a TensorFlow.js model, `model.json` and then its shards in the order of the manifest. */
async function originalFiles(path: string, format: string): Promise<string[]> {
  if (format !== 'tfjs-layers') return [path];
  const file = (await stat(path)).isDirectory() ? join(path, 'model.json') : path;
  const { weightsManifest } = JSON.parse(await readFile(file, 'utf8')) as { weightsManifest: { paths: string[] }[] };
  return [file, ...weightsManifest.flatMap(({ paths }) => paths.map((shard) => join(dirname(file), shard)))];
}

/** SHA-256 and size of files laid end to end; of a single file, what `sha256sum` prints. */
async function digest(files: string[]): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const file of files) {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { sha256: hash.digest('hex'), bytes };
}
