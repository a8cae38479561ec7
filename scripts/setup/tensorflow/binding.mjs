import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findCommand, node24, nodeModules, root } from '../places.mjs';
import { capture, tail } from '../process.mjs';
import { SetupError } from '../report.mjs';
import { variantFolder } from './library.mjs';

const tfjsNode = join(nodeModules, '@tensorflow', 'tfjs-node-gpu');
const sources = join(tfjsNode, 'binding');
/** Where tfjs-node loads its binding from, and what this checkout knows of it. */
const installed = join(tfjsNode, 'lib', 'napi-v8', 'tfjs_binding.node');
const stamp = join(tfjsNode, 'lib', 'napi-v8', 'loaded.json');
const linkedLibraries = join(tfjsNode, 'deps', 'lib');

const compilers = process.platform === 'darwin' ? ['clang++', 'c++'] : ['g++', 'clang++', 'c++'];
const needCompiler =
  'A C++ compiler, which joins TensorFlow to Node, was not found. Install one (Debian, Ubuntu: sudo apt install g++; ' +
  'macOS: xcode-select --install) and start again.';

/** Flags that do not name a path; they are part of the cache key. */
const flags = (variant) => [
  '-std=c++17',
  '-O2',
  '-fPIC',
  '-DNAPI_VERSION=8',
  ...variant.link,
  ...variant.runPaths.map((path) => `-Wl,-rpath,${path}`),
];

/** File name of the compiled binding in the cache; it changes with the sources and the flags. */
function compiledName(variant) {
  const hash = createHash('sha256').update(JSON.stringify(flags(variant)));
  for (const name of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, name)));
  return `tfjs_binding-${hash.digest('hex').slice(0, 12)}.node`;
}

const compiledPath = (variant) => join(variantFolder(variant), 'tensorflow', compiledName(variant));

/** Throws, before anything large is downloaded, where compiling would fail. */
export function requireCompiler() {
  const compiler = findCommand(compilers);
  if (!compiler) throw new SetupError(needCompiler);
  return compiler;
}

/** Compiles the binding into the cache, unless an earlier checkout did. It is N-API: one file for Node and Electron. */
export async function compileBinding(variant) {
  const target = compiledPath(variant);
  if (existsSync(target)) return;
  const compiler = requireCompiler();
  const library = join(variantFolder(variant), 'tensorflow');
  const unfinished = `${target}.${process.pid}`;
  const args = readdirSync(sources).filter((name) => name.endsWith('.cc'));
  args.push('-I', join(nodeModules, 'node-api-headers', 'include'), '-I', join(library, 'include'), '-L', library);
  const { status, output } = await capture(compiler, ['-o', unfinished, ...args, ...flags(variant)], { cwd: sources });
  if (status !== 0) throw new SetupError(`the TensorFlow binding did not compile:\n${tail(output, 12)}`);
  renameSync(unfinished, target);
}

/** Puts the compiled binding where tfjs-node looks, and a link to the libraries beside it. */
export function installBinding(variant) {
  mkdirSync(join(installed, '..'), { recursive: true });
  mkdirSync(join(linkedLibraries, '..'), { recursive: true });
  rmSync(stamp, { force: true });
  // Renamed into place: a process that has the old file loaded keeps it.
  copyFileSync(compiledPath(variant), `${installed}.${process.pid}`);
  renameSync(`${installed}.${process.pid}`, installed);
  rmSync(linkedLibraries, { recursive: true, force: true });
  symlinkSync(join(variantFolder(variant), 'tensorflow'), linkedLibraries, 'junction');
}

export function removeBinding() {
  for (const path of [installed, stamp, linkedLibraries]) rmSync(path, { recursive: true, force: true });
}

/**
 * Loads TensorFlow in Node 24 and multiplies two matrices. Resolves to what it computes on ('CPU' or 'GPU'); throws with
 * the loader's words. `passedOver` says why better variants were not taken, so that the next start does not try again.
 */
export async function checkBinding(variant, passedOver) {
  const { status, output } = await capture(node24, [join(root, 'scripts/setup/tensorflow/check.mjs')]);
  const device = /^computes on (\w+)$/m.exec(output)?.[1];
  if (status !== 0 || !device) throw new SetupError(`TensorFlow was set up and does not load: ${tail(output, 8)}`);
  writeFileSync(stamp, JSON.stringify({ variant: variant.id, binding: compiledName(variant), device, passedOver }));
  return device;
}

/** What checkBinding last wrote; undefined where nothing was loaded in this checkout. */
export function loadedBefore() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return undefined;
  }
}

const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size;

/** Whether the binding in place is the one that these sources and flags give, whole and with its libraries linked. */
export function isCurrent(variant, loaded) {
  if (loaded.variant !== variant.id || loaded.binding !== compiledName(variant)) return false;
  return (
    existsSync(linkedLibraries) &&
    sizeOf(installed) !== undefined &&
    sizeOf(installed) === sizeOf(compiledPath(variant))
  );
}
