import type { CarriedPoint } from '../../contract/certificate.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, Handlers, ParsedInputOf } from '../../contract/index.ts';
import type { Operating, OperatingFigures } from '../../contract/operating.ts';
import { isMultiLabel } from '../../contract/task/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import { labelPoints, type OperatingPoint } from '../../contract/runChoices.ts';
import { decisionAfter } from '../cohort/decision.ts';
import { keptPoints, type KeptPoint } from '../cohort/operatingPoint.ts';
import { chosenScaling } from '../cohort/scaling.ts';
import { chooseThreshold, cutoffsOf } from '../metrics/cutoffs.ts';
import { figuresAt } from '../metrics/operating.ts';
import type { Workspace } from '../store/workspace.ts';
import { against, predictedPart, requireClass, type PredictedPart } from './oneAgainstRest.ts';

const CONFIDENCE = 0.95;
const RESAMPLES = 2000;

/** Thresholds that are chosen on the validation images, and what they do there and elsewhere. */
export function operatingHandlers(workspace: Workspace): Pick<Handlers, 'run.operating' | 'run.operate'> {
  return {
    'run.operating': (input, call) => operatingOf(workspace, input, call),
    async 'run.operate'({ id, rule, positive }, call) {
      const run = workspace.store.runs.get(id);
      if (rule === null) {
        await keep(workspace, run, isMultiLabel(run.plan) ? requireClass(run, positive) : null, null);
        return operatingOf(workspace, { id, part: 'validation', positive }, call);
      }
      const found = await operatingOf(workspace, { id, part: 'validation', rule, positive }, call);
      if (found.threshold === null) {
        throw new CutpointError('INPUT_INVALID', found.why!, {
          remedy: 'Choose another rule, or name a threshold.',
        });
      }
      const point: OperatingPoint = { rule, threshold: found.threshold, positive: found.positive };
      await keep(workspace, run, point.positive, point);
      return { ...found, kept: keptOf(keptFor(workspace, run, point.positive), point) };
    },
  };
}

/**
 * What a threshold does: see the contract.
 * @throws CutpointError RUN_STATE, INPUT_INVALID
 */
export async function operatingOf(
  workspace: Workspace,
  { id, part, rule: asked, positive: named }: ParsedInputOf<'run.operating'>,
  { signal }: Pick<CallContext<'run.operating'>, 'signal'>,
): Promise<Operating> {
  const run = workspace.store.runs.get(id);
  const kept = keptFor(workspace, run, named);
  if (part !== 'validation' && (asked !== undefined || kept === null)) throw chosenElsewhere();
  // Who only looks is shown one class of several; who chooses has to name it.
  const several = run.classes.length > 2 || isMultiLabel(run.plan);
  const first = asked === undefined && several ? run.classes[0] : undefined;
  const { rule, positive, frozen } =
    asked === undefined && kept !== null && (named === undefined || named === kept.positive)
      ? { rule: kept.rule, positive: kept.positive, frozen: kept.threshold }
      : { rule: asked ?? { kind: 'youden' as const }, positive: requireClass(run, named ?? first), frozen: null };
  const learnt = await predictedPart(workspace, run, 'validation');
  const images = against(learnt.predictions, run.classes, positive);
  const cutoffs = cutoffsOf(images.positive, images.scores);
  const { threshold, why } =
    frozen === null ? chooseThreshold(rule, cutoffs, positive) : { threshold: frozen, why: null };

  const figures = async ({ predictions, about }: PredictedPart): Promise<OperatingFigures> => ({
    ...about,
    ...(await figuresAt(against(predictions, run.classes, positive), threshold!, {
      ...{ confidence: CONFIDENCE, resamples: RESAMPLES, seed: 0, signal },
    })),
    confidence: CONFIDENCE,
  });
  const other = part === 'validation' ? null : await predictedPart(workspace, run, part);
  return {
    ...{ run: id, classes: [...run.classes], positive, rule, threshold, why },
    kept: threshold === null ? null : keptOf(kept, { rule, threshold, positive }),
    validation: threshold === null ? null : await figures(learnt),
    part: other && (await figures(other)),
    cutoffs,
  };
}

/** The threshold that is kept for a class, or a label; without a name the first that is. */
const keptFor = ({ store }: Workspace, run: RunSummary, named: string | undefined): KeptPoint | null =>
  keptPoints(store, run).find(({ positive }) => named === undefined || !isMultiLabel(run.plan) || positive === named) ?? null; // prettier-ignore

/** Keeps a threshold in place of what was kept: of several labels each has its own. Null takes it back. */
async function keep(
  workspace: Workspace,
  run: RunSummary,
  positive: string | null,
  point: OperatingPoint | null,
): Promise<void> {
  if (!isMultiLabel(run.plan)) {
    await workspace.commit(['runChoices', 'save', run.id, 'operating-point', point]);
    return;
  }
  const others = labelPoints.parse(workspace.store.runChoices.load(run.id, 'label-points')?.value ?? []).filter((each) => each.positive !== positive); // prettier-ignore
  const now = point === null ? others : [...others, { ...point, at: new Date().toISOString() }];
  await workspace.commit(['runChoices', 'save', run.id, 'label-points', now.length === 0 ? null : now]);
}

/**
 * The thresholds that are kept with a run, as an export carries them: with what each does on the validation images, and on
 * the test images where those were looked at. Their scale is that of the file, whose weights hold the calibration.
 */
export async function carriedPoints(
  workspace: Workspace,
  id: string,
  call: Pick<CallContext<'run.operating'>, 'signal'>,
): Promise<CarriedPoint[]> {
  const run = workspace.store.runs.get(id);
  const part = run.test === null ? 'validation' : 'test';
  const carried: CarriedPoint[] = [];
  for (const kept of keptPoints(workspace.store, run)) {
    const found = await operatingOf(workspace, { id, part, positive: kept.positive }, call);
    carried.push({
      positive: kept.positive,
      rule: kept.rule,
      threshold: decisionAfter(kept, run.classes, chosenScaling(workspace.store, run)).threshold,
      keptAt: kept.at,
      afterTest: kept.afterTest,
      validation: found.validation!,
      test: found.part,
    });
  }
  return carried;
}

/** When a point was kept; null where another one is, or none. */
function keptOf(kept: KeptPoint | null, { rule, threshold, positive }: OperatingPoint): Operating['kept'] {
  if (kept === null || kept.threshold !== threshold || kept.positive !== positive) return null;
  return JSON.stringify(kept.rule) === JSON.stringify(rule) ? { at: kept.at, afterTest: kept.afterTest } : null;
}

const chosenElsewhere = (): CutpointError =>
  new CutpointError('INPUT_INVALID', 'A threshold is chosen on the validation images, and only a kept one is looked at on others.', {
    remedy: 'Choose it on the validation images and keep it with the run first.',
  }); // prettier-ignore
