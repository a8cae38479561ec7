import type { Html } from '../html.ts';
import { score, size } from '../words.ts';
import { axis, chartFigure, COLOURS, draw, INK } from './chart.ts';

/** Models by their size and AUROC. */
export function sizesChart(models: readonly { name: string; parameters: number; auroc: number }[]): Html {
  const drawing = draw(
    {
      legend: { show: false },
      xAxis: { ...axis('parameters'), type: 'log', axisLabel: { color: INK, fontSize: 11, formatter: size } },
      yAxis: { ...axis('AUROC', true), scale: true },
      series: [
        {
          ...{ type: 'scatter', silent: true, symbolSize: 9, color: COLOURS[0] },
          data: models.map(({ parameters, auroc, name }) => ({ value: [parameters, auroc], name })),
          label: { show: true, position: 'top', formatter: '{b}', color: INK, fontSize: 10 },
          labelLayout: { hideOverlap: true },
        },
      ],
    },
    { width: 690, height: 320 },
  );
  const told = models.map(({ name, parameters, auroc }) => `${name} ${size(parameters)} parameters, ${score(auroc)}`);
  return chartFigure(drawing, {
    caption: 'AUROC against the number of parameters; small and good is at the top left.',
    told: `${told.join('; ')}.`,
  });
}
