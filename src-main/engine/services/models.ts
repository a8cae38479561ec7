import { existsSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Model, Outputs } from '../../backbone/model.ts';
import type { Scaling } from '../../contract/calibration.ts';
import { called, type Decision } from '../../contract/decision.ts';
import { CutpointError } from '../../contract/errors.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { FileProblem } from '../../contract/data.ts';
import type { CallContext, Handlers, OutputOf, ParsedInputOf } from '../../contract/index.ts';
import { decisionAfter } from '../cohort/decision.ts';
import { keptPoints } from '../cohort/operatingPoint.ts';
import { runAll } from '../data/pool.ts';
import { scaleRemarks } from '../data/greyScale.ts';
import type { Preparation } from '../data/prepare.ts';
import type { Note } from '../data/readers/picture.ts';
import { ONNX_RUNTIME, predictOnnx, readOnnxMetadata, type OnnxModel } from '../export/onnx/predict.ts';
import { decisionsOf, type ExportMetadata } from '../export/provenance.ts';
import { openTfjs, type TfjsModel } from '../export/tfjs/predict.ts';
import type { Workspace } from '../store/workspace.ts';
import { chosenScaling } from '../cohort/scaling.ts';
import type { Network } from '../execute/run.ts';
import { withEngine } from '../tensor/engines.ts';
import { predictBytes } from '../network/predict.ts';
import { breathe } from '../breathe.ts';
import { exportModel } from '../export/exportRun.ts';
import { carriedPoints } from './operating.ts';
import { inEachFrame, picturesIn } from './picturesIn.ts';
import { withModel } from '../network/trained.ts';
import { pathOf } from '../../userPath.ts';

export function modelHandlers(workspace: Workspace): Pick<Handlers, 'model.export' | 'model.predict' | 'model.try'> {
  return {
    'model.export': async (input, call) =>
      exportModel(workspace, input, call, await carriedPoints(workspace, input.id, call)),
    'model.predict': (input, call) => predict(workspace, input, call),
    'model.try': (input, call) => tryExport(workspace, input, call),
  };
}

/**
 * An exported model beside the application, on the same images.
 * @throws CutpointError MODEL_NOT_READABLE, MODEL_DAMAGED; RUN_UNKNOWN where it is of another workspace
 */
async function tryExport(
  workspace: Workspace,
  { model, files }: ParsedInputOf<'model.try'>,
  { signal, progress }: CallContext<'model.try'>,
): Promise<OutputOf<'model.try'>> {
  const half = (begun: number) => ({
    signal,
    progress: ({ done, total }: { done: number; total: number }) =>
      progress({ done: begun * total + done, total: 2 * total }),
  });
  const { run, runtime, calibration } = await provenanceOf(pathOf(model));
  const kept = chosenScaling(workspace.store, workspace.store.runs.get(run));
  const exported = await predict(workspace, { model: pathOf(model), files }, half(0));
  // By the threshold of the file, whatever is kept with the run by now: what is compared are the networks.
  const application = await predictRun(
    workspace,
    await picturesIn(files, signal),
    { run, scaling: calibration, decisions: exported.decisions },
    half(1),
  );
  const own = new Map(application.predictions.map((each) => [each.file, each]));
  return {
    ...{ run, runtime, calibration, classes: exported.classes },
    tried: exported.predictions.flatMap(({ file, ...theirs }) => {
      const ours = own.get(file);
      if (!ours) return [];
      const apart = theirs.probabilities.map((value, at) => Math.abs(value - ours.probabilities[at]!));
      const { probabilities, predicted } = ours;
      return [{ file, exported: theirs, application: { probabilities, predicted }, difference: Math.max(...apart) }];
    }),
    problems: exported.problems,
    warnings: [...exported.warnings, ...(isDeepStrictEqual(kept, calibration) ? [] : [OTHERWISE_CALIBRATED])],
  };
}

/** Of which run an exported model is, and what runs it. */
async function provenanceOf(path: string): Promise<{ run: string; runtime: string; calibration: Scaling | null }> {
  if (!isFolder(path)) {
    const { run, calibration = null } = await readOnnxMetadata(path);
    return { run, calibration, runtime: ONNX_RUNTIME };
  }
  return withEngine('auto', async () => {
    const { run, runtime, calibration = null, close } = await openTfjs(path);
    close();
    return { run, runtime, calibration };
  });
}

/** Of a file and its run. */
const OTHERWISE_CALIBRATED =
  'What is kept with the run changes its probabilities in another way than when this file was exported: here the application answers as the file was made.';

type Predictor = (picture: Uint8Array) => Promise<Float32Array> | Float32Array;

async function predict(
  workspace: Workspace,
  { model, files: named }: ParsedInputOf<'model.predict'>,
  call: CallContext<'model.predict'>,
): Promise<OutputOf<'model.predict'>> {
  const listed = await picturesIn(named, call.signal);
  const byFile = async (opened: OnnxModel | (TfjsModel & ExportMetadata & { warnings: string[] })) => {
    try {
      const view = {
        size: opened.input.width,
        fit: opened.fit,
        classes: opened.classes,
        outputs: opened.outputs ?? ('softmax' as const),
        scale: opened.greyScale ?? 'picture',
        calibration: opened.calibration ?? null,
        decisions: decisionsOf(opened),
      };
      const answer = await predictFiles(listed, { ...view, predictor: (picture) => opened.predict(picture, 1) }, call);
      return { ...answer, warnings: [...opened.warnings, ...answer.warnings] };
    } finally {
      await opened.close();
    }
  };
  if (isFolder(model)) return withEngine('auto', async () => byFile(await openTfjs(model)));
  if (isFile(model)) return byFile(await predictOnnx(model));
  const run = workspace.store.runs.get(model);
  const scaling = chosenScaling(workspace.store, run);
  const decisions = keptPoints(workspace.store, run).map((kept) => decisionAfter(kept, run.classes, scaling));
  const pictures = run.plan.data.frames === 'each' ? await inEachFrame(listed, call.signal) : listed;
  return predictRun(workspace, pictures, { run: model, scaling, decisions }, call);
}

function predictRun(
  workspace: Workspace,
  listed: Awaited<ReturnType<typeof picturesIn>>,
  { run: id, scaling, decisions }: { run: string; scaling: Scaling | null; decisions: readonly Decision[] },
  call: Pick<CallContext<'model.predict'>, 'signal' | 'progress'>,
): Promise<OutputOf<'model.predict'>> {
  const run = workspace.store.runs.get(id);
  const answer = (network: Network, { preprocessing, input, classes, outputs = 'softmax' }: Model) =>
    predictFiles(
      listed,
      {
        size: input.width,
        fit: run.plan.fit,
        scale: appliedTo(run.plan.data),
        classes,
        outputs,
        calibration: scaling,
        decisions,
        predictor: (bytes) => predictBytes(network, { bytes, n: 1, size: input.width }, preprocessing),
      },
      call,
    );
  return withModel(workspace, run, answer, scaling);
}

const isFolder = (model: string): boolean => statSync(model, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (model: string): boolean => model.toLowerCase().endsWith('.onnx') || existsSync(model);

/** A file that cannot be read is listed with its reason; the others are predicted. */
async function predictFiles(
  { files, problems: unlisted }: Awaited<ReturnType<typeof picturesIn>>,
  view: Pick<Preparation, 'size' | 'fit' | 'scale'> & {
    classes: readonly string[];
    outputs: Outputs;
    calibration: Scaling | null;
    decisions: readonly Decision[];
    predictor: Predictor;
  },
  { progress, signal }: CallContext<'model.predict'>,
): Promise<OutputOf<'model.predict'>> {
  const { size, fit, scale, classes, outputs } = view;
  const calling = { classes, outputs, by: view.decisions };
  const answers: (OutputOf<'model.predict'>['predictions'][number] | FileProblem)[] = [];
  const notes: Note[] = [];
  let finished = 0;
  await runAll(
    'prepare',
    files.map((path) => ({ path, size, fit, scale })),
    {
      signal,
      done: async (index, outcome) => {
        const file = files[index]!;
        if (outcome instanceof CutpointError) answers[index] = { file, code: outcome.code, message: outcome.message };
        else {
          notes.push(...outcome.notes);
          const probabilities = [...(await view.predictor(outcome.pixels))];
          answers[index] = { file, probabilities, predicted: called(probabilities, calling) };
        }
        progress({ done: ++finished, total: files.length });
        await breathe();
      },
    },
  );
  const predictions = answers.filter((answer) => 'predicted' in answer);
  const problems = [...unlisted, ...answers.filter((answer) => 'code' in answer)];
  const [, positive, more] = view.classes;
  return {
    classes: [...view.classes],
    positive: more === undefined && outputs === 'softmax' ? (positive ?? null) : null,
    ...(outputs === 'sigmoid' && { outputs }),
    decision: outputs === 'softmax' ? (view.decisions[0] ?? null) : null,
    decisions: [...view.decisions],
    predictions,
    calibration: view.calibration,
    problems,
    warnings: scaleRemarks(notes, scale ?? 'picture'),
  };
}
