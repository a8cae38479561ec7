import type { Metrics } from '../../contract/evaluation.ts';
import { labelView } from './labels.ts';
import { computeMetrics, meanOfDefined } from './metrics.ts';

type Judged = Metrics['perClass'][number] & { sensitivity: number; specificity: number };

/**
 * All metrics of predictions of several labels an image. Each label is judged against not having it, on the images of which
 * that is known; an image is called so from a probability of 0.5 on.
 *
 * AUROC, AUPRC, sensitivity, specificity and balanced accuracy, (sensitivity + specificity) / 2, are plain means over the
 * labels that some image has and some has not (macro); null where there is none such, and balanced accuracy 0. Accuracy:
 * share of the known entries called rightly, 1 − Hamming loss. Loss: mean −ln p(what is true) over the known entries,
 * unweighted. `confusionMatrix` is empty.
 *
 * @param rows n × k, row after row: 1 the image has the label, 0 it has it not, −1 unknown
 * @param probabilities n × k, row after row, each in [0, 1] for itself
 * @param names of the k labels
 * @throws TRAINING_DIVERGED where a probability is not a number; RangeError (a defect) where lengths do not fit or nothing is known
 */
export function computeLabelMetrics(rows: Int8Array, probabilities: Float32Array, names: readonly string[]): Metrics {
  const k = names.length;
  if (k === 0 || rows.length % k !== 0) throw new RangeError(`${rows.length} entries of ${k} labels`);
  if (probabilities.length !== rows.length) throw new RangeError(`${probabilities.length} probabilities for ${rows.length} entries`); // prettier-ignore
  const groups = new Array<string>(rows.length / k).fill('');
  let [known, right, loss] = [0, 0, 0];
  const perClass = names.map((name, label): Metrics['perClass'][number] => {
    const view = labelView({ labels: [], several: rows, probabilities, groups }, label);
    const images = view.labels.length;
    if (images === 0) return { ...NOTHING_KNOWN, name };
    const found = computeMetrics(view.labels, view.probabilities, ['without', 'with']);
    const [[without], [, having]] = found.confusionMatrix as [[number, number], [number, number]];
    known += images;
    right += without + having;
    loss += found.loss * images;
    return { ...found.perClass[1]!, name, known: images };
  });
  if (known === 0) throw new RangeError('metrics of nothing known');

  const judged = perClass.filter(isJudged);
  const overall = (of: (one: Judged) => number | null) => meanOfDefined(judged.map(of));
  return {
    auroc: overall(({ auroc }) => auroc),
    auprc: overall(({ auprc }) => auprc),
    accuracy: right / known,
    balancedAccuracy: overall((one) => (one.sensitivity + one.specificity) / 2) ?? 0,
    sensitivity: overall(({ sensitivity }) => sensitivity),
    specificity: overall(({ specificity }) => specificity),
    loss: loss / known,
    perClass,
    confusionMatrix: [],
  };
}

const NOTHING_KNOWN = { images: 0, known: 0, auroc: null, auprc: null, sensitivity: null, specificity: null };

const isJudged = (one: Metrics['perClass'][number]): one is Judged =>
  one.sensitivity !== null && one.specificity !== null;
