/** Why a map is empty: a code, and a sentence for the reader of the map. */
export interface BlankReason {
  code: 'NO_ACTIVATION' | 'SATURATED' | 'ZERO_GRADIENT' | 'NEGATIVE_WEIGHTS' | 'NO_POSITIVE_EVIDENCE';
  message: string;
}

/** What is known of a map without any positive value. */
export interface BlankFacts {
  className: string;
  /** Of the class explained, [0, 1]. */
  probability: number;
  /** Largest absolute activation and gradient at the cut. */
  activation: number;
  gradient: number;
  /** Largest weight among the channels that are active anywhere. */
  weight: number;
}

/** A class probability this near to 0 or 1 counts as saturated. */
const SATURATED = 1e-4;

/** The first reason that holds. */
export function explainBlank({ className, probability, activation, gradient, weight }: BlankFacts): BlankReason {
  if (activation === 0)
    return { code: 'NO_ACTIVATION', message: 'The map is blank: nothing at this cut responds to the image at all.' };
  if (gradient === 0 && (probability > 1 - SATURATED || probability < SATURATED))
    return {
      code: 'SATURATED',
      message: `The map is blank: the probability of ${className} is saturated (${probability.toFixed(4)}), and no small change at this cut moves its logit.`,
    };
  if (gradient === 0)
    return {
      code: 'ZERO_GRADIENT',
      message: `The map is blank: the gradient of the logit of ${className} is zero everywhere at this cut, so no small change here moves it.`,
    };
  if (weight <= 0)
    return {
      code: 'NEGATIVE_WEIGHTS',
      message: `The map is blank: all weights are negative. Every feature that responds at this cut speaks against ${className} in this image.`,
    };
  return {
    code: 'NO_POSITIVE_EVIDENCE',
    message: `The map is blank: at every position of this cut the features that speak against ${className} outweigh those that speak for it.`,
  };
}
