import type { ReportFigures } from '../../../contract/report.ts';
import { html, type Html } from '../html.ts';
import { counted } from '../words.ts';
import { histogramChart, precisionRecallChart, rocChart } from './measured.ts';

/** Lines of a chart that are still told apart, by their dashes too. */
const LINES = 4;
/** Labels that are drawn; tables have all. */
const MOST = 12;

/** ROC, precision and recall, and probabilities, a few labels in a chart: those that most images have. */
export function labelCurves({ curves, metrics, histograms }: Required<Pick<ReportFigures, 'curves' | 'metrics' | 'histograms'>>): Html {
  const images = new Map(metrics.perClass.map(({ name, images: own }) => [name, own]));
  const most = curves
    .toSorted((a, b) => images.get(b.class)! - images.get(a.class)!)
    .slice(0, MOST)
    .map((each) => each.class);
  const shown = curves.filter((each) => most.includes(each.class));
  const charts = Array.from({ length: Math.ceil(shown.length / LINES) }, (_, at) => shown.slice(LINES * at, LINES * (at + 1)));
  const opposite = 'each label against not having it';
  return html`${curves.length > MOST && html`<p>Drawn are the ${counted(MOST)} labels that most images have.</p>`}
${charts.map((own) => html`<div class="charts">${rocChart(own, metrics, opposite)}${precisionRecallChart(own, metrics, opposite)}</div>`)}
<div class="charts">${histograms.filter((each) => most.includes(each.class)).map(histogramChart)}</div>`;
} // prettier-ignore
