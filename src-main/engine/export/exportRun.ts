import { basename } from 'node:path';
import { count } from '../../backbone/count.ts';
import { networkSize, wholePlan } from '../../backbone/architecture.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { doubtOf, positiveOf } from '../../contract/classes.ts';
import type { Scaling } from '../../contract/calibration.ts';
import type { CarriedPoint, Certificate } from '../../contract/certificate.ts';
import type { Calling, Decision } from '../../contract/decision.ts';
import { withoutNames } from '../../contract/findings.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { ExportRecord } from '../../contract/model.ts';
import type { RunSummary } from '../../contract/run.ts';
import { describeSplit } from '../../contract/splitSentence.ts';
import { lineageOf } from '../../contract/origin.ts';
import { isMultiLabel, selectionOf } from '../../contract/task/index.ts';
import { describeTransfer, truncatedAt } from '../../contract/strategies.ts';
import { version } from '../../version.ts';
import { catalogue as entries } from '../catalogue/entries.ts';
import { besidePaths, checkBeside, writeBeside } from './beside.ts';
import type { CardFacts } from './card.ts';
import { destinationOf, requireFree } from './destination.ts';
import { exportVerified, TOLERANCE } from './export.ts';
import { formats } from './formats.ts';
import { checkOptions } from './options.ts';
import { weightsSha256 } from '../weights/weightsSha256.ts';
import { thresholdOf } from './provenance.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Architecture } from '../../backbone/architecture.ts';
import type { Model } from '../../backbone/model.ts';
import { changedImages, requireUnchanged } from '../cohort/changed.ts';
import { fingerprintOf, selectionFingerprintOf } from '../cohort/parts.ts';
import { chosenScaling } from '../cohort/scaling.ts';
import { inverseOf, scaled } from '../metrics/calibration/scaling.ts';
import { calibrationImages } from './calibration.ts';
import { heldOut } from './heldOut.ts';
import { compareWithStored } from './storedAgreement.ts';
import type { Network } from '../execute/run.ts';
import { withModel } from '../network/trained.ts';
import { compareWholePath } from './wholePath.ts';
import { placeOf } from '../../userPath.ts';
import { effectOf } from './effect.ts';
import { measure } from './speed.ts';

type Call = CallContext<'model.export'>;

/**
 * Writes the model of a run, verified, with its certificate and card beside it. The record is stored then; how long the
 * networks take is measured last and added, so that cancelling it loses nothing.
 * @param points the thresholds that are kept with the run, by which the file is to decide: of several labels one each at most
 * @throws CutpointError INPUT_INVALID, RUN_STATE, EXPORT_EXISTS, EXPORT_MISMATCH, EXPORT_WRITE_FAILED, DISK_FULL
 */
export async function exportModel(
  workspace: Workspace,
  { id, format, out: asked, options, latency, overwrite }: ParsedInputOf<'model.export'>,
  call: Call,
  points: readonly CarriedPoint[],
): Promise<ExportRecord> {
  checkOptions(format, options);
  const out = placeOf(asked);
  const { store } = workspace;
  const run = store.runs.get(id);
  const backbone = findBackbone(run.plan.backbone);
  const scaling = chosenScaling(store, run);
  const destination = destinationOf(format, out);
  await requireFree(format, destination, { run: id, overwrite });
  await checkBeside(destination, id);
  requireUnchanged(id, await changedImages(workspace, id, call.signal));
  // Also the check of what was written computes on the engine, which nobody may swap until it is done.
  const check = async (network: Network, model: Model & Architecture, engine: string) => {
    call.progress({ message: 'Predicting held-out images' });
    const provenance = provenanceOf(workspace, run, model, scaling);
    const images = await heldOut(workspace, run, call.signal);
    try {
      const reference = { ...images.reference(network, model), decision: callingOf(model, points) };
      const files = images.files.map(({ file }) => file);
      // What was stored is of the network itself: that scaling is in its last layer, and nothing else, is seen by taking it back.
      const own = ownProbabilities(reference.expected, model.classes.length, scaling);
      const stored = await compareWithStored(workspace, run, { files, expected: own, engine, outputs: model.outputs });
      const calibration =
        options.precision === 'int8' ? await calibrationImages(workspace, run, call.signal) : undefined;
      call.progress({ message: `Writing the ${formats[format].title} and comparing it with the application` });
      const wholePath = options.anySize
        ? (path: string) => compareWholePath(path, { network, model, run, images }, call)
        : undefined;
      const exported = await exportVerified(
        model,
        { format, out, options, dialect: backbone.dialect, calibration, provenance, decisions: points, wholePath },
        reference,
      );
      const reduced = options.precision !== 'float32' && images.measured.indices.length > 0;
      const effect = reduced ? await effectOf(exported.path, network, model, images, call) : null;
      return { exported, model, effect, stored };
    } finally {
      images.close();
    }
  };
  const { exported, model, effect, stored } = await withModel(workspace, run, check, scaling);
  const { path, bytes, sha256, parity, whole: wholePath } = exported;
  // Its card shows test figures, where they were asked for before.
  if (run.test !== null) await workspace.commit(['runs', 'openTest', id, { purpose: 'card' }]);
  const createdAt = new Date().toISOString();
  const certified: Certificate = {
    kind: 'cutpoint-certificate',
    version: 1,
    producer: version,
    createdAt,
    file: { name: basename(path), format, bytes, sha256 },
    options,
    model: {
      run: id,
      backbone: backbone.name,
      cut: truncatedAt(run.plan),
      network: describeTransfer({ ...run.plan, classifier: model.classifier }),
      classifier: model.classifier,
      ...(model.outputs === 'sigmoid' && { outputs: model.outputs }),
      classes: [...model.classes],
      ...epochOf(run),
      ...(run.plan.precision !== 'auto' && { trainedIn: run.plan.precision }),
      smallerBatches: run.smallerBatches,
      positive: model.outputs === 'sigmoid' ? null : (positiveOf(model.classes, run.plan.positive) ?? null),
      threshold: thresholdOf(model, points),
      operatingPoint: model.outputs === 'sigmoid' ? null : (points[0] ?? null),
      ...(model.outputs === 'sigmoid' && { labelPoints: [...points] }),
      input: model.input,
      fit: run.plan.fit,
      greyScale: appliedTo(run.plan.data),
      preprocessing: { mean: [...model.preprocessing.mean], std: [...model.preprocessing.std] },
      grey: model.preprocessing.grey ?? false,
      weightsSha256: weightsSha256(model.weights),
      ...count(model.graph, model.input),
    },
    calibration: scaling && {
      scaling,
      fittedOn: { part: 'validation', images: store.predictions.load(id, 'validation').length },
    },
    full: networkSize(wholePlan(run.plan), run.classes),
    data: {
      fingerprint: fingerprintOf(store, id),
      selectionFingerprint: selectionFingerprintOf(store, run),
      split: run.split ?? {},
      testOpened: store.runs.get(id).testOpened,
      // Of folds, the plan of one run does not know.
      ...((run.comparison === null || run.plan.split.rule) && {
        divided: describeSplit(run.plan.split, { grouping: run.grouping, testFolder: run.plan.test !== undefined, several: isMultiLabel(run.plan) }), // prettier-ignore
      }),
      ...(run.grouping && { grouping: run.grouping }),
      ...(run.testGrouping && { testGrouping: run.testGrouping }),
      findings: (run.findings ?? []).map((each) => ({ ...each, message: withoutNames(each) })),
    },
    source: sourceOf(workspace, run),
    tolerance: options.precision === 'float32' ? { largestDifference: TOLERANCE, changedDecisions: 0 } : null,
    parity,
    stored,
    wholePath,
    effect,
    latency: null,
  };
  const facts: CardFacts = { title: backbone.title, paper: backbone.paper, format, test: run.test, sealed: run.sealed };
  await writeBeside(path, certified, facts);
  const record: ExportRecord = {
    ...{
      run: id,
      format,
      path,
      bytes,
      sha256,
      createdAt,
      parity: { ...parity, wholePath },
      stored,
      options,
      ...besidePaths(path),
    },
    ...{ latency: null, effect },
  };
  await workspace.commit(['exports', 'add', record]);
  if (!latency) return record;

  const measured = await measure(workspace, run, model, options, call);
  await writeBeside(path, { ...certified, latency: measured }, facts);
  await workspace.commit(['exports', 'setLatency', { ...record, latency: measured }]);
  return { ...record, latency: measured };
}

/** How a file's probabilities are taken. */
const callingOf = ({ classes, outputs = 'softmax' }: Model, by: readonly Decision[]): Calling => ({
  classes,
  outputs,
  by,
});

/** The network's own probabilities, from those that it gives with a scaling in its last layer. */
const ownProbabilities = (expected: Float32Array, k: number, scaling: Scaling | null): Float32Array =>
  scaling === null ? expected : Float32Array.from(scaled(expected, k, inverseOf(scaling)));

function provenanceOf(workspace: Workspace, run: RunSummary, model: Architecture, scaling: Scaling | null) {
  const { plan } = run;
  const source = plan.source === null ? null : workspace.store.sources.get(plan.source);
  return {
    run: run.id,
    fit: plan.fit,
    greyScale: JSON.stringify(appliedTo(plan.data)),
    backbone: plan.backbone,
    cut: truncatedAt(plan) ?? 'none',
    network: describeTransfer({ ...plan, classifier: model.classifier }),
    source: source?.name ?? 'none',
    ...(source ? { sourceSha256: source.sha256 } : {}),
    dataset: fingerprintOf(workspace.store, run.id),
    seed: String(plan.seed),
    ...(scaling && { calibration: JSON.stringify(scaling) }),
    ...positiveFacts(run),
    version,
  };
}

/** The epoch that was kept, and by what it was the best. */
function epochOf({ plan, epochs, bestEpoch }: RunSummary): Pick<Certificate['model'], 'epoch'> {
  const best = epochs.find(({ epoch }) => epoch === bestEpoch);
  if (best?.stage !== 'fine-tuning') return {};
  return { epoch: { number: best.epoch, of: epochs.length, by: selectionOf(plan).title } };
}

/** The positive class by name, with a doubt where there is one, for whoever reads the file alone. */
function positiveFacts({ plan, classes }: RunSummary): Record<string, string> {
  const found = positiveOf(classes, plan.positive);
  if (!found) return {};
  return { positive: found.positive, ...(found.certain ? {} : { positiveDoubt: doubtOf(classes, found) }) };
}

/** The pretrained weights that a run began with; null: random ones. */
export function sourceOf({ store }: Workspace, { plan }: Pick<RunSummary, 'plan'>): Certificate['source'] {
  if (plan.source === null) return null;
  const source = store.sources.get(plan.source);
  const { name, sha256, catalogue } = source;
  const licence = entries.find((entry) => entry.id === catalogue)?.licence ?? null;
  return { name, sha256, catalogue, licence, ...(source.origin && { lineage: lineageOf(source) }) };
}
