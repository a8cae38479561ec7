import { statesOf } from './listing.ts';

/** One file of the same name elsewhere is no copy of a folder. */
const LEAST_FILES = 2;

/**
 * First folders that are a second copy of what lies beside them: each file in one has another of the same size under the
 * same names without that folder, as where an archive was unpacked twice.
 * @throws CutpointError CANCELLED
 */
export async function copiesIn(folder: string, files: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const all = new Set(files);
  const without = (file: string): string => file.slice(file.indexOf('/') + 1);
  const inFolders = Map.groupBy(files.filter((file) => file.includes('/')), (file) => file.slice(0, file.indexOf('/'))); // prettier-ignore
  const candidates = [...inFolders].filter(([, own]) => own.length >= LEAST_FILES && own.every((file) => all.has(without(file)))); // prettier-ignore
  const copies: string[] = [];
  for (const [name, own] of candidates) {
    const [here, there] = [await statesOf(folder, own, signal), await statesOf(folder, own.map(without), signal)];
    if (here.every((state, at) => state !== null && state.size === there[at]?.size)) copies.push(name);
  }
  return copies;
}
