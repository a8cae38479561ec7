import type { Evaluation } from '../../../contract/evaluation.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { keptPoint } from '../../cohort/operatingPoint.ts';
import type { Sources } from '../ask.ts';

type Decisions = Pick<StudyReport, 'operating' | 'decisionCurve' | 'conformal'>;

/** What follows from the probabilities: the threshold that was kept, what acting on it is worth, and what is left to a person. */
export async function decisionsOf(
  { ask, workspace }: Pick<Sources, 'ask' | 'workspace'>,
  run: RunSummary,
  on: Evaluation['on'],
): Promise<Decisions> {
  const none = { operating: null, decisionCurve: null, conformal: null };
  if (on === 'data') return none;
  const asked = { id: run.id, part: on };
  const decisions: Decisions = { ...none };
  if (keptPoint(workspace.store, run)) {
    const { run: _, cutoffs: __, ...operating } = await ask('run.operating', asked);
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
