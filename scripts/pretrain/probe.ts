// `npm run pretrain:probe`: what frozen features are worth. A linear classifier on them, cross-validated by group: the
// bundled source beside random weights and ImageNet's MobileNetV2. Each folder named on the command line has a labels.csv
// with the columns file, label and group; IMAGENET names Keras's file of MobileNetV2 without top.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Weights } from '../../src-main/backbone/model.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import type { Metrics } from '../../src-main/contract/evaluation.ts';
import { findBackbone, type Backbone } from '../../src-main/backbone/zoo/index.ts';
import { openImageCache } from '../../src-main/engine/data/cache.ts';
import { foldsByGroup } from '../../src-main/engine/data/folds.ts';
import type { ImageCache } from '../../src-main/engine/data/types.ts';
import { generator } from '../../src-main/engine/random.ts';
import { withEngine } from '../../src-main/engine/tensor/engines.ts';
import { networkOn } from '../../src-main/engine/network/open.ts';
import { crossValidate, type Labelled } from '../../src-main/engine/transfer/probe/crossValidate.ts';
import { pooledFeatures } from '../../src-main/engine/transfer/probe/features.ts';
import { importWeights } from '../../src-main/engine/weights/import.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { BACKBONE, BUNDLED } from './settings.ts';

const SIZE = 224;
const FOLDS = 5;
const FOLDS_SEED = 1;
const SEEDS = [1, 2, 3];
const BATCH = 32;
/** Cuts of MobileNetV2 at which features are taken, and its last map. */
const NODES = ['block_2_add', 'block_5_add', 'block_9_add', 'block_12_add', 'block_15_add', 'out_relu'];

interface Contestant {
  name: string;
  backbone: Backbone;
  weights: Weights;
}

async function contestants(): Promise<Contestant[]> {
  const backbone = findBackbone(BACKBONE);
  const load = async (file: string, of: Backbone) => (await importWeights(file, of, { partial: false })).weights;
  const bundled = join(import.meta.dirname, '../../resources', BUNDLED.file);
  const all: Contestant[] = [
    { name: 'formula pictures', backbone, weights: await load(bundled, backbone) },
    ...SEEDS.map((seed) => ({ name: `random, seed ${seed}`, backbone, weights: randomWeights(backbone, SIZE, seed) })),
  ];
  const imagenet = process.env.IMAGENET;
  if (imagenet !== undefined) {
    const full = findBackbone('mobilenet_v2_keras');
    all.push({ name: 'ImageNet, width 1.0', backbone: full, weights: await load(imagenet, full) });
  }
  return all;
}

/** Weights of a backbone before any training. */
function randomWeights(backbone: Backbone, size: number, seed: number): Weights {
  const parameters = graphParameters(backbone.build(), { height: size, width: size });
  return initialise(parameters, backbone.initialisation, generator(seed, 'weights'));
}

/** AUROC and balanced accuracy at each node, in the mean over the folds. */
async function probed({ backbone, weights }: Contestant, cache: ImageCache, set: Labelled, folds: readonly number[]) {
  return withEngine('auto', async (engine) => {
    const network = networkOn(engine, { graph: backbone.build() }, { weights });
    const images = { cache, indices: set.labels.map((_, index) => index), preprocessing: backbone.preprocessing };
    const features = await pooledFeatures(network, images, { nodes: NODES, batch: BATCH });
    network.variables.dispose();
    return NODES.map((node) => {
      const x = features.get(node)!;
      const metrics = crossValidate(x, set, folds);
      x.dispose();
      const mean = (of: (metrics: Metrics) => number) =>
        metrics.reduce((sum, one) => sum + of(one), 0) / metrics.length;
      return { auroc: mean(({ auroc }) => auroc!), balancedAccuracy: mean((one) => one.balancedAccuracy) };
    });
  });
}

async function open(folder: string, directory: string): Promise<{ set: Labelled; folds: number[]; cache: ImageCache }> {
  const rows = parse<{ file: string; label: string; group: string }>(readFileSync(join(folder, 'labels.csv')), {
    columns: true,
  });
  const classes = [...new Set(rows.map(({ label }) => label))].toSorted();
  const images = rows.map(({ file, label, group }) => ({
    file,
    label,
    group,
    sha256: createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex'),
  }));
  return {
    set: { labels: rows.map(({ label }) => classes.indexOf(label)), classes },
    folds: foldsByGroup(images, { k: FOLDS, seed: FOLDS_SEED }),
    cache: await openImageCache({ folder, images, size: SIZE, fit: 'letterbox', directory }),
  };
}

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('name at least one folder of labelled pictures');
const directory = mkdtempSync(join(tmpdir(), 'cutpoint-probe-'));
try {
  for (const folder of folders) {
    const { set, folds, cache } = await open(folder, directory);
    console.log(`\n${basename(folder)}: ${set.labels.length} pictures at ${SIZE} px, ${set.classes.length} classes`);
    console.log('AUROC (balanced accuracy) | '.padStart(28) + NODES.map((node) => node.padEnd(15)).join(''));
    for (const contestant of await contestants()) {
      const cells = (await probed(contestant, cache, set, folds)).map(({ auroc, balancedAccuracy }) =>
        `${auroc.toFixed(3)} (${balancedAccuracy.toFixed(3)})`.padEnd(15),
      );
      console.log(`${contestant.name} | `.padStart(28) + cells.join(''));
    }
    cache.close();
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
