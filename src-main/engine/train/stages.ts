import { architectureOf, type Architecture } from '../../backbone/architecture.ts';
import type { RunSummary } from '../../contract/run.ts';
import { stagesOf, type TrainingStage } from '../../contract/stages.ts';
import type { PreparedImages } from '../cohort/prepared.ts';
import type { Network } from '../execute/run.ts';
import type { Checkpoint } from '../network/checkpoint.ts';
import { modelOf } from '../network/open.ts';
import type { Workspace } from '../store/workspace.ts';
import { calibrationFolds } from '../transfer/svm/folds.ts';
import type { RunControl } from './control.ts';
import { trainLoop, type LoopOptions, type TrainingImages } from './loop.ts';
import { svmStage } from './svmStage.ts';

/** A network with weights, and where training goes on, with the optimiser's state. */
export type Trained = Architecture & Pick<Checkpoint, 'weights'> & Partial<Checkpoint>;

/** What the stages of a run are trained with. */
export interface Staged {
  run: RunSummary;
  workspace: Workspace;
  control: RunControl;
  /** The network before its head is replaced, and where training begins or goes on. */
  architecture: Architecture;
  start: Checkpoint;
  dataset: PreparedImages['dataset'];
  /** Indices of the training images. */
  train: readonly number[];
  /** Computes with a network on the images of the run; its epochs are kept. */
  work(
    model: Trained,
    compute: (network: Network, images: TrainingImages, options: Omit<LoopOptions, 'progress'>) => Promise<void>,
  ): Promise<void>;
}

const STAGES: Record<TrainingStage, (staged: Staged) => Promise<void>> = {
  'fine-tuning': ({ architecture, start, work }) =>
    work({ ...architecture, ...start }, (network, images, options) =>
      trainLoop(network, images, { ...options, progress: start.progress }),
    ),

  async svm({ run, workspace, architecture, start, dataset, train, work }) {
    const { plan, classes } = run;
    const stage = {
      graph: architectureOf(plan, classes).graph,
      folds: calibrationFolds(
        train.map((index) => dataset.images[index]!),
        plan.seed,
      ),
      epoch: (workspace.store.epochs.last(run.id)?.record.epoch ?? 0) + 1,
    };
    await work((await modelOf(run, workspace)) ?? { ...architecture, ...start }, (network, images, options) =>
      svmStage(network, images, { ...options, ...stage }),
    );
  },
};

/** Trains what the plan has in stages, from where training stands until it is ended. */
export async function trainStages(staged: Staged): Promise<void> {
  // An SVM is the last of all.
  if (staged.start.progress.head === 'svm') return;
  for (const { stage } of stagesOf(staged.run.plan)) {
    if (staged.control.ending) return;
    await STAGES[stage](staged);
  }
}
