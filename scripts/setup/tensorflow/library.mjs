import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../places.mjs';
import { say } from '../report.mjs';
import { folderName, pinsOf, version } from './variants.mjs';
import { download, findPython, unpack } from '../wheels.mjs';

const stampName = 'complete.json';

/** Folder of a variant in the per-user cache: `tensorflow/` with libraries and headers, and `nvidia/` beside it. */
export const variantFolder = (variant) => join(cacheFolder(), folderName(variant));

/** Sizes of the files that must be there, relative to the variant's folder. */
function sizes(folder, files) {
  return Object.fromEntries(files.map((file) => [file, statSync(join(folder, file)).size]));
}

/** Whether everything that was unpacked is still there with its size. */
export function isComplete(variant) {
  const folder = variantFolder(variant);
  try {
    const { files } = JSON.parse(readFileSync(join(folder, stampName), 'utf8'));
    return Object.entries(sizes(folder, Object.keys(files))).every(([file, size]) => files[file] === size);
  } catch {
    return false;
  }
}

const headers = /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|xla\/tsl|tsl)\/.*\.h$/;
const licences = /^[^/]+\.dist-info\/(METADATA|.*LICEN[CS]E.*)$/i;
/** CUDA's shared libraries, without their headers and static archives. */
const nvidia = /^nvidia\/(?!.*\/include\/).*(?<!\.a)$/;

const anyOf = (...patterns) => new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'i');

function filesBeneath(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesBeneath(folder, path) : [path];
  });
}

/** Downloads and unpacks a variant beside its final place and renames it there once whole. */
export async function fetchLibrary(variant) {
  const python = await findPython();
  mkdirSync(cacheFolder(), { recursive: true });
  clearLeftovers(variant);
  const work = `${variantFolder(variant)}.new-${process.pid}`;
  const folder = join(work, 'unpacked');
  mkdirSync(folder, { recursive: true });
  try {
    say(
      `  downloading ${variant.wheel} ${version}${variant.nvidia ? ' and CUDA, several gigabytes' : ''}; later set-ups reuse it`,
    );
    const libraries = variant.libraries.map((name) => name.replaceAll('.', '\\.')).join('|');
    const pattern = anyOf(new RegExp(`^tensorflow/(${libraries})$`), headers, nvidia, licences);
    for (const wheel of await download({ python, pins: pinsOf(variant), tags: variant.tags }, work)) {
      await unpack(python, wheel, { folder, pattern });
      rmSync(wheel);
    }
    writeFileSync(join(folder, stampName), JSON.stringify({ files: sizes(folder, filesBeneath(folder)) }));
    rmSync(variantFolder(variant), { recursive: true, force: true });
    renameSync(folder, variantFolder(variant));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Removes what an interrupted set-up left; the caller holds the lock, so nobody is working there. */
function clearLeftovers(variant) {
  const prefix = `${folderName(variant)}.new-`;
  for (const name of readdirSync(cacheFolder())) {
    if (name.startsWith(prefix)) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

export const discardLibrary = (variant) => rmSync(variantFolder(variant), { recursive: true, force: true });
