import { z } from 'zod';
import { corrupt, type WeightFile, type WeightReader } from './file.ts';
import { openH5 } from './kerasH5.ts';
import { openZip, type Zip } from './zip.ts';

/**
 * Keras 3's `.keras`: a zip archive of the model's description (`config.json`) and its weights (`model.weights.h5`). Of
 * the description only the names of the layers are read; nothing is built from it.
 */
const WEIGHTS = 'model.weights.h5';
const CONFIG = 'config.json';

/** The weights are held in memory while they are read. */
const MAX_WEIGHTS = 1_500_000_000;
const MAX_CONFIG = 64_000_000;

/** Nested models lie a few deep. */
const MAX_DEPTH = 16;

export const kerasArchive: WeightReader = {
  format: 'keras',
  match: (_path, _head, _bytes, entries) => entries.includes(WEIGHTS) && entries.includes(CONFIG),
  open: openKerasArchive,
};

async function openKerasArchive(path: string): Promise<WeightFile> {
  const zip = await openZip(path);
  try {
    const names = layerNames(path, await readConfig(path, zip));
    const weights = zip.entries.get(WEIGHTS);
    if (!weights || weights.bytes > MAX_WEIGHTS) throw corrupt(path, 'its weights are larger than those of any model');
    return await openH5({ path, bytes: new Uint8Array(await weights.read()) }, 'keras', names);
  } finally {
    await zip.close();
  }
}

async function readConfig(path: string, zip: Zip): Promise<unknown> {
  const entry = zip.entries.get(CONFIG);
  if (!entry || entry.bytes > MAX_CONFIG) throw corrupt(path, 'its description is longer than that of any model');
  try {
    return JSON.parse(Buffer.from(await entry.read()).toString('utf8'));
  } catch (cause) {
    throw corrupt(path, 'its description is not JSON', cause);
  }
}

const model = z.object({ config: z.object({ layers: z.array(z.unknown()) }) });
const layer = z.object({ class_name: z.string(), config: z.object({ name: z.string() }) });

/**
 * From the path of a layer's group in the weights (`layers/conv2d_1`: the second of its class, in the order of the
 * description) to the layer's name.
 */
function layerNames(path: string, description: unknown): Map<string, string> {
  const names = new Map<string, string>();
  const visit = (parent: unknown, prefix: string, depth: number): void => {
    const parsed = model.safeParse(parent);
    if (!parsed.success) return;
    if (depth > MAX_DEPTH) throw corrupt(path, 'its description is nested without end');
    const counts = new Map<string, number>();
    for (const each of parsed.data.config.layers) {
      const known = layer.safeParse(each);
      if (!known.success) continue;
      const name = snakeCase(known.data.class_name);
      const number = counts.get(name) ?? 0;
      counts.set(name, number + 1);
      const group = `${prefix}layers/${name}${number === 0 ? '' : `_${number}`}`;
      names.set(group, known.data.config.name);
      visit(each, `${group}/`, depth + 1);
    }
  };
  visit(description, '', 0);
  return names;
}

/** As Keras does: `DepthwiseConv2D` is `depthwise_conv2d`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
