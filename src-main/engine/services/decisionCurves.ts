import type { DecisionCurve } from '../../contract/decisionCurve.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import { betterStretches, decisionLines } from '../metrics/decisionCurve.ts';
import type { Workspace } from '../store/workspace.ts';
import { against, predictedPart, requireClass } from './oneAgainstRest.ts';

const CONFIDENCE = 0.95;
const RESAMPLES = 2000;

/** Net benefit of a run on a part of its images. */
export function decisionCurveHandlers(workspace: Workspace): Pick<Handlers, 'run.decisionCurve'> {
  return {
    async 'run.decisionCurve'({ id, part, positive: named, from, to, step, prevalence = null }, { signal }) {
      if (to < from) {
        throw new CutpointError('INPUT_INVALID', `The range of thresholds ends at ${to}, before it begins at ${from}.`);
      }
      const run = workspace.store.runs.get(id);
      const positive = requireClass(run, named);
      const { predictions, about } = await predictedPart(workspace, run, part);
      const images = against(predictions, run.classes, positive);
      // Of labels, of those of which it is known.
      const known = images.positive.length;
      const positives = images.positive.reduce((sum, one) => sum + one, 0);
      const common = { run: id, ...about, positive, positives, assumed: prevalence !== null, confidence: CONFIDENCE };
      if (positives === 0 || positives === known) {
        const why = positives === 0 ? `No image is of ‘${positive}’: there is no benefit to be measured.` : `All images are of ‘${positive}’: there is no harm to be measured.`; // prettier-ignore
        return { ...common, ...EMPTY, why };
      }
      // As written: 0.07 and not 0.07000000000000001, which an image of probability 0.07 would not reach.
      const count = Math.floor((to - from) / step + 1e-9) + 1;
      const thresholds = Array.from({ length: count }, (_, at) => Number((from + at * step).toFixed(10)));
      const options = { prevalence, confidence: CONFIDENCE, resamples: RESAMPLES, seed: 0, signal };
      const lines = await decisionLines(images, thresholds, options);
      const share = prevalence ?? positives / known;
      return {
        ...common,
        ...lines,
        thresholds,
        prevalence: share,
        standardised: lines.model.map((benefit) => benefit / share),
        better: betterStretches(thresholds, lines),
        resamples: RESAMPLES,
        why: null,
      };
    },
  };
}

const EMPTY = {
  ...{ prevalence: null, thresholds: [], model: [], low: [], high: [], all: [], standardised: [], better: [] },
  resamples: 0,
} satisfies Partial<DecisionCurve>;
