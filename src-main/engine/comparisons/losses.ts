import { lossesOf, type PairDetail, type PairedClass } from '../../contract/comparison/pair.ts';

/** Below this many points of sensitivity a loss that is not excluded is not worth a sentence. */
const NEGLIGIBLE = 0.005;

/**
 * What got worse with a model beside its AUROC, one sentence each: classes that it finds less of at the specificity of the
 * reference, mistakes, calibration. Where no class is shown to have lost, the largest loss that is not excluded, for small
 * models lose rare classes first and few images show little.
 * @param level of the two-sided test of decisions
 */
export function lossSentences({ classes, decisions, corrected }: PairDetail, level: number): string[] {
  const losses = lossesOf({ classes });
  return [
    ...(losses.length > 0 ? losses.map((each) => lost(each, corrected.classes)) : notExcluded(classes)),
    ...classes.filter(isUnknown).map(({ class: name }) => `Too few images of ‘${name}’ were tested to say whether fewer of them are found.`), // prettier-ignore
    ...mistakes(decisions, level),
    ...calibration(classes),
  ];
}

function lost({ class: name, difference, afterHolm }: PairedClass, comparisons: number): string {
  const { value, low, high } = difference!;
  const said = `But it finds fewer of ‘${name}’: ${points(-value)} points of sensitivity less (${points(-high)} to ${points(-low)}) at the specificity of the reference`;
  return afterHolm ? `${said}.` : `${said}; not after Holm’s correction for ${comparisons} comparisons of classes.`;
}

function notExcluded(classes: readonly PairedClass[]): string[] {
  const judged = classes.filter(({ difference }) => difference !== null);
  const [worst] = judged.toSorted((a, b) => a.difference!.low - b.difference!.low);
  if (!worst) return [];
  const loss = -worst.difference!.low;
  return loss < NEGLIGIBLE
    ? ['No class is shown to be found less often.']
    : [`No class is shown to be found less often; of ‘${worst.class}’ a loss of up to ${points(loss)} points of sensitivity is not excluded.`]; // prettier-ignore
}

/** Found in part, or by one of the two: with a few images no resample may differ, and nothing was seen of the noise. */
const isUnknown = ({ difference, own, reference, images }: PairedClass): boolean =>
  difference === null && own !== null && reference !== null && (own !== reference || images < 2);

function mistakes({ onlyOwn, onlyReference, p, afterHolm }: PairDetail['decisions'], level: number): string[] {
  if (onlyReference <= onlyOwn || p > level) return [];
  const said = `It is wrong ${onlyReference.toLocaleString('en')} times where the reference is right, and right ${onlyOwn.toLocaleString('en')} times where that is wrong`;
  return [afterHolm ? `${said}.` : `${said}; not more than chance after Holm’s correction.`];
}

/** Of two classes the second says all; of several the one whose slope lies farthest from 1. */
function calibration(classes: readonly PairedClass[]): string[] {
  const far = (value: number | null) => Math.abs((value ?? 1) - 1);
  const worse = (classes.length === 2 ? classes.slice(1) : classes).filter(({ slopes: { own, reference, difference } }) => {
    const differs = difference !== null && (difference.low > 0 || difference.high < 0);
    return differs && far(own.value) > far(reference.value);
  }); // prettier-ignore
  const [worst] = worse.toSorted((a, b) => far(b.slopes.own.value) - far(a.slopes.own.value));
  if (!worst) return [];
  const [own, reference] = [worst.slopes.own.value!, worst.slopes.reference.value!];
  return [`Its probabilities are worse calibrated: the slope of ‘${worst.class}’ is ${own.toFixed(2)}, that of the reference ${reference.toFixed(2)}.`]; // prettier-ignore
}

const points = (share: number): string => (100 * share).toFixed(1).replace('-', '−');
