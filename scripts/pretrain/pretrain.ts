// `npm run pretrain`: draws the formula pictures, trains the bundled source on them, and writes it with its checksum into
// resources. `npm run pretrain:probe` then measures it.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Weights } from '../../src-main/backbone/model.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import type { CatalogueEntry } from '../../src-main/contract/catalogue.ts';
import { digest } from '../../src-main/engine/digest.ts';
import { inFile } from '../../src-main/engine/weights/dialects.ts';
import { writeSafetensors, type Tensors } from '../../src-main/engine/weights/writeSafetensors.ts';
import { BACKBONE, BUNDLED, FORMULAS, PICTURES, STAGES, STATISTICS } from './settings.ts';
import { measureStatistics } from './statistics.ts';
import { pretrain } from './train.ts';

const resources = join(import.meta.dirname, '../../resources');

/** Half precision under the names of Keras, whose layouts are ours. */
function bundled(weights: Weights): Tensors {
  const backbone = findBackbone(BACKBONE);
  const parameters = graphParameters(backbone.build(), { height: backbone.input, width: backbone.input });
  return new Map(
    parameters.map((parameter) => {
      const { shape, data } = weights.get(parameter.key)!;
      return [inFile(parameter, 'keras').name, { shape, data: new Float16Array(data) }];
    }),
  );
}

const started = performance.now();
let weights: Weights = new Map();
for (const plan of STAGES) {
  const tell = (line: string) => console.log(line);
  weights = await pretrain(plan, { pictures: PICTURES, formulas: FORMULAS, start: weights, tell });
}
const { input: size, seed, batch } = STATISTICS;
weights = await measureStatistics(weights, { backbone: BACKBONE, formulas: FORMULAS, size, seed, batch });
const path = join(resources, BUNDLED.file);
await writeSafetensors(path, bundled(weights), { backbone: BACKBONE, formulas: String(FORMULAS) });

const { sha256 } = await digest([path]);
const { size: bytes } = await stat(path);
const cataloguePath = join(resources, 'catalogue.json');
const entries = JSON.parse(await readFile(cataloguePath, 'utf8')) as CatalogueEntry[];
Object.assign(
  entries.find(({ id }) => id === BUNDLED.id)!,
  { sha256, bytes },
);
await writeFile(cataloguePath, `${JSON.stringify(entries, null, 2)}\n`);
console.log(
  `${path}: ${bytes} bytes, SHA-256 ${sha256}, ${Math.round((performance.now() - started) / 60_000)} minutes`,
);
