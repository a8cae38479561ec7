import type { Scaling } from '../../contract/calibration.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { RunSummary } from '../../contract/run.ts';
import { calibrationMethod, type CalibrationMethod } from '../../contract/runChoices.ts';
import { fitPlatt, fitTemperature, logarithms } from '../metrics/calibration/scaling.ts';
import { targetOf } from '../metrics/calibration/target.ts';
import type { Reader } from '../store/store.ts';

/** Validation images, and of them of each of two classes for a line of two numbers. */
const FEWEST = 10;
const FEWEST_OF_A_CLASS = 5;

/** A scaling of the network's probabilities, or why there is none. */
export type FittedScaling = { scaling: Scaling | null; why: null } | { scaling: null; why: string };

const refused = (why: string): FittedScaling => ({ scaling: null, why });

/**
 * What a method fits to the stored predictions of a run on its validation images. The same predictions give the same
 * numbers: what is kept is the method alone, and a run that is resumed has it fitted to its new best epoch.
 */
export function fittedScaling(
  store: Reader,
  { id, classes }: Pick<RunSummary, 'id' | 'classes'>,
  method: CalibrationMethod,
): FittedScaling {
  if (method === 'none') return { scaling: null, why: null };
  const k = classes.length;
  if (k > 2 && store.epochs.best(id)?.record.stage === 'svm')
    return refused(
      'The network ends in one SVM for each class, which were calibrated one by one: their outputs are divided by their sum, and what scales them cannot be put into its last layer.',
    );
  if (method === 'platt' && k > 2) return refused(`Platt scaling is for two classes, and there are ${k}.`);
  const rows = store.predictions.load(id, 'validation');
  if (rows.length < FEWEST)
    return refused(`It is fitted on validation images, of which it asks for ${FEWEST}: there are ${rows.length}.`);
  const labels = rows.map(({ label }) => label);
  const probabilities = rows.flatMap((row) => [...row.probabilities]);
  return method === 'temperature' ? temperature(labels, probabilities) : platt(labels, probabilities);
}

function temperature(labels: number[], probabilities: number[]): FittedScaling {
  const found = fitTemperature(labels, logarithms(probabilities));
  if ('temperature' in found) return { scaling: { method: 'temperature', temperature: found.temperature }, why: null };
  return refused(
    found.none === 'separated'
      ? 'Every validation image is predicted right: the smaller a temperature, the better it fits, so that none can be told.'
      : 'On the validation images, the classes that are true have no higher probabilities than the others: no temperature makes them better.',
  );
}

function platt(labels: number[], probabilities: number[]): FittedScaling {
  const target = targetOf(labels, probabilities, { classes: 2, label: 1 });
  const yes = labels.filter((label) => label === 1).length;
  if (Math.min(yes, labels.length - yes) < FEWEST_OF_A_CLASS)
    return refused(`It asks for ${FEWEST_OF_A_CLASS} validation images of each class.`);
  const found = fitPlatt(target);
  if (found === null) return refused('All validation images have the same probability.');
  if (found.slope <= 0)
    return refused(
      'On the validation images, higher probabilities are right less often: the line that fits would turn the order round.',
    );
  return { scaling: { method: 'platt', ...found }, why: null };
}

export const chosenMethod = (store: Reader, run: string): CalibrationMethod =>
  calibrationMethod.parse(store.runChoices.load(run, 'calibration')?.value ?? 'none');

/**
 * The scaling that is kept with a run; null where none is.
 * @throws CutpointError RUN_STATE where it cannot be fitted any more, as after a run was resumed
 */
export function chosenScaling(store: Reader, run: Pick<RunSummary, 'id' | 'classes'>): Scaling | null {
  return requireScaling(run, fittedScaling(store, run, chosenMethod(store, run.id)));
}

/** @throws CutpointError RUN_STATE where it cannot be fitted */
export function requireScaling({ id }: Pick<RunSummary, 'id'>, { scaling, why }: FittedScaling): Scaling | null {
  if (why === null) return scaling;
  throw new CutpointError('RUN_STATE', `The run ${id} cannot be calibrated in this way. ${why}`, {
    remedy: 'Choose another method, or none, under Results in the tab Calibration or with `cutpoint calibration`.',
  });
}
