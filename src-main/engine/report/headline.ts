import type { ReportFigures, StudyReport } from '../../contract/report.ts';

/** What figures are of, in words. */
export const PART_WORDS: Readonly<Record<ReportFigures['on'], string>> = {
  validation: 'validation images',
  test: 'test images',
  data: 'images of another folder',
};

/** The figures that count most: on test images where they are in, otherwise on validation images. */
export const headline = ({ figures }: Pick<StudyReport, 'figures'>): ReportFigures => figures[0]!;
