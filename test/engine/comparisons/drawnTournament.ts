import { tournamentPlan, type TournamentPlan } from '../../../src-main/contract/comparison/tournament.ts';
import { type CellRecord, type ComparisonCell } from '../../../src-main/contract/comparison/shared.ts';
import type { EpochRecord } from '../../../src-main/contract/run.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { generator } from '../../../src-main/engine/random.ts';
import type { TestedImage } from '../../../src-main/engine/comparisons/tested.ts';
import type { TournamentRun } from '../../../src-main/engine/comparisons/tournamentEntries.ts';

/** A row of a drawn tournament. */
export interface DrawnRow extends Partial<Pick<ComparisonCell, 'cut' | 'source'>> {
  strategy: ComparisonCell['strategy'];
  parameters: number;
  /** How far the scores of the two classes lie apart, in standard deviations. */
  skill: number;
  /** Folds whose runs failed. */
  failed?: number[];
  latency?: number;
}

export interface DrawnComparison {
  patients?: number;
  /** Images of each patient. */
  images?: number;
  seeds?: number[];
  folds?: number;
}

export const drawnPlan = (plan: Partial<TournamentPlan> = {}): TournamentPlan =>
  tournamentPlan.parse({
    kind: 'tournament',
    base: { data: { folder: '/study' }, backbone: 'mobilenet_v2' },
    strategies: ['full', 'truncated'],
    ...plan,
  });

/** Runs of a tournament on drawn patients of two classes; most of the scores' noise is common to all networks. */
export function drawnRuns(
  rows: readonly DrawnRow[],
  { patients = 100, images = 1, seeds = [0], folds = 1 }: DrawnComparison = {},
): TournamentRun[] {
  return rows.flatMap((row, at) =>
    seeds.flatMap((seed) =>
      Array.from({ length: folds }, (_, fold): TournamentRun => {
        const failed = row.failed?.includes(fold) ?? false;
        const test = failed ? [] : drawTest(row.skill, { at, seed, fold, folds, patients, images });
        const metrics = failed
          ? null
          : computeMetrics(
              test.map(({ label }) => label),
              Float32Array.from(test.flatMap(({ probabilities }) => [...probabilities])),
              ['benign', 'malignant'],
            );
        const cell: ComparisonCell = {
          strategy: row.strategy,
          cut: row.cut ?? null,
          source: row.source ?? null,
          seed,
          fold: folds === 1 ? null : fold,
          share: 1,
          epochs: 3,
        };
        const record: CellRecord = {
          cell,
          status: failed ? 'failed' : 'completed',
          run: `${at}-${seed}-${fold}`,
          validationAuprc: null,
          validationAuroc: null,
          testAuroc: metrics?.auroc ?? null,
          testAuprc: metrics?.auprc ?? null,
          parameters: row.parameters,
          macs: row.parameters * 50,
          trainingSeconds: 30,
          epochs: 3,
          error: failed ? { code: 'TRAINING_DIVERGED', message: 'Training diverged.' } : null,
        };
        return {
          record,
          test,
          ratio: folds === 1 ? 0.25 : 1 / (folds - 1),
          latency: row.latency ?? null,
          epochs: failed ? [] : epochs([0.6, 0.79, 0.8 + fold / 10]),
        };
      }),
    ),
  );
}

const epochs = (aurocs: number[]): EpochRecord[] =>
  aurocs.map((validationAuroc, index) => ({
    epoch: index + 1,
    stage: 'fine-tuning',
    trainLoss: 1,
    validationLoss: 1,
    validationAuroc,
    validationAuprc: 0.5,
    validationAccuracy: 0.5,
    validationBalancedAccuracy: 0.5,
    learningRate: 1e-3,
    seconds: 10,
    liveTensors: 0,
  }));

function drawTest(
  skill: number,
  {
    at,
    seed,
    fold,
    folds,
    patients,
    images,
  }: { at: number; seed: number; fold: number; folds: number } & Required<Pick<DrawnComparison, 'patients' | 'images'>>,
): TestedImage[] {
  const normals = (...parts: (string | number)[]) => {
    const random = generator(...parts);
    return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  };
  const own = normals('own', at, seed, fold);
  return Array.from({ length: patients }, (_, patient) => patient)
    .filter((patient) => Math.floor(patient / 2) % folds === fold)
    .flatMap((patient) => {
      const common = normals('common', patient);
      return Array.from({ length: images }, (_, image): TestedImage => {
        const label = patient % 2;
        const score = skill * label + 0.9 * common() + 0.3 * own();
        const probability = 1 / (1 + Math.exp(-score));
        return {
          file: `${patient}_${image}.png`,
          group: `patient ${patient}`,
          label,
          probabilities: Float32Array.of(1 - probability, probability),
        };
      });
    });
}
