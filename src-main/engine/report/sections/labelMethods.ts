import type { LabelPolicy } from '../../../contract/data.ts';
import { LABEL_FROM } from '../../../contract/decision.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { counted, listed, score } from '../words.ts';

/** Sentences about several labels an image: how they were read, learnt and called. */

type Several = NonNullable<StudyReport['cohort']['several']>;
type Policies = NonNullable<Several['policies']>;

const COUNTS_AS: Readonly<Record<LabelPolicy, string>> = {
  ignore: 'as not known',
  zeros: 'as not having the label',
  ones: 'as having the label',
};

/** How many an image has. Of some nothing may be known. */
export const labelsHeld = ({ none, most }: Several): string =>
  `An image may have several labels: one has ${counted(most)} at most, and ${counted(none)} ${none === 1 ? 'is' : 'are'} not known to have any.`;

/** What values that say neither yes nor no count as. */
export function labelsRead({ policies, emptyCellIsNone }: Several, ownTestFolder: boolean): string[] {
  const where = ownTestFolder ? 'In the table of the images trained on, ' : '';
  if (!policies)
    return [
      `${capital(where, 'a label')} that the cell of an image does not name counts as not there.`,
      emptyCellIsNone ? 'So do all where it names none.' : 'Images whose cell names nothing are not used.',
    ];
  const isIgnored = policies.some(({ uncertain, empty }) => uncertain === 'ignore' || empty === 'ignore');
  return [
    ...policySentence(capital(where, 'an uncertain value counts'), policies, 'uncertain'),
    ...policySentence(capital(where, 'an empty value counts'), policies, 'empty'),
    ...(isIgnored ? ['Where a label is not known, the image is neither taught nor measured for it.'] : []),
  ];
}

const capital = (before: string, text: string): string =>
  before === '' ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : `${before}${text}`;

/** One sentence, label by label only where they differ. */
function policySentence(what: string, policies: Policies, of: 'uncertain' | 'empty'): string[] {
  const groups = [...Map.groupBy(policies, (each) => each[of])];
  if (groups.length < 2) return groups.map(([policy]) => `${what} ${COUNTS_AS[policy]}.`);
  const each = groups.map(([policy, own]) => `${COUNTS_AS[policy]} for ${listed(own.map(({ label }) => label))}`);
  return [`${what} ${each.join(', ')}.`];
}

/** The loss of several labels. */
export const labelLoss = ({ classWeights }: StudyReport['approach']['settings']): string =>
  `The loss is the binary cross-entropy of the labels, averaged over what is known of them${classWeights === 'balanced' ? '; the positives of each label weigh its known negatives over its known positives in the training part' : ''}.`;

/** From which probability on each label is called. */
export function calledFrom(points: StudyReport['labelPoints'] = []): string {
  const kept = points.filter(({ threshold }) => threshold !== null);
  if (kept.length === 0) return `Each label is called from a probability of ${LABEL_FROM} on.`;
  const own = kept.map(({ positive, threshold }) => `${positive} from ${score(threshold)}`);
  return `Each label is called from a probability of ${LABEL_FROM} on, but for those with a threshold that is kept, chosen on the validation images: ${listed(own)}.`;
}

/** What is measured of several labels. */
export const LABEL_FIGURES =
  'Each label is judged against not having it, on the images of which it is known. AUROC, average precision, sensitivity, specificity, predictive values, F1, balanced accuracy, Matthews correlation and Brier score are given of each, with their plain mean over the labels that some images have and some have not, and the mean weighted by the share of what is known that has each; of all labels together accuracy (1 − Hamming loss), subset accuracy, micro F1, label ranking average precision and log loss.';
