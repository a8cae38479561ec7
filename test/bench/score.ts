// `npm run bench:score`: images a second that a folder is scored with by an exported model, against PyTorch's loader with two
// workers and the same network in eager mode, channels-last, without gradients; in turn, so that a machine whose speed drifts
// slows both. Options: --data FOLDER (default: the shared chest X-rays), --backbone NAME, --size PIXELS, --rounds N, --images N
// at most. PYTHON names an interpreter with torchvision and Pillow (default: python3). The limit is the model alone.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withHead } from '../../src-main/backbone/head.ts';
import type { Model } from '../../src-main/backbone/model.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { contract } from '../../src-main/contract/index.ts';
import { walkFolder } from '../../src-main/engine/data/walk.ts';
import { encodeOnnx } from '../../src-main/engine/export/onnx/encode.ts';
import { predictOnnx } from '../../src-main/engine/export/onnx/predict.ts';
import { describe } from '../../src-main/engine/export/provenance.ts';
import { generator } from '../../src-main/engine/random.ts';
import { openServices } from '../../src-main/engine/services/index.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { sharedData } from '../support/shared.ts';
import { figure, median, tell } from './figures.ts';
import { measuredBy } from './peer.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    backbone: { type: 'string', default: 'mobilenet_v2' },
    size: { type: 'string', default: '224' },
    rounds: { type: 'string', default: '3' },
    images: { type: 'string', default: '1000' },
  },
});
const [size, rounds] = [Number(values.size), Number(values.rounds)];
/** Images of the first call, which starts what works for the engine; of the model alone. */
const [WARM_UP, ALONE] = [16, 40];

const folder = values.data ?? sharedData('cxr_pneumonia');
if (folder === undefined || !existsSync(folder)) process.exit();
const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-score-'));
try {
  const model = join(scratch, 'model.onnx');
  writeFileSync(model, await exported());
  const { files } = await walkFolder(folder);
  const paths = files.map((file) => join(folder, file)).slice(0, Number(values.images));
  const { handlers, close } = await openServices({ workspace: join(scratch, 'workspace') });
  const score = async (pictures: readonly string[]): Promise<void> => {
    const input = contract['model.predict'].input.parse({ model, files: pictures });
    const call = { signal: new AbortController().signal, progress: () => {} };
    const { predictions } = await handlers['model.predict'](input, call);
    if (predictions.length !== pictures.length) throw new Error(`${predictions.length} of ${pictures.length} scored`);
  };
  const own: number[] = [];
  const theirs: (number | string)[] = [];
  await score(paths.slice(0, WARM_UP));
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await score(paths);
    own.push((paths.length * 1000) / (performance.now() - begun));
    const peer = measuredBy<{ rate: number }>('score.py', [size, values.backbone, ...paths]);
    theirs.push(typeof peer === 'string' ? peer : peer.rate);
  }
  await close();
  const alone = await rateAlone(model);
  const ours = median(own);
  const missing = theirs.find((each) => typeof each === 'string');
  tell([
    figure({
      ...{ figure: `scoring ${paths.length} images, ${values.backbone}, ${size} px`, unit: 'images/s', ours },
      peer: missing ?? ours / median(own.map((rate, at) => rate / (theirs[at] as number))),
      target: { of: 'ratio', least: 1.3 },
      limit: `model alone ${alone.toFixed(0)} images/s, ${Math.round((100 * ours) / alone)} % reached`,
    }),
  ]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The whole network with two classes: what its weights are changes no time. */
async function exported(): Promise<Uint8Array> {
  const backbone = findBackbone(values.backbone);
  const input = { height: size, width: size };
  const graph = withHead(backbone.build(), { classes: 2, pooling: 'average', dropout: 0 });
  const weights = initialise(graphParameters(graph, input), backbone.initialisation, generator(0, 'bench'));
  const model: Model = { graph, weights, input, preprocessing: backbone.preprocessing, classes: ['a', 'b'] };
  const plain = { precision: 'float32', foldBatchNorm: true, anySize: false, fit: 'letterbox' } as const;
  return encodeOnnx(model, describe(model, { run: 'bench', fit: 'letterbox' }, []), plain);
}

/** Images a second without reading any. */
async function rateAlone(path: string): Promise<number> {
  const opened = await predictOnnx(path);
  try {
    const picture = new Uint8Array(size * size * 3).fill(100);
    await opened.predict(picture, 1);
    const begun = performance.now();
    for (let time = 0; time < ALONE; time++) await opened.predict(picture, 1);
    return (ALONE * 1000) / (performance.now() - begun);
  } finally {
    await opened.close();
  }
}
