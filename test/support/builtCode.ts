import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The built window. */
const BUILT = resolve(import.meta.dirname, '../../out/renderer');
const ASSETS = join(BUILT, 'assets');
const STATIC = /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g;

/** The script that the page begins with. */
export function entry(): string {
  const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
  return /<script[^>]*src="\.\/assets\/([^"]+)"/.exec(page)![1]!;
}

/** The script that a screen or a component was built into, by its name. */
export function scriptOf(name: string): string {
  const found = readdirSync(ASSETS).find((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
  if (!found) throw new Error(`${name} was built into no script of its own`);
  return found;
}

/** Scripts with all that they import before they run; what they ask for later is not among it. */
export function withImports(...scripts: string[]): Set<string> {
  const all = new Set(scripts);
  for (const script of all)
    for (const [, imported] of readFileSync(join(ASSETS, script), 'utf8').matchAll(STATIC)) all.add(imported!);
  return all;
}

/** Bytes of scripts as they travel, each compressed by gzip. */
export const gzipped = (scripts: Iterable<string>): number =>
  [...scripts].reduce((sum, script) => sum + gzipSync(readFileSync(join(ASSETS, script))).length, 0);
