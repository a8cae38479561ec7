import { titleOf } from '../../contract/strategies.ts';
import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { ComparisonSummary } from '../../contract/comparison/index.ts';
import type { LearningCurveResult } from '../../contract/comparison/learningCurve.ts';
import { paragraphs, table } from './table.ts';
import { around, capitalised, converged, meanOf, percent, whole } from './units.ts';

/**
 * AUROC and AUPRC for every share of what is trained on.
 * @param known what the comparison knows of the groups of its data; the result may be of an earlier version, and not
 *   say it
 */
export function describeLearningCurve(
  result: LearningCurveResult,
  confidence: number,
  known: Pick<ComparisonSummary, 'grouping' | 'testGrouping'> = {},
): string {
  const { points, images, patients, patientsOfRarestClass, resamples } = result;
  const grouping = known.testGrouping ?? known.grouping ?? result.grouping;
  const { one, many } = wordsFor(grouping);
  const trainedOn = wordsFor(known.grouping ?? result.trainGrouping ?? grouping).many;
  const interval = `${percent(confidence)} interval`;
  return paragraphs(
    table(
      [
        { title: 'Model' },
        { title: 'Share', align: 'right' },
        { title: capitalised(trainedOn), align: 'right' },
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
      `Tested on ${cohortOf({ images, groups: patients }, grouping)}, ${whole(patientsOfRarestClass)} of the rarest class.`,
      'AUROC and AUPRC before their intervals: mean ± standard deviation over seeds.',
      `Intervals: ${whole(resamples)} bootstrap resamples of the test ${many}, percentiles; of AUROC DeLong’s where one run tested one image of each ${one}.`,
      'Converged: 95 % of the run’s best validation AUROC, mean over the runs.',
    ].join('\n'),
  );
}
