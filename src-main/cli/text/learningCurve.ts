import { titleOf } from '../../contract/strategies.ts';
import { cohortOf, wordsFor, type Grouping } from '../../contract/groups.ts';
import type { LearningCurveResult } from '../../contract/study.ts';
import { paragraphs, table } from './table.ts';
import { around, capitalised, converged, meanOf, percent, whole } from './units.ts';

/** AUROC and AUPRC for every share of what is trained on. */
export function describeLearningCurve(result: LearningCurveResult, confidence: number, grouping?: Grouping): string {
  const { points, images, patients, patientsOfRarestClass, resamples } = result;
  const { one, many } = wordsFor(grouping);
  const interval = `${percent(confidence)} interval`;
  return paragraphs(
    table(
      [
        { title: 'Model' },
        { title: 'Share', align: 'right' },
        { title: capitalised(many), align: 'right' },
        { title: 'Runs tested', align: 'right' },
        { title: 'AUROC', align: 'right' },
        { title: interval, align: 'right' },
        { title: 'AUPRC', align: 'right' },
        { title: interval, align: 'right' },
        { title: 'Converged after', align: 'right' },
      ],
      points.map((point) => [
        titleOf(point),
        percent(point.share),
        whole(point.patients),
        `${point.runs - point.failures} of ${point.runs}`,
        meanOf(point.auroc),
        around(point.aurocInterval),
        meanOf(point.auprc),
        around(point.auprcInterval),
        converged(point.convergence),
      ]),
    ),
    [
      `Tested on ${cohortOf({ images, groups: patients }, grouping)}, ${whole(patientsOfRarestClass)} of the class with the fewest.`,
      'AUROC and AUPRC before their intervals: mean ± standard deviation over seeds.',
      `Intervals: ${whole(resamples)} bootstrap resamples of the test ${many}, percentiles; of AUROC DeLong’s where one run tested one image of each ${one}.`,
      'Converged: 95 % of the run’s best validation AUROC, mean over the runs.',
    ].join('\n'),
  );
}
