import { called, LABEL_FROM } from '../../contract/decision.ts';
import { encodeRow, HAS, UNKNOWN, type LabelValue } from '../../contract/labelRows.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';

/** An image that was predicted; where it may have several labels, with which it has, see contract/labelRows.ts. */
type Predicted = Pick<PredictionRow, 'label' | 'probabilities'> & { has?: Int8Array | undefined };

/** What an image was called, and what it is: a class, or a row of labels. */
export interface Call {
  called: string;
  truth: string;
  /** Of several labels: all that are known. */
  right: boolean;
  /** Probability of the class called; of several labels that of the least sure one, being called as it was. */
  probability: number;
}

/** By the most probable class, the first of equals; of several labels each from a probability of one half on. */
export function callOf({ label, probabilities, has }: Predicted, classes: readonly string[]): Call {
  if (!has) {
    const best = probabilities.indexOf(Math.max(...probabilities));
    return { called: classes[best]!, truth: classes[label]!, right: best === label, probability: probabilities[best]! };
  }
  return {
    called: called(probabilities, { classes, outputs: 'sigmoid', by: [] }),
    truth: encodeRow(classes, has as ArrayLike<LabelValue>),
    right: has.every((value, at) => value === UNKNOWN || value === Number(probabilities[at]! >= LABEL_FROM)),
    probability: Math.min(...Array.from(probabilities, (each) => Math.max(each, 1 - each))),
  };
}

/** Whether an image is of a class, or has a label. */
export const isOf = ({ label, has }: Pick<Predicted, 'label' | 'has'>, index: number): boolean =>
  has ? has[index] === HAS : label === index;
