import { createHash } from 'node:crypto';
import { CutpointError } from '../../contract/errors.ts';
import type { Evaluation, MeasuredPart } from '../../contract/evaluation.ts';
import { decodeRows } from '../../contract/labelRows.ts';
import { groupingOf, type Grouping } from '../../contract/groups.ts';
import type { RunSummary } from '../../contract/run.ts';
import { filesLeftOut, otherDecisions } from '../data/resolved.ts';
import type { Dataset, SplitName } from '../data/types.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { Reader } from '../store/store.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireOpened, type TestPurpose } from './seal.ts';
import { trainingIndices } from './split.ts';

/** What a run learned from. Indices are those of the dataset, ascending. */
export interface LearningParts {
  dataset: Dataset;
  /** Images that it is trained on: the training split, or the plan's share of its patients. */
  train: number[];
  /** Images that its best epoch is chosen on. */
  validation: number[];
}

/** Images that a run is tested on. Indices are those of the dataset, ascending. */
export interface TestImages {
  dataset: Dataset;
  /** Empty where nothing was set aside. */
  indices: number[];
  /** Validation images of the same dataset, which the run was not trained on either; none where it is another folder. */
  validation: number[];
  /** The folder of the test images is another one than that of the rest. */
  ownFolder: boolean;
}

/** The test part of a run: each of these is read when it is asked for. */
export interface TestPart {
  /** The list that the test images are in. @throws CutpointError RUN_STATE without data */
  dataset(): Dataset;
  /** @throws CutpointError RUN_STATE without data */
  images(): TestImages;
  /** What the run predicted when it was tested; empty where it was not. */
  predictions(): PredictionRow[];
  /** Null where it was not tested. */
  evaluation(): Evaluation | null;
}

/**
 * The one door to the test part of a run: to its images, and to what was predicted and measured on them. Whoever opens it
 * says what for, and what shows or tells something of it is refused while it is sealed. test/engine/cohort/door.test.ts
 * proves that there is no other.
 * @throws CutpointError TEST_SEALED, RUN_UNKNOWN
 */
export async function openTest({ store }: Workspace, run: string, purpose: TestPurpose): Promise<TestPart> {
  requireOpened(store.runs.get(run), purpose);
  return {
    dataset() {
      const { dataset, test } = datasetsOf(store, run);
      return store.datasets.load(test ?? dataset);
    },
    images() {
      const ids = datasetsOf(store, run);
      if (ids.test !== null) {
        const dataset = store.datasets.load(ids.test);
        return { dataset, indices: dataset.images.map((_, index) => index), validation: [], ownFolder: true };
      }
      const dataset = store.datasets.load(ids.dataset);
      const split = splitOf(store, run, dataset);
      return {
        dataset,
        indices: indicesOf(split, 'test'),
        validation: indicesOf(split, 'validation'),
        ownFolder: false,
      };
    },
    predictions: () => store.predictions.load(run, 'test'),
    evaluation: () => store.evaluations.load(run, 'test'),
  };
}

/** @throws CutpointError RUN_STATE without data */
export function learningParts(store: Reader, { id, plan }: Pick<RunSummary, 'id' | 'plan'>): LearningParts {
  const dataset = store.datasets.load(datasetsOf(store, id).dataset);
  const split = splitOf(store, id, dataset);
  return {
    dataset,
    train: trainingIndices(dataset.images, split, plan),
    validation: indicesOf(split, 'validation'),
  };
}

/** The images of a run but those set aside for its test, whatever share of their patients it was trained on. */
export function withoutTestPart(store: Reader, run: string): Pick<Dataset, 'images' | 'report' | 'foreign'> {
  const { images, report, foreign } = store.datasets.load(datasetsOf(store, run).dataset);
  const split = store.splits.load(run);
  return { images: images.filter(({ file }) => split.get(file) !== 'test'), report, foreign };
}

/** What a run predicted and measured on a part of its images, or on another folder. */
export interface MeasuredImages {
  /** Holds more images than were predicted, unless it is a folder of its own. */
  dataset: Dataset;
  /** In the order of the part; empty where nothing was predicted. */
  rows: PredictionRow[];
  /** Null where none is stored: of the validation images none is. */
  evaluation: Evaluation | null;
}

/** @throws CutpointError RUN_STATE without data, and for another folder on which the run was not evaluated; TEST_SEALED */
export async function measuredImages(
  workspace: Workspace,
  run: RunSummary,
  part: MeasuredPart,
): Promise<MeasuredImages> {
  const { store } = workspace;
  if (part === 'validation') {
    const dataset = store.datasets.load(datasetsOf(store, run.id).dataset);
    return { dataset, rows: store.predictions.load(run.id, 'validation'), evaluation: null };
  }
  if (part === 'test') {
    const opened = await openTest(workspace, run.id, 'figures');
    return { dataset: opened.dataset(), rows: opened.predictions(), evaluation: opened.evaluation() };
  }
  if (!store.evaluations.listOther(run.id).some(({ dataset }) => dataset === part.dataset)) {
    throw new CutpointError('RUN_STATE', `The run ${run.id} was not evaluated on such a list of images.`, {
      remedy: 'Evaluate it on the folder first.',
    });
  }
  const dataset = store.datasets.load(part.dataset);
  const set = `data:${dataset.report.fingerprint}` as const;
  return { dataset, rows: store.predictions.load(run.id, set), evaluation: store.evaluations.load(run.id, set) };
}

/** Fingerprint of the images of a run. */
export const fingerprintOf = (store: Reader, run: string): string =>
  store.datasets.load(datasetsOf(store, run).dataset).report.fingerprint;

/**
 * SHA-256 over the images of a run with the part of each, what is tested elsewhere, and what a person left out, joined and
 * decided about single images: equal for runs that learnt from and were tested on the same, in whatever workspace. Names of
 * files count where something was decided about them.
 */
export function selectionFingerprintOf(store: Reader, { id, plan }: Pick<RunSummary, 'id' | 'plan'>): string {
  const { dataset, test } = datasetsOf(store, id);
  const learnt = store.datasets.load(dataset);
  const split = splitOf(store, id, learnt);
  const { leaveOut, join = {}, resolutions } = plan.data;
  return createHash('sha256')
    .update(
      JSON.stringify([
        learnt.report.fingerprint,
        learnt.images.map(({ sha256, label }, index) => [sha256, label, split[index] ?? null].join(' ')).sort(),
        test === null ? null : store.datasets.load(test).report.fingerprint,
        [filesLeftOut(plan.data).toSorted(), (leaveOut?.classes ?? []).toSorted()],
        Object.entries(join).sort(([a], [b]) => (a < b ? -1 : 1)),
        ...otherDecisions(resolutions),
      ]),
    )
    .digest('hex');
}

/** The images of a comparison, which its splits are made of. */
export function comparisonImages(store: Reader, comparison: string): { dataset: Dataset; testFolder: boolean } {
  const { dataset, test } = store.comparisons.datasets(comparison);
  return { dataset: store.datasets.load(dataset), testFolder: test !== null };
}

/**
 * Patient of each image that the runs of a comparison may be tested on, or learn from, by file; what kind of groups they
 * are, and the selection that the images are of.
 */
export function comparisonPatients(
  store: Reader,
  comparison: string,
  of: 'tested' | 'learnt' = 'tested',
): {
  patients: Map<string, string>;
  grouping: Grouping;
  selection: Dataset['selection'];
  /** Where images may have several labels: of each file which it has, in the order of the comparison's classes. */
  rows?: (file: string) => Int8Array;
} {
  const { dataset, test } = store.comparisons.datasets(comparison);
  const { images, report, selection } = store.datasets.load(of === 'learnt' ? dataset : (test ?? dataset));
  const patients = new Map(images.map(({ file, group }) => [file, group]));
  const found = { patients, grouping: groupingOf(report), selection };
  if (!selection.labels?.multi) return found;
  const { classes } = store.comparisons.get(comparison);
  const labels = new Map(images.map(({ file, label }) => [file, label]));
  return { ...found, rows: (file) => decodeRows([labels.get(file) ?? ''], classes) };
}

function datasetsOf({ runs }: Reader, run: string): { dataset: string; test: string | null } {
  const { dataset, test } = runs.datasets(run);
  if (dataset === null) throw new CutpointError('RUN_STATE', `The run ${run} has no data yet.`);
  return { dataset, test };
}

type Split = readonly (SplitName | undefined)[];

/** The part of each image. */
function splitOf({ splits }: Reader, run: string, { images }: Dataset): Split {
  const split = splits.load(run);
  return images.map(({ file }) => split.get(file));
}

const indicesOf = (split: Split, name: SplitName): number[] =>
  split.flatMap((own, index) => (own === name ? [index] : []));
