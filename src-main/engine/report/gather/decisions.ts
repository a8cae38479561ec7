import type { Evaluation } from '../../../contract/evaluation.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { isMultiLabel } from '../../../contract/task/index.ts';
import { keptPoint, keptPoints } from '../../cohort/operatingPoint.ts';
import type { Sources } from '../ask.ts';

type Decisions = Pick<StudyReport, 'calibration' | 'operating' | 'labelPoints' | 'decisionCurve' | 'conformal'>;

/** What the probabilities are worth, and what follows from them: calibration, the threshold that was kept, what acting on it is worth, and what is left to a person. */
export async function decisionsOf(
  { ask, workspace }: Pick<Sources, 'ask' | 'workspace'>,
  run: RunSummary,
  on: Evaluation['on'],
): Promise<Decisions> {
  const none: Decisions = { calibration: null, operating: null, decisionCurve: null, conformal: null };
  if (on === 'data') return none;
  const asked = { id: run.id, part: on };
  // Neither calibration nor prediction sets, and nobody said on which label one would act.
  if (isMultiLabel(run.plan)) return { ...none, labelPoints: await labelPointsOf({ ask, workspace }, run, asked) };
  const { run: _, part: __, ...calibration } = await ask('run.calibration', asked);
  const decisions: Decisions = { ...none, calibration };
  if (keptPoint(workspace.store, run)) {
    const { run: _run, cutoffs: _cutoffs, ...operating } = await ask('run.operating', asked);
    decisions.operating = operating;
  }
  // Of several classes nobody said on which one would act.
  if (run.classes.length === 2) {
    const { run: _, ...curve } = await ask('run.decisionCurve', asked);
    decisions.decisionCurve = curve;
  }
  // Calibrated on the validation images, sets say nothing about those.
  if (on !== 'validation') {
    const { run: _, ...conformal } = await ask('run.conformal', asked);
    decisions.conformal = conformal;
  }
  return decisions;
}

/** The thresholds that are kept of several labels, in the order of the labels. */
async function labelPointsOf(
  { ask, workspace }: Pick<Sources, 'ask' | 'workspace'>,
  run: RunSummary,
  asked: { id: string; part: 'validation' | 'test' },
): Promise<NonNullable<StudyReport['labelPoints']>> {
  const kept = keptPoints(workspace.store, run).map(({ positive }) => positive);
  const found: NonNullable<StudyReport['labelPoints']> = [];
  for (const positive of run.classes.filter((name) => kept.includes(name))) {
    const { run: _, cutoffs: __, ...point } = await ask('run.operating', { ...asked, positive });
    found.push(point);
  }
  return found;
}
