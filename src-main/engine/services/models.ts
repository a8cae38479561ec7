import { existsSync } from 'node:fs';
import { CutpointError } from '../../contract/errors.ts';
import type { FileProblem } from '../../contract/data.ts';
import type { CallContext, Handlers, OutputOf, ParsedInputOf } from '../../contract/index.ts';
import type { ExportRecord } from '../../contract/model.ts';
import { version } from '../../version.ts';
import { runAll } from '../data/pool.ts';
import { exportVerified } from '../export/export.ts';
import { predictOnnx } from '../export/onnx/predict.ts';
import type { Workspace } from '../store/workspace.ts';
import { indicesOf, prepareImages } from '../train/images.ts';
import { breathe, predictBytes } from '../train/predict.ts';
import { withModel } from './trained.ts';

/** Held-out images on which every export is compared with the application. */
const VERIFIED_IMAGES = 32;

export function modelHandlers(workspace: Workspace): Pick<Handlers, Extract<keyof Handlers, `model.${string}`>> {
  return {
    'model.export': (input, call) => exportModel(workspace, input, call),
    'model.exports': ({ id }) => {
      const byPath = new Map(workspace.store.exports.list(id).map((record) => [record.path, record]));
      return [...byPath.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    'model.predict': (input, call) => predict(workspace, input, call),
  };
}

async function exportModel(
  workspace: Workspace,
  { id, format, out }: ParsedInputOf<'model.export'>,
  { progress, signal }: CallContext<'model.export'>,
): Promise<ExportRecord> {
  const { store } = workspace;
  const run = store.runs.get(id);
  const { main } = datasetsOf(workspace, id);
  const provenance = {
    run: id,
    fit: run.plan.fit,
    backbone: run.plan.backbone,
    cut: run.plan.strategy === 'full' ? 'none' : (run.plan.cut ?? 'none'),
    source: run.plan.source ?? 'none',
    dataset: main.report.fingerprint,
    seed: String(run.plan.seed),
    version,
  };
  // Also the check of a TensorFlow.js model computes on the engine, which nobody may swap until it is done.
  const { path, bytes, sha256, parity } = await withModel(workspace, run, async (network, model) => {
    progress({ message: 'Predicting held-out images' });
    const images = await heldOut(workspace, id, signal);
    const pictures = { bytes: Buffer.concat(images), n: images.length, size: model.input.width };
    const expected = predictBytes(network, pictures, model.preprocessing);
    const written = format === 'onnx' ? 'ONNX file' : 'TensorFlow.js model';
    progress({ message: `Writing the ${written} and comparing it with the application` });
    return exportVerified(model, { format, out, provenance }, { images, expected });
  });
  const record: ExportRecord = { run: id, format, path, bytes, sha256, createdAt: new Date().toISOString(), parity };
  store.exports.add(record);
  return record;
}

/** Test images of a run, or validation images where it has too few of them, as the network sees them. */
async function heldOut(workspace: Workspace, id: string, signal: AbortSignal): Promise<Uint8Array[]> {
  const run = workspace.store.runs.get(id);
  const { main, test } = datasetsOf(workspace, id);
  const split = workspace.store.splits.load(id);
  const own = test ? test.images.map((_, index) => index) : indicesOf(main, split, 'test');
  const { cache } = await prepareImages(workspace, test ?? main, { plan: run.plan, classes: run.classes, signal });
  const spare = test ? [] : indicesOf(main, split, 'validation');
  const pictures = [...own, ...spare].slice(0, VERIFIED_IMAGES).map((index) => {
    const picture = new Uint8Array(cache.size * cache.size * 3);
    cache.read(index, picture, 0);
    return picture;
  });
  cache.close();
  return pictures;
}

function datasetsOf({ store }: Workspace, id: string) {
  const { dataset, test } = store.runs.datasets(id);
  return { main: store.datasets.load(dataset!), test: test === null ? null : store.datasets.load(test) };
}

type Predictor = (picture: Uint8Array) => Promise<Float32Array> | Float32Array;

async function predict(
  workspace: Workspace,
  { model, files }: ParsedInputOf<'model.predict'>,
  call: CallContext<'model.predict'>,
): Promise<OutputOf<'model.predict'>> {
  if (isFile(model)) {
    const onnx = await predictOnnx(model);
    try {
      const view = { size: onnx.input.width, fit: onnx.fit, classes: onnx.classes };
      return await predictFiles(files, { ...view, predictor: (picture) => onnx.predict(picture, 1) }, call);
    } finally {
      await onnx.close();
    }
  }
  const run = workspace.store.runs.get(model);
  return withModel(workspace, run, (network, { preprocessing, input, classes }) =>
    predictFiles(
      files,
      {
        size: input.width,
        fit: run.plan.fit,
        classes,
        predictor: (bytes) => predictBytes(network, { bytes, n: 1, size: input.width }, preprocessing),
      },
      call,
    ),
  );
}

const isFile = (model: string): boolean => model.toLowerCase().endsWith('.onnx') || existsSync(model);

/** A file that cannot be read is listed with its reason; the others are predicted. */
async function predictFiles(
  files: readonly string[],
  view: { size: number; fit: 'letterbox' | 'stretch' | 'crop'; classes: readonly string[]; predictor: Predictor },
  { progress, signal }: CallContext<'model.predict'>,
): Promise<OutputOf<'model.predict'>> {
  const { size, fit } = view;
  const answers: (OutputOf<'model.predict'>['predictions'][number] | FileProblem)[] = [];
  let finished = 0;
  await runAll(
    'prepare',
    files.map((path) => ({ path, size, fit })),
    {
      signal,
      done: async (index, outcome) => {
        const file = files[index]!;
        if (outcome instanceof CutpointError) answers[index] = { file, code: outcome.code, message: outcome.message };
        else {
          const probabilities = [...(await view.predictor(outcome.pixels))];
          const best = probabilities.indexOf(Math.max(...probabilities));
          answers[index] = { file, probabilities, predicted: view.classes[best]! };
        }
        progress({ done: ++finished, total: files.length });
        await breathe();
      },
    },
  );
  const predictions = answers.filter((answer) => 'predicted' in answer);
  const problems = answers.filter((answer) => 'code' in answer);
  return { classes: [...view.classes], predictions, problems };
}
