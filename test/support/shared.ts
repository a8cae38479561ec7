import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env.CUTPOINT_SHARED_DATA ?? resolve(import.meta.dirname, '../../../shared/data');

/** Path of a shared real-data set beside the checkout, or undefined (with a line saying so) where it is absent. */
export function sharedData(...parts: string[]): string | undefined {
  const path = join(root, ...parts);
  if (existsSync(path)) return path;
  console.log(`skipped: the shared data '${parts.join('/')}' is not beside this checkout`);
  return undefined;
}
