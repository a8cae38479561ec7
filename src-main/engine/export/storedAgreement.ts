import type { StoredAgreement } from '../../contract/certificate.ts';
import type { Outputs } from '../../backbone/model.ts';
import { called } from '../../contract/decision.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { RunSummary } from '../../contract/run.ts';
import { mostProbable } from './verify.ts';
import { openTest } from '../cohort/parts.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { Workspace } from '../store/workspace.ts';

/**
 * Largest accepted difference of a probability from the stored one. The same engine differs by what another batch size
 * makes of the order of sums (seen: 1.5e-6 of 1); another engine by how it computes (seen: 1e-5 for a trained MobileNetV2,
 * 1.2e-4 for a ResNet-18 with a very steep head). Damage that matters is far larger.
 */
const TOLERANCES = { same: 1e-4, other: 1e-3 };

/**
 * Compares what a run's network gives for held-out images with the predictions that were stored when the run was tested,
 * or validated: an export computes as the application does now, and its card tells numbers of then.
 * @param expected probabilities [files, classes] as the network gives them now
 * @param engine which computed them
 * @returns null where no prediction of these images was stored
 * @throws CutpointError EXPORT_MISMATCH, STORE_CORRUPT
 */
export async function compareWithStored(
  workspace: Workspace,
  run: RunSummary,
  {
    files,
    expected,
    engine,
    outputs = 'softmax',
  }: { files: readonly string[]; expected: Float32Array; engine: string; outputs?: Outputs | undefined },
): Promise<StoredAgreement | null> {
  const part = await openTest(workspace, run.id, 'export check');
  const test = part.predictions();
  if (outputs === 'softmax') requireAccuracy(run.id, part.evaluation(), test);
  const rows = test.length > 0 ? test : workspace.store.predictions.load(run.id, 'validation');
  const stored = new Map(rows.map(({ file, probabilities }) => [file, probabilities]));
  const classes = run.classes.length;
  const taken = (row: Float32Array): string => called(row, { classes: run.classes, outputs, by: [] });
  const found: StoredAgreement = {
    images: 0,
    largestDifference: 0,
    tolerance: engine === run.engine ? TOLERANCES.same : TOLERANCES.other,
    changedDecisions: 0,
  };
  for (const [index, file] of files.entries()) {
    const then = stored.get(file);
    if (then === undefined) continue;
    const now = expected.subarray(index * classes, (index + 1) * classes);
    found.images += 1;
    // Not-a-number stays, and is refused.
    found.largestDifference = Math.max(found.largestDifference, ...now.map((value, k) => Math.abs(value - then[k]!)));
    if (taken(now) !== taken(then)) found.changedDecisions += 1;
  }
  if (found.images === 0) return null;
  if (!(found.largestDifference <= found.tolerance)) throw differs(run, found);
  return found;
}

/** Predictions and the evaluation that was made of them tell the same. */
function requireAccuracy(id: string, test: Evaluation | null, rows: readonly PredictionRow[]): void {
  if (test === null || rows.length === 0) return;
  const right = rows.filter(({ label, probabilities }) => mostProbable(probabilities) === label).length;
  if (test.images === rows.length && Math.abs(test.metrics.accuracy - right / rows.length) < 1e-9) return;
  throw new CutpointError(
    'STORE_CORRUPT',
    `The stored test results of run ${id} do not agree with its stored predictions: one of the two is damaged.`,
    {
      remedy:
        'Nothing was changed. Restore cutpoint.db from a backup, or measure the run again (under Results, or `cutpoint evaluate RUN --again`).',
    },
  );
}

function differs({ id }: RunSummary, found: StoredAgreement): CutpointError {
  const { images, largestDifference, tolerance, changedDecisions } = found;
  return new CutpointError(
    'EXPORT_MISMATCH',
    `The model was not exported: on ${images} held-out images the network of run ${id} no longer gives the predictions that were stored with it. Probabilities differ by up to ${largestDifference.toPrecision(2)}, ${tolerance} is accepted; ${changedDecisions} decisions change.`,
    {
      remedy:
        'Its stored results are of another network, or of images prepared in another way: its checkpoint is damaged, or an earlier version of Cutpoint tested it. Measure the run again (under Results, or `cutpoint evaluate RUN --again`) and see whether the numbers are as they were; if not, restore the checkpoint from a backup, or train again with the same plan and seed.',
      details: { ...found },
    },
  );
}
