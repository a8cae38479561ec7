import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { inspect } from '../../src-main/backbone/inspect.ts';
import { comparisonPlan } from '../../src-main/contract/comparison/index.ts';
import { exportOptions } from '../../src-main/contract/model.ts';
import type { ProbeReport } from '../../src-main/contract/probe.ts';
import { generator } from '../../src-main/engine/random.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import type { PredictionRow } from '../../src-main/engine/store/queries/predictions.ts';
import type { Store } from '../../src-main/engine/store/store.ts';
import { openWorkspace, type OwnWorkspace } from '../../src-main/engine/store/workspace.ts';
import { exampleDataset } from './dataset.ts';
import { storeRuns } from './manyRuns.ts';

/** Each has data of its own, and an equal share of the runs. */
const STUDIES = 4;
/** Of the runs of a study: those of its search, and those of its tournament. */
const CELLS = 40;
const JOBS = 500;
const EXPORTS = 300;
/** Lines of the log that are about none of what is filled in here, as years of work leave them. */
const LINES = 20_000;
const BACKBONE = 'resnet50';

/** Ids of one of each kind, of those that have most to tell. */
export interface Filled {
  study: string;
  run: string;
  /** Some runs of one study. */
  runs: string[];
  search: string;
  tournament: string;
  job: string;
}

/**
 * Fills a workspace as after years of work: runs with 20 epochs, their splits, predictions of validation and test images
 * (`predictions` in all, half of each kind), searches and tournaments, jobs with their answers, exports, a long log, and small
 * files in the place of checkpoints. A split has three fifths of the images in its training part.
 */
export function fillWorkspace(folder: string, size: { runs: number; predictions: number }): Filled {
  const workspace = openWorkspace(folder);
  const perPart = Math.round(size.predictions / size.runs / 2);
  const studies = Array.from({ length: STUDIES }, (_, study) =>
    fillStudy(workspace, study, { runs: Math.ceil(size.runs / STUDIES), perPart }),
  );
  fillLog(workspace.store);
  workspace.close();
  for (const { runs } of studies) copyPredicted(folder, runs);
  const { id, runs, ...one } = studies[0]!;
  return { study: id, run: runs[0]!, runs, ...one };
}

function fillStudy(
  { store, paths }: OwnWorkspace,
  number: number,
  { runs, perPart }: { runs: number; perPart: number },
) {
  const folder = `/home/user/studies/chest-xray ${number}/images`;
  const dataset = exampleDataset({ patients: Math.ceil((5 * perPart) / 2), folder });
  const id = store.studies.create({ name: `Chest X-rays ${number}`, data: { folder } });
  return store.atomically(() => {
    const data = store.datasets.save(dataset);
    const base = { data: { folder }, backbone: BACKBONE, source: 'imagenet', cut: 'layer3.0' };
    const [search, tournament] = [
      comparisonPlan.parse({ kind: 'search', method: 'two-stage', base }),
      comparisonPlan.parse({ kind: 'tournament', base, strategies: ['truncated', 'full'], cuts: ['layer3.0'] }),
    ].map(
      (plan) => store.comparisons.create({ plan, classes: dataset.classes, dataset: data, test: null, study: id }).id,
    );
    const own = [
      ...storeRuns(store, CELLS, { dataset, comparison: search }),
      ...storeRuns(store, CELLS, { dataset, comparison: tournament }),
      ...storeRuns(store, runs - 2 * CELLS, { dataset, study: id }),
    ];
    fillCells(store, search!, own.slice(0, CELLS));
    fillCells(store, tournament!, own.slice(CELLS, 2 * CELLS));
    store.comparisons.setStatus(search!, 'completed', { result: SEARCHED });
    store.comparisons.setStatus(tournament!, 'stopped');
    const [first] = own;
    store.splits.save(
      first!,
      dataset.images.map(
        ({ file }, at) => [file, at % 5 < 3 ? 'train' : at % 5 === 3 ? 'validation' : 'test'] as const,
      ),
    );
    for (const [at, part] of (['validation', 'test'] as const).entries())
      store.predictions.save(first!, part, predicted(dataset, 3 + at));
    for (const run of own.slice(0, 100)) store.runs.openTest(run);
    fillExports(store, own);
    for (const run of own) {
      mkdirSync(join(paths.checkpoints, run));
      for (const epoch of ['00012', '00020'])
        writeFileSync(join(paths.checkpoints, run, `epoch-${epoch}.safetensors`), '');
    }
    const job = fillJobs(store, { study: id, folder, report: dataset.report });
    return { id, runs: own, search: search!, tournament: tournament!, job };
  });
}

function predicted({ images, classes }: ReturnType<typeof exampleDataset>, place: number): PredictionRow[] {
  const random = generator(place, 'predictions');
  return images
    .filter((_, at) => at % 5 === place)
    .map(({ file, label }) => {
      const first = random();
      return { file, label: classes.indexOf(label), probabilities: Float32Array.of(first, 1 - first) };
    });
}

const figures = { mean: 0.8, deviation: 0.01, n: 3 };
const SEARCHED = {
  ...{ kind: 'search' as const, cut: 'layer3.0', validationAuprc: figures, trainingSeconds: 3600, detector: null },
  trials: inspect(findBackbone(BACKBONE), { classes: 2, input: 224, channels: 3 }).cuts.map(
    ({ name, parameters, macs }) => ({
      ...{ cut: name, stage: 'blocks', validationAuprc: figures, parameters, macs, trainingSeconds: 200 },
    }),
  ),
  reason: 'It has the best validation AUPRC.',
};

function fillCells(store: Store, comparison: string, runs: readonly string[]): void {
  runs.forEach((run, seed) => {
    const cell = {
      ...{
        strategy: 'truncated' as const,
        cut: 'layer3.0',
        source: 'imagenet',
        seed,
        fold: null,
        share: 1,
        epochs: 20,
      },
    };
    store.comparisonCells.begin(comparison, cell, run);
    store.comparisonCells.finish(comparison, {
      ...{ cell, status: 'completed', run, validationAuprc: 0.8, validationAuroc: 0.9, testAuroc: 0.9, testAuprc: 0.8 },
      ...{ parameters: 8_543_296, macs: 3.3e9, trainingSeconds: 200, epochs: 20, error: null },
    });
  });
}

function fillExports(store: Store, runs: readonly string[]): void {
  const path = (run: string, end: string): string => `/home/user/exports/${run}${end}`;
  for (const run of runs.slice(0, EXPORTS / STUDIES))
    store.exports.add({
      ...{ run, format: 'onnx', path: path(run, '.onnx'), bytes: 34_000_000, sha256: '0'.repeat(64) },
      ...{ createdAt: new Date().toISOString(), certificate: path(run, '.certificate.json'), card: path(run, '.md') },
      parity: {
        images: 10,
        largestDifference: 1e-7,
        meanDifference: 1e-8,
        changedDecisions: 0,
        runtime: 'onnxruntime',
        wholePath: null,
      },
      ...{ stored: null, options: exportOptions.parse({}), latency: null, effect: null },
    });
}

/** Audits of the data of a study, and probes of networks on them, in turn. @returns the id of a probe */
function fillJobs(store: Store, { study, folder, report }: { study: string; folder: string; report: object }): string {
  const ids = Array.from({ length: JOBS / STUDIES }, (_, at) => {
    const { name } = backbones[at % backbones.length]!;
    const network = { kind: 'backbone', backbone: at % 8 === 1 ? BACKBONE : name, source: 'imagenet' } as const;
    const [method, input, answer] =
      at % 2 === 0
        ? (['data.audit', { folder, greyScale: undefined }, report] as const)
        : (['probe.sweep', { network, data: { folder } }, swept(network.backbone)] as const);
    const id = store.jobs.create({ method, key: `${study} ${at}`, input, reads: [`folder:${folder}`] });
    store.studies.linkJob(study, id);
    store.jobs.begin(id);
    store.jobs.end(id, 'completed', { answer });
    return id;
  });
  return ids.at(-1)!;
}

function swept(backbone: string): ProbeReport {
  const { cuts } = inspect(findBackbone(backbone), { classes: 2, input: 224, channels: 3 });
  return {
    network: { kind: 'backbone', backbone, source: 'imagenet', initialisation: 'pretrained', seed: 0 },
    ...{
      grouping: 'patient',
      classes: ['benign', 'malignant'],
      images: 1000,
      patients: 500,
      folds: 5,
    },
    cuts: cuts.map((cut) => ({ ...cut, auroc: figures, auprc: figures, logMe: 0.1, hScore: 0.1 })),
    ...{ seconds: { pass: 60, probes: 10 }, first: cuts[0]!.name, best: cuts.at(-1)!.name },
    ...{ leftOut: { test: 0, limit: 0 }, warnings: [] },
  };
}

function fillLog(store: Store): void {
  store.atomically(() => {
    for (let line = 0; line < LINES; line++) store.log.append('run.removed', `gone ${line}`);
  });
}

/**
 * Gives all runs the split and the predictions of the first. A row does not say in its checksum whose it is, so the copies
 * are as whole as the row itself.
 */
function copyPredicted(folder: string, [first, ...others]: readonly string[]): void {
  const db = openDatabase(join(folder, 'cutpoint.db'));
  try {
    db.pragma('synchronous = OFF');
    // What the rows refer to is there; to look it up for millions of them takes minutes.
    db.pragma('foreign_keys = OFF');
    const copies = [
      db.prepare('INSERT INTO splits SELECT @to, dataset_id, position, split FROM splits WHERE run_id = @first'),
      db.prepare(
        `INSERT INTO predictions SELECT @to, image_set, position, file, label, probabilities, row_crc32 FROM predictions
         WHERE run_id = @first`,
      ),
      db.prepare(
        `UPDATE runs SET split_counts = own.split_counts, split_crc32 = own.split_crc32
         FROM (SELECT split_counts, split_crc32 FROM runs WHERE id = @first) AS own WHERE id = @to`,
      ),
    ];
    db.transaction(() => {
      for (const to of others) for (const copy of copies) copy.run({ first, to });
    })();
  } finally {
    db.close();
  }
}
