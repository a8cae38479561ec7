import { join } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import type { CatalogueEntry } from '../../contract/catalogue.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import { bundledFile, catalogue, checksumFits, documentsOf, findEntry } from '../catalogue/entries.ts';
import { checksumFile, download, encryptedOnly } from '../catalogue/download.ts';
import { digest } from '../digest.ts';
import type { Workspace } from '../store/workspace.ts';

/** A file whose size is not published is refused beyond this. */
const MOST_BYTES = 4 * 1024 ** 3;

/** What is known to exist, and which of it the workspace has. */
export function listCatalogue({ store }: Workspace, entries: readonly CatalogueEntry[] = catalogue) {
  const sources = store.sources.list();
  return entries.map((entry) => ({
    ...entry,
    source: sources.find((source) => source.catalogue === entry.id)?.name ?? null,
  }));
}

/** What downloads, and reads what comes with the application. */
export function catalogueFileHandlers(
  workspace: Workspace,
  {
    entries = catalogue,
    allows = encryptedOnly,
  }: { entries?: readonly CatalogueEntry[]; allows?(url: URL): boolean } = {},
): Pick<Handlers, 'catalogue.documents' | 'catalogue.download'> {
  const underWay = new Set<string>();
  return {
    'catalogue.documents': ({ id }) => documentsOf(findEntry(id, entries)),
    'catalogue.download': async ({ id }, { signal, progress }) => {
      const entry = findEntry(id, entries);
      if (entry.download === null) throw notOffered(entry);
      // Entries may have files of the same name.
      const path = join(workspace.paths.downloads, `${entry.id}-${entry.file}`);
      const present = await wholeFile(path, entry, signal);
      if (present) return { file: path, ...present };
      if (underWay.has(id)) {
        throw new CutpointError('DOWNLOAD_FAILED', `'${entry.file}' is being downloaded already.`, {
          remedy: 'Wait until that has ended.',
        });
      }
      underWay.add(id);
      try {
        const found = await download({
          url: entry.download,
          path,
          sha256: entry.sha256,
          // Published sizes are rounded.
          mostBytes: entry.bytes === null ? MOST_BYTES : Math.ceil(entry.bytes * 1.01),
          allows,
          signal,
          onProgress: (bytes, total) => progress({ bytes, total: total ?? entry.bytes }),
        });
        return { file: path, ...found, verified: entry.sha256 !== null };
      } finally {
        underWay.delete(id);
      }
    },
  };
}

/** A file that an earlier download left, unless its checksum is wrong: the published one, or that of when it arrived. */
async function wholeFile(path: string, entry: CatalogueEntry, signal: AbortSignal) {
  if (
    !(await stat(path).then(
      (file) => file.isFile(),
      () => false,
    ))
  )
    return null;
  const found = await digest([path], signal);
  const fits = checksumFits(entry, found.sha256);
  const arrived = await readFile(checksumFile(path), 'utf8').catch(() => found.sha256);
  return fits === false || arrived !== found.sha256 ? null : { ...found, verified: fits === true };
}

function notOffered({ title, page }: CatalogueEntry): CutpointError {
  return new CutpointError('DOWNLOAD_FAILED', `'${title}' is not offered for download.`, {
    remedy: `See ${page} for how to obtain it, then add the file from disk.`,
  });
}

/**
 * Adds the sources that come with the application to a workspace that has not got them. What keeps one from
 * being added (a full disk, a name already taken, a damaged installation) does not keep the workspace from opening: what
 * it holds must stay readable.
 */
export async function addBundledSources(workspace: Workspace): Promise<void> {
  lacking.delete(workspace);
  const present = new Set(workspace.store.sources.list().map(({ catalogue: entry }) => entry));
  for (const entry of catalogue) {
    const file = bundledFile(entry);
    if (file === null || present.has(entry.id)) continue;
    try {
      const { signal } = new AbortController();
      // Readers of weights are many, and a workspace that has its sources needs none.
      const { addSource } = await import('./sources.ts');
      await addSource(workspace, { file, name: entry.id, catalogue: entry.id, partial: false }, signal);
    } catch (thrown) {
      const { kind, code } = CutpointError.from(thrown);
      if (kind !== 'user') throw thrown;
      if (code !== 'SOURCE_EXISTS') lacking.add(workspace);
    }
  }
}

/** Workspaces that were opened without a source that comes with the application, for want of space. */
const lacking = new WeakSet<Workspace>();

/** Tries again to add what could not be added when the workspace was opened. */
export async function addLackingSources(workspace: Workspace): Promise<void> {
  if (lacking.has(workspace)) await addBundledSources(workspace);
}
