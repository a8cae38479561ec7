import type { CalibrationFigure, MeasuredCalibration, MethodCalibration } from '../../../contract/calibration.ts';
import { cohortOf } from '../../../contract/groups.ts';
import { ONE_CLASS_ONLY } from '../../../contract/oneClass.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { reliabilityChart } from '../charts/reliability.ts';
import { headline, ofSeveralLabels, PART_WORDS } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { between, score } from '../words.ts';
import { table } from './parts.ts';

const METHODS: Readonly<Record<MethodCalibration['method'], string>> = {
  none: 'as the network gives them',
  temperature: 'temperature scaling (Guo et al. 2017)',
  platt: 'Platt scaling (Platt 1999)',
};

const figure = ({ value, interval }: CalibrationFigure): string => between(value, interval);

/** Whether probabilities mean what they say, as they are and by what is kept with the run. */
export function calibration(report: StudyReport): Html | null {
  if (ofSeveralLabels(report)) return html`<p>${ONE_CLASS_ONLY.calibration} The Brier score of each label and the log loss are <a href="#results">among the results</a>.</p>`; // prettier-ignore
  const { calibration: found } = report;
  if (!found) return null;
  const { kept, methods, fittedOn, grouping } = found;
  const shown = methods.filter(({ method, measured }) => measured !== null && (method === 'none' || method === kept));
  return html`<p>On the ${PART_WORDS[headline(report).on]}. ${
    kept === 'none'
      ? 'Probabilities are used as the network gives them.'
      : `The model is used with ${METHODS[kept]}, fitted on ${cohortOf(fittedOn, grouping)} of the validation part.`
  }</p>
${shown.map(one)}`; // prettier-ignore
}

function one({ method, measured }: MethodCalibration): Html {
  const { brier, logLoss, classes } = measured!;
  return html`<h3>Probabilities ${method === 'none' ? METHODS.none : `by ${METHODS[method]}`}</h3>
<p>Brier score ${figure(brier)}, log loss ${figure(logLoss)}.</p>
${table(
  'Calibration',
  ['Class', 'Slope', 'Intercept', 'Observed / expected', 'Brier score', 'ECE, biased upward', 'ECE by chance alone'],
  classes.map((each) => [
    each.class, figure(each.slope), figure(each.intercept), figure(each.observedExpected), figure(each.brier),
    score(each.ece), score(each.chance?.mean),
  ]),
)}
${reasons(measured!)}
<div class="charts">${classes.map(reliabilityChart)}</div>`; // prettier-ignore
}

/** Why numbers, intervals, bins and curves are not there; each reason once. */
function reasons({ brier, logLoss, classes }: MeasuredCalibration): Html {
  const all = classes.flatMap((each) => [
    ...[each.slope.why, each.intercept.why, each.observedExpected.why, each.brier.why, each.eceWhy, each.curveWhy],
  ]);
  const known = new Set([brier.why, logLoss.why, ...all].filter((why) => why !== null));
  return html`${[...known].map((why) => html`<p>${why}</p>`)}`;
}
