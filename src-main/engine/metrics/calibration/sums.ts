import { undefinedBecause, type Statistic } from './statistic.ts';
import type { Target } from './target.ts';

type Scored = Pick<Target, 'positive' | 'probability'>;

/** Images of the class over the sum of its probabilities; 1 is right. @param few from `tooFew` */
export function observedExpected({ positive, probability }: Scored, few: string | null): Statistic {
  if (few !== null) return undefinedBecause(few);
  const again = (weights?: Float64Array): number => {
    let [observed, expected] = [0, 0];
    for (let image = 0; image < positive.length; image++) {
      const weight = weights === undefined ? 1 : weights[image]!;
      observed += weight * positive[image]!;
      expected += weight * probability[image]!;
    }
    return observed / expected;
  };
  return { value: again(), why: null, again };
}

/** The mean over the images, of at least one, of what each of them scores. */
export function meanScore(scores: Float64Array): Statistic {
  const again = (weights?: Float64Array): number => {
    let [sum, count] = [0, 0];
    for (let image = 0; image < scores.length; image++) {
      const weight = weights === undefined ? 1 : weights[image]!;
      sum += weight * scores[image]!;
      count += weight;
    }
    return sum / count;
  };
  return { value: again(), why: null, again };
}

/** Squared differences of a probability and the truth. */
export const squares = ({ positive, probability }: Scored): Float64Array =>
  probability.map((each, image) => (each - positive[image]!) ** 2);
