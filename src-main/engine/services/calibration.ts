import type { CalibrationReport, Scaling } from '../../contract/calibration.ts';
import { groupingOf } from '../../contract/groups.ts';
import type { CallContext, Handlers, ParsedInputOf } from '../../contract/index.ts';
import { calibrationMethod } from '../../contract/runChoices.ts';
import { measuredImages } from '../cohort/parts.ts';
import { requireOneClass } from '../cohort/oneClass.ts';
import { predictedBy } from '../cohort/predicted.ts';
import { chosenMethod, fittedScaling, requireScaling } from '../cohort/scaling.ts';
import { measureCalibration } from '../metrics/calibration/calibration.ts';
import { scaled } from '../metrics/calibration/scaling.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireMeasured } from './measured.ts';

const CONFIDENCE = 0.95;

/** How well what a run predicted is calibrated, and what changes it afterwards. */
export function calibrationHandlers(workspace: Workspace): Pick<Handlers, 'run.calibration' | 'run.calibrate'> {
  const { store } = workspace;
  return {
    'run.calibration': (input, call) => report(workspace, input, call),
    'run.calibrate': async ({ id, method }) => {
      const run = store.runs.get(id);
      if (method !== 'none') requireOneClass(run.plan, 'calibration');
      const scaling = requireScaling(run, fittedScaling(store, run, method));
      await workspace.commit(['runChoices', 'save', id, 'calibration', method === 'none' ? null : method]);
      return { run: id, kept: method, scaling };
    },
  };
}

/** @throws CutpointError RUN_STATE where nothing was predicted */
async function report(
  workspace: Workspace,
  { id, part }: ParsedInputOf<'run.calibration'>,
  { signal }: Pick<CallContext<'run.calibration'>, 'signal'>,
): Promise<CalibrationReport> {
  const { store } = workspace;
  const run = store.runs.get(id);
  requireOneClass(run.plan, 'calibration');
  const images = await measuredImages(workspace, run, part);
  requireMeasured(run, part, images);
  const { labels, probabilities, groups } = predictedBy(images, run.classes);
  const { classes } = run;
  const offered = calibrationMethod.options.map((method) => ({ method, ...fittedScaling(store, run, method) }));
  const as = (scaling: Scaling | null) =>
    scaling === null ? probabilities : scaled(probabilities, classes.length, scaling);
  const possible = offered.filter(({ why }) => why === null);
  const grouping = groupingOf(images.dataset.report);
  const { measured, resamples } = await measureCalibration(
    { labels: Array.from(labels), groups, classes, grouping },
    possible.map(({ scaling }) => as(scaling)),
    { confidence: CONFIDENCE, signal },
  );
  const validation = await measuredImages(workspace, run, 'validation');
  return {
    ...{ run: id, part, images: labels.length, groups: new Set(groups).size, grouping, classes: [...classes] },
    ...{ confidence: CONFIDENCE, resamples },
    zeros: images.rows.filter(({ probabilities: own }) => own.includes(0)).length,
    kept: chosenMethod(store, id),
    fittedOn: {
      images: validation.rows.length,
      groups: new Set(validation.rows.length === 0 ? [] : predictedBy(validation, classes).groups).size,
    },
    methods: offered.map((each) => ({ ...each, measured: measured[possible.indexOf(each)] ?? null })),
  };
}
