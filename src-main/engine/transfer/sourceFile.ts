import { basename, join } from 'node:path';
import { denseCutsIn, graphAt } from '../../backbone/dense.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { digest } from '../digest.ts';
import type { StoredSource } from '../store/queries/sources.ts';
import type { Workspace } from '../store/workspace.ts';
import { importWeights } from '../weights/import.ts';
import { originalFiles } from '../weights/originalFiles.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { weightsSha256 } from '../weights/weightsSha256.ts';
import { writeSafetensors } from '../weights/writeSafetensors.ts';
import { trunkOf } from './trunk.ts';

/** Writes the weights of a source. @returns the CRC-32 of the file's bytes, which the store keeps */
export function writeSource(
  path: string,
  { backbone, name, sha256 }: Pick<SourceSummary, 'backbone' | 'name' | 'sha256'>,
  weights: Weights,
): Promise<number> {
  return writeSafetensors(path, weights, { backbone, source: name, sha256 });
}

/**
 * The weights of a source as they were stored, or those of them that are wanted. Those that are damaged or gone are imported again, where the file that
 * they came from is still there and the same; those of an earlier version have no checksum, and get that of what was read.
 * @throws CutpointError SOURCE_DAMAGED
 */
export async function readSource(
  workspace: Workspace,
  source: StoredSource,
  wanted?: ReadonlySet<string>,
): Promise<Weights> {
  const { commit } = workspace;
  const path = join(workspace.paths.sources, source.weightsFile);
  try {
    const { tensors, crc32 } = await readSafetensors(path, wanted);
    if (source.crc32 === null) await commit(['sources', 'setChecksum', source.name, crc32]);
    else if (source.crc32 !== crc32) throw new Error('its checksum does not agree');
    return tensors;
  } catch (cause) {
    const again = await importAgain(workspace, source).catch(() => null);
    if (!again) throw damaged(source, cause);
    const crc32 = await writeSource(path, source, again);
    if (source.crc32 !== null && source.crc32 !== crc32) throw damaged(source, cause);
    await commit(['sources', 'setChecksum', source.name, crc32], ['log', 'append', 'source.restored', source.name]);
    return again;
  }
}

/**
 * Null where the original is another one now; of a source that was trained here, it is its run. What was left out when the
 * source was added stays so.
 */
async function importAgain(workspace: Workspace, { parameters, ...source }: StoredSource): Promise<Weights | null> {
  const { file, format, sha256, missing, origin } = source;
  if (origin !== null) {
    const trunk = await trunkOf(workspace.store.runs.get(origin.run), workspace);
    return weightsSha256(trunk) === sha256 ? trunk : null;
  }
  const found = await digest(await originalFiles(file, format));
  if (found.sha256 !== sha256) return null;
  const backbone = findBackbone(source.backbone);
  const { weights } = await importWeights(file, backbone, { partial: missing > 0 });
  const size = { height: backbone.input, width: backbone.input };
  const held = graphAt(backbone, size, denseCutsIn({ backbone: backbone.name, parameters }));
  const keys = new Set(graphParameters(held, size).map(({ key }) => key));
  return new Map([...weights].filter(([key]) => keys.has(key)));
}

function damaged({ name, weightsFile, file, origin }: StoredSource, cause: unknown): CutpointError {
  const gone = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const stored = join('sources', weightsFile);
  if (origin !== null) {
    return new CutpointError(
      'SOURCE_DAMAGED',
      `The weights of the source '${name}' are ${gone ? 'gone' : 'damaged'}: the workspace's file '${stored}' ${gone ? 'is missing' : 'is not what was stored'}, and the run ${origin.run}, which it was taken from, is not there or has other weights.`,
      {
        remedy: `Put '${stored}' back from a backup. Or train it again with the same data, settings and seed.`,
        details: { file: stored },
        cause,
      },
    );
  }
  return new CutpointError(
    'SOURCE_DAMAGED',
    `The weights of the source '${name}' are ${gone ? 'gone' : 'damaged'}: the workspace's file '${stored}' ${gone ? 'is missing' : 'is not what was stored'}, and '${basename(file)}', which it was made of, is not where it was or has changed.`,
    {
      remedy: `Put '${basename(file)}' back where it was, or '${stored}' from a backup. Or add the weights again under another name.`,
      details: { file: stored },
      cause,
    },
  );
}
