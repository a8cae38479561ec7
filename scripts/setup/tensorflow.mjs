import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder } from './places.mjs';
import { say, SetupError } from './report.mjs';
import { checkBinding, compileBinding, installBinding, isCurrent, loadedBefore, removeBinding, requireCompiler } from './tensorflow/binding.mjs'; // prettier-ignore
import { discardLibrary, fetchLibrary, isComplete } from './tensorflow/library.mjs';
import { thisMachine } from './tensorflow/machine.mjs';
import { candidates, folderName, version } from './tensorflow/variants.mjs';

/** Brings one variant from whatever is there to loaded; a cached library that does not load is fetched once more. */
async function provide(variant, passedOver) {
  const cached = isComplete(variant);
  if (!cached) {
    requireCompiler();
    await fetchLibrary(variant);
  }
  try {
    await compileBinding(variant);
    installBinding(variant);
    return await checkBinding(variant, passedOver);
  } catch (error) {
    removeBinding();
    if (!cached) throw error;
    say('  the cached library does not work; fetching it again');
    discardLibrary(variant);
    return provide(variant, passedOver);
  }
}

/**
 * The TensorFlow C library, taken from its Python wheel into the per-user cache, and the binding between it and Node.
 * tfjs-node's own install script wants to download an older library from elsewhere, and set-up does not depend on it.
 */
export const tensorflow = {
  name: `TensorFlow ${version}`,
  optional: 'Without it Cutpoint computes with its slower wasm engine.',
  needed({ verify }) {
    const { fitting } = candidates(thisMachine());
    const loaded = loadedBefore();
    if (verify || !loaded) return true;
    const index = fitting.findIndex((variant) => variant.id === loaded.variant);
    const better = fitting.slice(0, index).filter((variant) => !(variant.id in loaded.passedOver));
    return index < 0 || better.length > 0 || !isCurrent(fitting[index], loaded) || !isComplete(fitting[index]);
  },
  async run() {
    const { fitting, passedOver } = candidates(thisMachine());
    for (const reason of Object.values(passedOver)) say(`  ${reason}`);
    for (const variant of fitting) {
      try {
        if (!variant.verified)
          say(`  the ${variant.id} variant is written and not verified; if it fails, please report it`);
        const lock = join(cacheFolder(), `${folderName(variant)}.lock`);
        const device = await withLock(lock, () => provide(variant, passedOver));
        const silent = variant.nvidia && device === 'CPU';
        return silent
          ? 'loads, and does not find the GPU; `bin/cutpoint.mjs doctor` tells more'
          : `computes on the ${device}`;
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        passedOver[variant.id] = error.message;
        if (variant === fitting.at(-1)) throw error;
        say(`  ${error.message}\n[set-up]   trying the next variant`);
      }
    }
    throw new SetupError(`set-up has none for ${process.platform} ${process.arch}.`);
  },
};
