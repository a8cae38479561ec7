import type { CalibrationReport, Scaling } from '../../contract/calibration.ts';
import { groupingOf } from '../../contract/groups.ts';
import type { CallContext, Handlers, ParsedInputOf } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import { calibrationMethod } from '../../contract/runChoices.ts';
import { measuredImages } from '../cohort/parts.ts';
import { requireOneClass } from '../cohort/oneClass.ts';
import { oneLabel, requireLabel } from '../cohort/oneLabel.ts';
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
  { id, part, label }: ParsedInputOf<'run.calibration'>,
  { signal }: Pick<CallContext<'run.calibration'>, 'signal'>,
): Promise<CalibrationReport> {
  const { store } = workspace;
  const run = store.runs.get(id);
  const name = requireLabel(run, label);
  const images = await measuredImages(workspace, run, part);
  requireMeasured(run, part, images);
  const all = predictedBy(images, run.classes);
  const one = name === null ? null : oneLabel(all, run.classes, name);
  const { labels, probabilities, groups } = one?.predictions ?? all;
  const classes = one?.classes ?? run.classes;
  // Of a label nothing is fitted: what is kept with a run changes the probabilities of all of them.
  const methods = one === null ? calibrationMethod.options : (['none'] as const);
  const offered = methods.map((method) => ({ method, ...fittedScaling(store, run, method) }));
  const as = (scaling: Scaling | null) =>
    scaling === null ? probabilities : scaled(probabilities, classes.length, scaling);
  const possible = offered.filter(({ why }) => why === null);
  const grouping = groupingOf(images.dataset.report);
  const { measured, resamples } = await measureCalibration(
    { labels: Array.from(labels), groups, classes, grouping },
    possible.map(({ scaling }) => as(scaling)),
    { confidence: CONFIDENCE, signal },
  );
  return {
    ...{ run: id, part, images: labels.length, groups: new Set(groups).size, grouping, classes: [...classes] },
    ...(name !== null && { label: { name, of: images.rows.length } }),
    ...{ confidence: CONFIDENCE, resamples },
    zeros: imagesWithZero(probabilities, classes.length),
    kept: chosenMethod(store, id),
    fittedOn: one === null ? await counted(workspace, run) : { images: 0, groups: 0 },
    methods: offered.map((each) => ({ ...each, measured: measured[possible.indexOf(each)] ?? null })),
  };
}

/** The validation images, which methods are fitted on. */
async function counted(workspace: Workspace, run: RunSummary): Promise<CalibrationReport['fittedOn']> {
  const validation = await measuredImages(workspace, run, 'validation');
  if (validation.rows.length === 0) return { images: 0, groups: 0 };
  const { groups } = predictedBy(validation, run.classes);
  return { images: groups.length, groups: new Set(groups).size };
}

/** @param probabilities n × k, row after row */
function imagesWithZero(probabilities: Float32Array, k: number): number {
  const having = new Set<number>();
  probabilities.forEach((value, at) => value === 0 && having.add(Math.floor(at / k)));
  return having.size;
}
