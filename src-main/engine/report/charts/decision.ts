import type { StudyReport } from '../../../contract/report.ts';
import type { Html } from '../html.ts';
import { score } from '../words.ts';
import { axis, chartFigure, COLOURS, draw, INK } from './chart.ts';

type Curve = NonNullable<StudyReport['decisionCurve']>;

/** Net benefit of acting by the model, on all, and on nobody. */
export function decisionChart({ thresholds, model, low, high, all, positive, better }: Curve): Html {
  const highest = Math.max(0.1, ...model, ...high.map((value) => value ?? 0), all[0] ?? 0);
  const line = (name: string, values: readonly (number | null)[], style: object) => ({
    ...{ name, type: 'line', showSymbol: false, silent: true, lineStyle: { width: 2, ...style } },
    data: thresholds.map((threshold, at) => [threshold, values[at]]),
  });
  const drawing = draw(
    {
      xAxis: { ...axis('threshold probability'), min: 0, max: 1 },
      // Far below nothing is told: there the model is worse than doing nothing.
      yAxis: { ...axis('net benefit', true), min: -Math.ceil(highest * 3) / 10, max: Math.ceil(highest * 10) / 10, axisLabel: { color: INK, formatter: (value: number) => value.toFixed(2) } }, // prettier-ignore
      series: [
        { ...line('model', model, { type: 'solid' }), color: COLOURS[0] },
        { ...line('95 % interval', low, { width: 1, type: 'dotted' }), color: COLOURS[0] },
        { ...line('95 % interval', high, { width: 1, type: 'dotted' }), color: COLOURS[0] },
        { ...line('act on all', all, { type: 'dashed' }), color: COLOURS[1] },
        { ...line('act on nobody', thresholds.map(() => 0), { type: [8, 3, 2, 3] }), color: INK }, // prettier-ignore
      ],
    },
    { width: 690, height: 320 },
  );
  const where = better.map(({ from, to }) => `${score(from)} to ${score(to)}`);
  return chartFigure(drawing, {
    caption: `Decision curve for ${positive} (Vickers and Elkin 2006).`,
    told: `Net benefit against the threshold. ${where.length > 0 ? `Better than acting on all and on nobody from ${where.join(', ')}.` : 'Nowhere better than acting on all or on nobody.'}`,
  });
}
