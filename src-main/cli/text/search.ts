import type { SearchResult } from '../../contract/comparison/search.ts';
import type { Selection } from '../../contract/task/index.ts';
import { facts, paragraphs, table } from './table.ts';
import { duration, meanOf, metric, orNone, percent, scaled, signed } from './units.ts';

/** What the exhaustive search would have taken, where that was estimated. */
const saved = ({ exhaustiveSeconds }: Pick<SearchResult, 'exhaustiveSeconds'>): string =>
  exhaustiveSeconds === undefined ? '' : `; about ${duration(exhaustiveSeconds)} for all block and layer cuts`;

/** Every cut that a search looked at, in the order in which it did, and why it chose the one. */
export function describeSearch({ trials, detector, certainty, ...result }: SearchResult, selection: Selection): string {
  return paragraphs(
    table(
      [
        { title: 'Cut' },
        { title: 'Stage' },
        { title: 'Val. AUPRC', align: 'right' },
        { title: 'Runs', align: 'right' },
        { title: 'Parameters', align: 'right' },
        { title: 'MACs', align: 'right' },
        { title: 'Training', align: 'right' },
      ],
      trials.map((trial) => [
        trial.cut,
        trial.stage,
        meanOf(trial.validationAuprc),
        String(trial.validationAuprc?.n ?? 0),
        trial.parameters === 0 ? orNone(null) : scaled(trial.parameters),
        trial.macs === 0 ? orNone(null) : scaled(trial.macs),
        duration(trial.trainingSeconds),
      ]),
    ),
    detector &&
      table(
        [
          { title: 'Cut' },
          { title: 'Mean SVCCA', align: 'right' },
          { title: 'Of random features', align: 'right' },
          { title: 'Overlap', align: 'right' },
          { title: 'Chosen in', align: 'right' },
        ],
        detector.map((row) => [
          row.cut,
          metric(row.meanSvcca),
          metric(row.randomSvcca),
          metric(row.overlap),
          `${percent(row.chosen)} of the resamples`,
        ]),
      ),
    certainty?.band &&
      table(
        [
          { title: 'Trained to the end' },
          { title: 'Chosen minus this', align: 'right' },
          { title: 'Noise reaches', align: 'right' },
          { title: 'Not worse beyond it' },
        ],
        certainty.band.cuts.map(({ cut, difference, reach, within }) => [
          cut,
          signed(difference),
          metric(reach),
          cut === result.cut ? 'the chosen one' : within ? 'yes' : '',
        ]),
      ),
    facts([
      ['Chosen', result.cut],
      ['Val. AUPRC', `${meanOf(result.validationAuprc)} (mean ± standard deviation over the seeds)`],
      ...(certainty?.optimism
        ? [
            [
              'Corrected',
              `${metric(certainty.optimism.corrected)} for having been the best of ${certainty.optimism.cuts}`,
            ] as const,
          ]
        : []),
      ...(certainty?.band
        ? [['Smallest', `${certainty.band.smallest}, of those not worse beyond the noise`] as const]
        : []),
      ['Training', `${duration(result.trainingSeconds)} for the whole search${saved(result)}`],
    ]),
    // Cuts are compared by one figure, whichever the epochs of their runs are chosen by.
    selection.name !== 'auprc' &&
      `The best epoch of each run was chosen by validation ${selection.title}; cuts are compared by the validation AUPRC of that epoch.`,
    [result.reason, ...(certainty?.sentences ?? [])].join(' '),
  );
}
