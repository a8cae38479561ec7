import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** An empty folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = emptyFolder();
  onTestFinished(() => remove(folder));
  return folder;
}

/** An empty folder for all tests of a file, gone when they are through. */
export function folderForFile(): string {
  const folder = emptyFolder();
  afterAll(() => remove(folder));
  return folder;
}

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'cutpoint-'));

// Where a shell is killed without a word, its engine notices a moment later, and may still write until then.
const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 });
