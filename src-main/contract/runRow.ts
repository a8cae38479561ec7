import type { TrainingPlan } from './plan.ts';
import type { RunRow, RunSummary } from './run.ts';
import { plannedEpochs } from './stages.ts';
import { describeTransfer } from './strategies.ts';

/** What lists show of a run, from the whole of it. */
export function rowOfRun({ plan, epochs, error, moved, ...run }: RunSummary): RunRow {
  const { id, status, createdAt, finishedAt, parameters, macs, bestEpoch, comparison } = run;
  const { study, name, note, starred, testOpened } = run;
  const best = epochs.find(({ epoch }) => epoch === bestEpoch);
  return {
    ...{ id, status, createdAt, finishedAt, parameters, macs, bestEpoch, comparison },
    ...{ study, name, note, starred, testOpened },
    ...shownOfPlan(plan, moved?.data),
    epochs: epochs.length,
    ...shownFigures([best?.validationAuroc ?? null, best?.validationAuprc ?? null]),
    error: error?.message ?? null,
  };
}

/** What a row tells of a plan; `folder`: where the images lie now, if they were moved. */
export const shownOfPlan = (
  plan: Pick<
    TrainingPlan,
    'backbone' | 'source' | 'strategy' | 'cut' | 'initialisation' | 'classifier' | 'epochs' | 'data'
  >,
  folder = plan.data.folder,
) => ({
  backbone: plan.backbone,
  network: describeTransfer(plan),
  source: plan.source,
  folder,
  plannedEpochs: plannedEpochs(plan),
});

/** AUROC and AUPRC. */
export type Figures = readonly [number | null, number | null];

/** The figures of a row: of the best epoch. */
export const shownFigures = ([validationAuroc, validationAuprc]: Figures) => ({
  validationAuroc: short(validationAuroc),
  validationAuprc: short(validationAuprc),
});

/** To six decimals; what is below 1 stays below. */
const short = (value: number | null): number | null =>
  value === null || value >= 1 ? value : Math.min(Math.round(value * 1e6) / 1e6, 0.999_999);
