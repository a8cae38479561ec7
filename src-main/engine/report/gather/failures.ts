import { join } from 'node:path';
import { decide } from '../../../contract/decision.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';
import { appliedTo } from '../../../contract/greyScale.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { keptPoint } from '../../cohort/operatingPoint.ts';
import { measuredImages } from '../../cohort/parts.ts';
import type { Sources } from '../ask.ts';
import type { ShownImages } from '../shown.ts';

/** Errors that are shown. */
const WORST = 12;
const CONFUSIONS = 10;

/** An image of the part with what was predicted of it. */
export interface JudgedImage {
  path: string;
  class: string;
  predicted: string;
  /** Of the class predicted, or of the label. */
  probability: number;
  /** Of several labels, the one that is judged. */
  label?: string;
}

/** The images of a part by how sure the network was of them. */
export async function judgedImages(
  { workspace }: Pick<Sources, 'workspace'>,
  run: RunSummary,
  part: 'validation' | 'test',
): Promise<JudgedImage[]> {
  const { dataset, rows } = await measuredImages(workspace, run, part);
  const { folder } = dataset.selection;
  const kept = keptPoint(workspace.store, run);
  return rows
    .map(({ file, label, probabilities }) => {
      const predicted = decide(probabilities, run.classes, kept);
      const probability = probabilities[run.classes.indexOf(predicted)]!;
      return { path: join(folder, file), class: run.classes[label]!, predicted, probability };
    })
    .sort((a, b) => b.probability - a.probability);
}

export const isWrong = (image: JudgedImage): boolean => image.class !== image.predicted;

/** The errors that the network was surest of, and which classes were taken for which. */
export async function failuresOf(
  sources: Sources,
  run: RunSummary,
  { on, judged, shown }: { on: Evaluation['on']; judged: readonly JudgedImage[]; shown: ShownImages },
): Promise<StudyReport['failures']> {
  if (judged.length === 0) return { missing: 'No predictions are stored.' };
  const wrong = judged.filter(isWrong);
  const pairs = Map.groupBy(wrong, (image) => JSON.stringify([image.class, image.predicted]));
  const confusions = [...pairs.values()]
    .map((own) => ({ class: own[0]!.class, predicted: own[0]!.predicted, images: own.length }))
    .sort((a, b) => b.images - a.images)
    .slice(0, CONFUSIONS);
  const worst = await shownWorst(sources, run, wrong, shown);
  return { on, images: judged.length, wrong: wrong.length, confusions, worst };
}

/** The first of some errors with their images. */
export async function shownWorst(
  { images, signal }: Pick<Sources, 'images' | 'signal'>,
  run: RunSummary,
  wrong: readonly JudgedImage[],
  shown: ShownImages,
): Promise<Exclude<StudyReport['failures'], { missing: string }>['worst']> {
  const worst = [];
  for (const { path, ...said } of wrong.slice(0, WORST)) {
    signal.throwIfAborted();
    // One that is gone, or cannot be read any more, is told without its image.
    const image = images ? await shown.addFile(path, appliedTo(run.plan.data)).catch(() => null) : null;
    worst.push({ image, ...said });
  }
  return worst;
}
