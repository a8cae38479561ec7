import { CutpointError } from '../../contract/errors.ts';
import { probeFiles } from '../data/probes.ts';
import { listed } from '../data/labels.ts';
import { withoutFrame } from '../data/places/frameNames.ts';
import { walkFolder } from '../data/walk.ts';
import type { Workspace } from '../store/workspace.ts';

/** Files that an error names in its details. */
const MOST_FILES = 200;

/**
 * Images of a run, and of its test folder, whose files are there and hold something else than when the run began. Files
 * that did not change since they were last read are not read again. Those that are not there are told where they are
 * needed: what was decoded of them may still do.
 */
export async function changedImages(
  { store, paths }: Pick<Workspace, 'store' | 'paths'>,
  run: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const { dataset, test } = store.runs.datasets(run);
  const changed: string[] = [];
  for (const id of [dataset, test]) {
    if (id === null) continue;
    const { images, selection } = store.datasets.load(id);
    const walk = await walkFolder(selection.folder, signal).catch((thrown: unknown) => {
      if (CutpointError.from(thrown).kind === 'user') return null;
      throw thrown;
    });
    if (walk === null) continue;
    const there = new Set(walk.files);
    const files = images
      .map(({ file }) => file)
      .filter((file) => there.has(withoutFrame(file).file) || there.has(file));
    const found = await probeFiles(selection.folder, files, { facts: paths.facts, present: walk.files, lowered: () => store.runs.someTrains(), signal }); // prettier-ignore
    for (const { file, sha256 } of images) {
      const now = found.get(file);
      if (now !== undefined && (now instanceof CutpointError || now.sha256 !== sha256)) changed.push(file);
    }
  }
  return changed;
}

/** @throws CutpointError DATA_DIFFERS, naming them */
export function requireUnchanged(run: string, changed: readonly string[]): void {
  if (changed.length === 0) return;
  throw new CutpointError(
    'DATA_DIFFERS',
    `Of the images of the run ${run}, these files changed on the disk since it began: ${listed([...changed])}.`,
    {
      remedy:
        'Put back what they held, or begin a new run with them. Where the unchanged files lie elsewhere, name that folder.',
      details: { differing: changed.slice(0, MOST_FILES) },
    },
  );
}
