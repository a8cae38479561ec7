/** What was dropped on the window in a browser, which may not know paths: the files themselves, with relative paths. */
export interface DroppedFile {
  /** Below the dropped folder, with forward slashes. */
  path: string;
  file: File;
}

/**
 * Paths below the folder that the user meant: when one single folder was dropped its own name is taken away, so that
 * the folders below it are the classes; several dropped folders are the classes themselves.
 */
export function withoutCommonRoot(paths: readonly string[]): string[] {
  const roots = new Set(paths.map((path) => path.split('/')[0]));
  const nested = paths.every((path) => path.includes('/'));
  return roots.size === 1 && nested ? paths.map((path) => path.slice(path.indexOf('/') + 1)) : [...paths];
}

/** All files below the dropped entries. Must be called while the drop event is handled: its entries die with it. */
export async function droppedFiles(items: DataTransferItemList): Promise<DroppedFile[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: DroppedFile[] = [];
  for (const entry of entries) await walk(entry, entry.name, found);
  const singleFolder = entries.length === 1 && entries[0]?.isDirectory;
  const paths = singleFolder ? withoutCommonRoot(found.map(({ path }) => path)) : found.map(({ path }) => path);
  return found.map(({ file }, index) => ({ file, path: paths[index] ?? file.name }));
}

async function walk(entry: FileSystemEntry, path: string, found: DroppedFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader hands out its entries in parts (100 at a time in Chromium) until a part is empty.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await walk(child, `${path}/${child.name}`, found);
  }
}

/** Where a dropped file goes on the loopback server. */
export const droppedUrl = (drop: string, path: string): string =>
  `/dropped/${drop}/${path.split('/').map(encodeURIComponent).join('/')}`;
