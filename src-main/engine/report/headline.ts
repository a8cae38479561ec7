import type { FigureInterval } from '../../contract/figures.ts';
import type { ReportFigures, StudyReport } from '../../contract/report.ts';
import { isMultiLabel } from '../../contract/task/index.ts';

/** What figures are of, in words. */
export const PART_WORDS: Readonly<Record<ReportFigures['on'], string>> = {
  validation: 'validation images',
  test: 'test images',
  data: 'images of another folder',
};

/** The figures that count most: on test images where they are in, otherwise on validation images. */
export const headline = ({ figures }: Pick<StudyReport, 'figures'>): ReportFigures => figures[0]!;

/** Whether the images may have several labels, each of which is told from not having it. */
export const ofSeveralLabels = ({ approach }: Pick<StudyReport, 'approach'>): boolean =>
  isMultiLabel(approach.settings);

/** The interval of a figure that stands first: of two classes of the positive one, of several, and of labels, of their mean. */
export function shownInterval({ figures: found, several }: ReportFigures, name: string): FigureInterval | undefined {
  if (!found) return undefined;
  const { whole, perClass, macro } = found.images;
  const own = perClass.length === 2 && !several ? perClass[1]!.figures : macro;
  return [...whole, ...own].find((each) => each.name === name)?.intervals[0];
}
