import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { parametersUpTo } from '../../backbone/dense.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { CatalogueEntry } from '../../contract/catalogue.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers, OutputOf, ParsedInputOf } from '../../contract/index.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { checksumFits, checksumMismatch, findEntry } from '../catalogue/entries.ts';
import { digest } from '../digest.ts';
import { sourceExists } from '../store/queries/sources.ts';
import type { Reader } from '../store/store.ts';
import { requireWholeExport } from './ownExports.ts';
import type { Workspace } from '../store/workspace.ts';
import { importWeights, inspectWeights } from '../weights/import.ts';
import { notReadable } from '../weights/open.ts';
import { originalFiles } from '../weights/originalFiles.ts';
import { writeSource } from '../transfer/sourceFile.ts';
import { placeOf } from '../../userPath.ts';

/** What reads files of weights. */
export function sourceFileHandlers(workspace: Workspace): Pick<Handlers, 'source.inspect' | 'source.add'> {
  return {
    'source.inspect': async ({ file, backbone, weights }) => {
      const path = placeOf(file);
      const asked = backbone === undefined ? undefined : findBackbone(backbone);
      const inspected = await inspectWeights(path, asked, weights);
      return { file: path, bytes: await sizeOf(await originalFiles(path, inspected.report.format)), ...inspected };
    },
    'source.add': (input, { signal }) => addSource(workspace, input, signal),
  };
}

/**
 * Copies the weights of a file into the workspace as a source.
 * @throws CutpointError SOURCE_EXISTS, CATALOGUE_UNKNOWN, CHECKSUM_MISMATCH, and what {@link importWeights} throws
 */
export async function addSource(
  workspace: Workspace,
  input: ParsedInputOf<'source.add'>,
  signal: AbortSignal,
): Promise<OutputOf<'source.add'>> {
  const name = sourceName(input.name);
  // Asked before the file is read, which may take long; the store asks again.
  requireFree(workspace.store, name);
  const file = placeOf(input.file);
  const entry = input.catalogue === undefined ? null : findEntry(input.catalogue);
  const published = entry === null ? null : await requirePublished(entry, file, signal);
  const wanted = input.backbone ?? entry?.backbone;
  const asked = wanted === undefined ? undefined : findBackbone(wanted);
  const { backbone, report, weights } = await importWeights(file, asked, input);
  const source: SourceSummary = {
    name,
    backbone: backbone.name,
    file,
    format: report.format,
    ...(published ?? (await digest(await originalFiles(file, report.format)))),
    addedAt: new Date().toISOString(),
    matched: report.matched.length,
    missing: report.missing.length + report.mismatched.length,
    catalogue: entry?.id ?? null,
    preprocessing: input.preprocessing ?? entry?.preprocessing ?? null,
    parameters: parametersUpTo(backbone, report.dense.at(-1)),
    origin: null,
  };
  await requireWholeExport(file, report.format, source.sha256);
  if (signal.aborted) throw cancelled();
  await storeSource(workspace, source, weights);
  return { source, report };
}

/**
 * Writes the weights of a source into the workspace, and notes it.
 * @param seen digests of the images that they have seen, of a source that was trained here
 * @throws CutpointError SOURCE_EXISTS, DISK_FULL
 */
export async function storeSource(
  workspace: Workspace,
  source: SourceSummary,
  weights: Weights,
  seen: Uint8Array | null = null,
): Promise<void> {
  // A name of its own, since a source's name may hold what a file's name may not.
  const weightsFile = `${source.name.replace(/[^A-Za-z0-9._-]+/g, '-')}-${randomBytes(4).toString('hex')}.safetensors`;
  const path = join(workspace.paths.sources, weightsFile);
  const crc32 = await writeSource(path, source, weights);
  try {
    await workspace.commit(['sources', 'add', source, { weightsFile, crc32 }, seen]);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Size and checksum of a file that is said to be one of the catalogue. */
async function requirePublished(entry: CatalogueEntry, file: string, signal: AbortSignal) {
  const found = await digest([file], signal).catch((cause: unknown) => {
    throw signal.aborted ? cancelled() : notReadable(file, cause);
  });
  if (checksumFits(entry, found.sha256) === false) throw checksumMismatch(entry, found.sha256);
  return found;
}

const cancelled = () => new CutpointError('CANCELLED', 'Adding the source was cancelled.');

/** @throws CutpointError SOURCE_EXISTS */
export function requireFree({ sources }: Pick<Reader, 'sources'>, name: string): void {
  if (sources.list().some((source) => source.name.toLowerCase() === name.toLowerCase())) throw sourceExists(name);
}

/** A name as it is stored. @throws CutpointError INPUT_INVALID */
export function sourceName(given: string): string {
  const name = given.trim();
  if (name === '' || name.toLowerCase() === 'none') {
    throw new CutpointError('INPUT_INVALID', `'${given}' cannot be the name of a source.`, {
      remedy: "Choose another name; 'none' stands for random initialisation.",
    });
  }
  return name;
}

async function sizeOf(files: string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
