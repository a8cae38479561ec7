import type { StudyReport } from '../../../contract/report.ts';
import type { Html } from '../html.ts';
import { score } from '../words.ts';
import { axis, chartFigure, COLOURS, draw, INK } from './chart.ts';

/** Losses of training and validation, epoch by epoch, and the epoch that was kept. */
export function trainingChart({ epochs, bestEpoch }: StudyReport['training']): Html {
  const best = epochs.find(({ epoch }) => epoch === bestEpoch);
  const line = (name: string, of: (record: (typeof epochs)[number]) => number, at: number) => ({
    ...{ name, type: 'line', showSymbol: epochs.length < 30, symbolSize: 4, silent: true },
    ...{ color: COLOURS[at], lineStyle: { type: at === 0 ? 'solid' : 'dashed' } },
    data: epochs.map((record) => [record.epoch, of(record)]),
    ...(at === 1 &&
      bestEpoch !== null && {
        markLine: {
          ...{ silent: true, symbol: 'none', data: [{ xAxis: bestEpoch }] },
          lineStyle: { color: INK, type: 'dotted' },
          label: { formatter: 'kept', color: INK },
        },
      }),
  });
  const drawing = draw(
    {
      xAxis: { ...axis('epoch'), min: 1, minInterval: 1, max: Math.max(2, epochs.at(-1)?.epoch ?? 2) },
      yAxis: axis('loss', true),
      series: [line('training', ({ trainLoss }) => trainLoss, 0), line('validation', ({ validationLoss }) => validationLoss, 1)],
    }, // prettier-ignore
    { width: 690, height: 260 },
  );
  return chartFigure(drawing, {
    caption: 'Losses over the epochs.',
    told: best
      ? `Losses over ${epochs.length} epochs. In epoch ${best.epoch}, which was kept: training ${score(best.trainLoss)}, validation ${score(best.validationLoss)}.`
      : `Losses over ${epochs.length} epochs.`,
  });
}
