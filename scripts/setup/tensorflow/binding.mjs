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
/** Where tfjs-node loads its binding from, and what this checkout knows of it. */
const installed = join(tfjsNode, 'lib', 'napi-v8');
const stamp = join(installed, 'loaded.json');
const linkedLibraries = join(tfjsNode, 'deps', 'lib');

const compilers = process.platform === 'darwin' ? ['clang++', 'c++'] : ['g++', 'clang++', 'c++'];
const needCompiler =
  'A C++ compiler, which joins TensorFlow to Node, was not found. Install one (Debian, Ubuntu: sudo apt install g++; ' +
  'macOS: xcode-select --install) and start again.';

/** What is compiled against TensorFlow's headers: the way from Node into it, and Cutpoint's own kernels. */
const addons = [
  {
    name: 'tfjs_binding',
    title: 'the TensorFlow binding',
    sources: join(tfjsNode, 'binding'),
    flags: ['-std=c++17', '-O2'],
  },
  {
    name: 'cutpoint_kernels',
    title: "Cutpoint's own kernels",
    sources: join(root, 'src-main', 'native'),
    // What the processor offers is asked for in the sources; loops over channels are the compiler's to vectorise.
    flags: ['-std=gnu++17', '-O3', '-fno-math-errno', '-fno-trapping-math', '-Wno-psabi', '-pthread'],
  },
];

/** Flags that do not name a path; they are part of the cache key. */
const flags = (variant, addon) => [
  ...addon.flags,
  '-fPIC',
  '-DNAPI_VERSION=8',
  ...variant.link,
  ...variant.runPaths.map((path) => `-Wl,-rpath,${path}`),
];

/** File name of a compiled addon in the cache; it changes with the sources and the flags. */
function compiledName(variant, addon) {
  const hash = createHash('sha256').update(JSON.stringify(flags(variant, addon)));
  for (const name of readdirSync(addon.sources).sort()) hash.update(readFileSync(join(addon.sources, name)));
  return `${addon.name}-${hash.digest('hex').slice(0, 12)}.node`;
}

const compiledPath = (variant, addon) => join(variantFolder(variant), 'tensorflow', compiledName(variant, addon));
const installedPath = ({ name }) => join(installed, `${name}.node`);
const compiledNames = (variant) => addons.map((addon) => compiledName(variant, addon)).join(' ');

/** Throws, before anything large is downloaded, where compiling would fail. */
export function requireCompiler() {
  const compiler = findCommand(compilers);
  if (!compiler) throw new SetupError(needCompiler);
  return compiler;
}

/** Compiles the addons into the cache, unless an earlier checkout did. They are N-API: one file for Node and Electron. */
export const compileBinding = (variant) => Promise.all(addons.map((addon) => compile(variant, addon)));

async function compile(variant, addon) {
  const target = compiledPath(variant, addon);
  if (existsSync(target)) return;
  const compiler = requireCompiler();
  const library = join(variantFolder(variant), 'tensorflow');
  const unfinished = `${target}.${process.pid}`;
  const args = readdirSync(addon.sources).filter((name) => name.endsWith('.cc'));
  args.push('-I', join(nodeModules, 'node-api-headers', 'include'), '-I', join(library, 'include'), '-L', library);
  const command = ['-o', unfinished, ...args, ...flags(variant, addon)];
  const { status, output } = await capture(compiler, command, { cwd: addon.sources });
  if (status !== 0) throw new SetupError(`${addon.title} did not compile:\n${tail(output, 12)}`);
  renameSync(unfinished, target);
}

/** Puts the compiled addons where tfjs-node looks, and a link to the libraries beside them. */
export function installBinding(variant) {
  mkdirSync(installed, { recursive: true });
  mkdirSync(join(linkedLibraries, '..'), { recursive: true });
  rmSync(stamp, { force: true });
  for (const addon of addons) {
    const target = installedPath(addon);
    // Renamed into place: a process that has the old file loaded keeps it.
    copyFileSync(compiledPath(variant, addon), `${target}.${process.pid}`);
    renameSync(`${target}.${process.pid}`, target);
  }
  rmSync(linkedLibraries, { recursive: true, force: true });
  symlinkSync(join(variantFolder(variant), 'tensorflow'), linkedLibraries, 'junction');
}

export function removeBinding() {
  for (const path of [...addons.map(installedPath), stamp, linkedLibraries])
    rmSync(path, { recursive: true, force: true });
}

/**
 * Loads TensorFlow in Node 24 and multiplies two matrices. Resolves to what it computes on ('CPU' or 'GPU'); throws with
 * the loader's words. `passedOver` says why better variants were not taken, so that the next start does not try again.
 */
export async function checkBinding(variant, passedOver) {
  const { status, output } = await capture(node24, [join(root, 'scripts/setup/tensorflow/check.mjs')]);
  const device = /^computes on (\w+)$/m.exec(output)?.[1];
  if (status !== 0 || !device) throw new SetupError(`TensorFlow was set up and does not load: ${tail(output, 8)}`);
  writeFileSync(stamp, JSON.stringify({ variant: variant.id, binding: compiledNames(variant), device, passedOver }));
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
  if (loaded.variant !== variant.id || loaded.binding !== compiledNames(variant)) return false;
  return (
    existsSync(linkedLibraries) &&
    addons.every((addon) => {
      const size = sizeOf(installedPath(addon));
      return size !== undefined && size === sizeOf(compiledPath(variant, addon));
    })
  );
}
