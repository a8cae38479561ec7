import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** An empty folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutpoint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty folder for all tests of a file, gone when they are through. */
export function folderForFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutpoint-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
