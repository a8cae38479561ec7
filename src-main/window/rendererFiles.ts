import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface RendererFile {
  bytes: Buffer<ArrayBuffer>;
  type: string;
}

/** A file of the built window by the path of its URL (`/` is the page), or undefined: unknown, or outside `folder`. */
export async function rendererFile(folder: string, urlPath: string): Promise<RendererFile | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  const path = join(folder, name === '/' ? 'index.html' : name);
  const type = TYPES[extname(path)];
  if (!type || !path.startsWith(folder + sep) || name.includes('\0')) return undefined;
  try {
    return { bytes: await readFile(path), type };
  } catch {
    return undefined;
  }
}
