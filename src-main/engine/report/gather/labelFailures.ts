import { join } from 'node:path';
import { called, labelThresholds } from '../../../contract/decision.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';
import { decodeRows, encodeRow, HAS, UNKNOWN, type LabelValue } from '../../../contract/labelRows.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { keptPoints } from '../../cohort/operatingPoint.ts';
import { measuredImages } from '../../cohort/parts.ts';
import type { Sources } from '../ask.ts';
import type { ShownImages } from '../shown.ts';
import { shownWorst, type JudgedImage } from './failures.ts';

/** A label of an image, of which it is known whether the image has it. `class` and `predicted` are rows of labels. */
export interface JudgedLabel extends JudgedImage {
  label: string;
  has: boolean;
  called: boolean;
}

/** The labels of the images of a part that are known, by how sure the network was of what it called them. */
export async function judgedLabels(
  { workspace }: Pick<Sources, 'workspace'>,
  run: RunSummary,
  part: 'validation' | 'test',
): Promise<JudgedLabel[]> {
  const { dataset, rows } = await measuredImages(workspace, run, part);
  const { classes } = run;
  const by = keptPoints(workspace.store, run);
  const from = labelThresholds(classes, by);
  const written = new Map(dataset.images.map(({ file, label }) => [file, label]));
  return rows
    .flatMap(({ file, probabilities }): JudgedLabel[] => {
      const values = decodeRows([written.get(file) ?? ''], classes) as ArrayLike<LabelValue>;
      const said = {
        path: join(dataset.selection.folder, file),
        class: encodeRow(classes, values),
        predicted: called(probabilities, { classes, outputs: 'sigmoid', by }),
      };
      return classes.flatMap((label, at) => {
        const probability = probabilities[at]!;
        if (values[at] === UNKNOWN) return [];
        return [{ ...said, label, probability, has: values[at] === HAS, called: probability >= from[at]! }];
      });
    })
    .sort((a, b) => sureness(b) - sureness(a));
}

const sureness = ({ called: yes, probability }: JudgedLabel): number => (yes ? probability : 1 - probability);

export const isWrongLabel = ({ has, called: yes }: JudgedLabel): boolean => has !== yes;

/** The errors that the network was surest of, each image once, and how often each label was missed or called wrongly. */
export async function labelFailuresOf(
  sources: Sources,
  run: RunSummary,
  { on, judged, shown }: { on: Evaluation['on']; judged: readonly JudgedLabel[]; shown: ShownImages },
): Promise<StudyReport['failures']> {
  if (judged.length === 0) return { missing: 'No predictions are stored.' };
  const wrong = judged.filter(isWrongLabel);
  // The first of an image is the surest.
  const images = [...Map.groupBy(wrong, ({ path }) => path).values()].map(([surest]) => surest!);
  const of = Map.groupBy(judged, ({ label }) => label);
  return {
    on,
    images: new Set(judged.map(({ path }) => path)).size,
    wrong: images.length,
    confusions: [],
    labels: run.classes.map((label) => ({ label, ...outcomes(of.get(label) ?? []) })),
    worst: await shownWorst(
      sources,
      run,
      images.map(({ has: _, called: __, ...said }) => said),
      shown,
    ),
  };
}

function outcomes(own: readonly JudgedLabel[]) {
  const count = (has: boolean, yes?: boolean) =>
    own.filter((each) => each.has === has && (yes === undefined || each.called === yes)).length;
  return { has: count(true), missed: count(true, false), hasNot: count(false), alarms: count(false, true) };
}
