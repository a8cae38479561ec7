import type { ClassCalibration } from '../../../contract/calibration.ts';
import type { Html } from '../html.ts';
import { score } from '../words.ts';
import { chartFigure, COLOURS, draw, INK, shareAxis, thinned } from './chart.ts';

/** What was observed at each probability: bins of as many images each, and a smooth curve with its band. */
export function reliabilityChart({ class: name, bins, curve, slope, ece }: ClassCalibration): Html {
  const points = thinned(curve?.points ?? []);
  const band = points.some(({ low }) => low !== null);
  const line = (title: string, of: (point: (typeof points)[number]) => number | null, style: object) => ({
    ...{ name: title, type: 'line', showSymbol: false, silent: true, color: COLOURS[0], lineStyle: { width: 2, ...style } }, // prettier-ignore
    data: points.map((point) => [point.predicted, of(point)]),
  });
  const drawing = draw(
    {
      xAxis: shareAxis(`probability of ${name}`),
      yAxis: shareAxis('observed share', true),
      series: [
        { type: 'line', silent: true, showSymbol: false, data: [[0, 0], [1, 1]], lineStyle: { color: INK, width: 1, type: 'dotted' } },
        ...(points.length > 0
          ? [
              line('smooth', ({ observed }) => observed, { type: 'solid' }),
              ...(band ? [line('band', ({ low }) => low, { width: 1, type: 'dashed' }), line('band', ({ high }) => high, { width: 1, type: 'dashed' })] : []),
            ]
          : []),
        { name: 'bins', type: 'scatter', silent: true, symbolSize: 7, color: COLOURS[1], data: bins.map(({ mean, observed }) => [mean, observed]) },
      ],
    }, // prettier-ignore
    { width: 340, height: 320 },
  );
  return chartFigure(drawing, {
    caption: `Reliability of the probability of ${name}. Dotted: as it should be.`,
    told: `Observed share against the probability of ${name}. Calibration slope ${score(slope.value)}, expected calibration error ${score(ece)}.`,
  });
}
