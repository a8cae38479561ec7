import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { Operating, OperatingFigures, OperatingShare } from '../../contract/operating.ts';
import { npvAt, ppvAt, type Predictive } from '../../contract/prevalence.ts';
import { describeRule } from '../../contract/runChoices.ts';
import { facts, paragraphs, table } from './table.ts';
import { metric, moment, orNone, percent, range, share, whole } from './units.ts';

const PARTS: Readonly<Record<OperatingFigures['on'], string>> = {
  validation: 'Validation split, on which the threshold was chosen: new images will do less well',
  test: 'Test split',
  data: 'Folder',
};

/** A threshold with what it does; at a prevalence that was named, what a call would mean there. */
export function describeOperating(found: Operating, prevalence: number | null): string {
  const { threshold, why, positive, rule, kept, validation, part } = found;
  return paragraphs(
    facts([
      ['Rule', describeRule(rule)],
      ['Threshold', threshold === null ? orNone(null) : `${positive} from ${threshold} on`],
      ['Kept', kept === null ? 'no (--keep keeps it with the run)' : `since ${moment(kept.at)}`],
    ]),
    why,
    kept?.afterTest && 'It was kept after the test figures had been looked at: they are no fair measurement of it.',
    ...[validation, part].map((figures) => figures && figuresOf(figures, positive, prevalence)),
  );
}

function figuresOf(figures: OperatingFigures, positive: string, prevalence: number | null): string {
  const { counts, resamples, grouping, confidence } = figures;
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const right = (title: string) => ({ title, align: 'right' as const });
  const { many } = wordsFor(grouping);
  return paragraphs(
    `${PARTS[figures.on]}: ${cohortOf(figures, grouping)}`,
    table(
      [{ title: '' }, right(`called ${positive}`), right('not called so')],
      [
        [positive, String(truePositives), String(falseNegatives)],
        ['others', String(falsePositives), String(trueNegatives)],
      ],
    ),
    facts([
      ['Sensitivity', shareOf(figures.sensitivity)],
      ['Specificity', shareOf(figures.specificity)],
      ['PPV', shareOf(figures.ppv)],
      ['NPV', shareOf(figures.npv)],
      ['Accuracy', shareOf(figures.accuracy)],
      ...(prevalence === null ? [] : atPrevalence(figures, prevalence)),
    ]),
    `In brackets: ${percent(confidence)} intervals, ${resamples === 0 ? 'by Wilson' : `by ${whole(resamples)} draws of ${many}`}.`,
  );
}

const shareOf = ({ value, low, high, count, of }: OperatingShare): string =>
  value === null ? orNone(null) : `${metric(value)}${low === null || high === null ? '' : ` (${range({ low, high })})`}, ${share(count, of)}`; // prettier-ignore

function atPrevalence(
  { inversePositiveRatio, negativeRatio }: OperatingFigures,
  prevalence: number,
): [string, string][] {
  const value = (found: Predictive | null) =>
    found === null ? orNone(null) : `${metric(found.value)}${found.low === null || found.high === null ? '' : ` (${range({ low: found.low, high: found.high })})`}`; // prettier-ignore
  return [
    [`PPV at a prevalence of ${percent(prevalence)}`, value(inversePositiveRatio && ppvAt(inversePositiveRatio, prevalence))],
    [`NPV at a prevalence of ${percent(prevalence)}`, value(negativeRatio && npvAt(negativeRatio, prevalence))],
  ]; // prettier-ignore
}
