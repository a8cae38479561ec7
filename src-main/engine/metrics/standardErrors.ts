/**
 * Standard errors that figures of a test set will have, from guesses. `n` independent images, of which `n · prevalence` are
 * of the class; `n` need not be whole. All hold for many images of either kind.
 */

/** AUROC: Newcombe 2006 (Stat Med 25:559), as Riley et al. 2021 (Stat Med 40:4230, section 3.3) use it. @param auroc in (0, 1) */
export function aurocErrorNewcombe(auroc: number, prevalence: number, n: number): number {
  const pairs = n / 2 - 1;
  const spread = 1 + (pairs * (1 - auroc)) / (2 - auroc) + (pairs * auroc) / (1 + auroc);
  return Math.sqrt(Math.max(0, (auroc * (1 - auroc) * spread) / (n ** 2 * prevalence * (1 - prevalence))));
}

/** AUROC: Hanley and McNeil 1982 (Radiology 143:29, equations 1 and 2), scores of exponential distributions. */
export function aurocErrorHanleyMcneil(auroc: number, prevalence: number, n: number): number {
  const [cases, others] = [n * prevalence, n * (1 - prevalence)];
  const q1 = auroc / (2 - auroc) - auroc ** 2;
  const q2 = (2 * auroc ** 2) / (1 + auroc) - auroc ** 2;
  return Math.sqrt(Math.max(0, (auroc * (1 - auroc) + (cases - 1) * q1 + (others - 1) * q2) / (cases * others)));
}

/** ln(observed/expected) of a model that is calibrated: Riley et al. 2021, section 3.1. */
export const logObservedExpectedError = (prevalence: number, n: number): number =>
  Math.sqrt((1 - prevalence) / (n * prevalence));

/**
 * Standardised net benefit at a threshold, sensitivity − (1 − specificity) · odds · (1 − prevalence) / prevalence: Marsh et
 * al. 2020 (Biometrics 76:843), Riley et al. 2021, section 3.4.
 */
export function netBenefit(
  {
    sensitivity,
    specificity,
    prevalence,
    threshold,
  }: Record<'sensitivity' | 'specificity' | 'prevalence' | 'threshold', number>,
  n: number,
): { value: number; error: number } {
  const weight = (threshold / (1 - threshold)) * ((1 - prevalence) / prevalence);
  const variance =
    (sensitivity * (1 - sensitivity)) / prevalence +
    (weight ** 2 * specificity * (1 - specificity)) / (1 - prevalence) +
    (weight ** 2 * (1 - specificity) ** 2) / (prevalence * (1 - prevalence));
  return { value: sensitivity - (1 - specificity) * weight, error: Math.sqrt(variance / n) };
}

/**
 * Calibration slope of a model that is calibrated: Riley et al. 2021, section 3.2, from the information of a logistic
 * regression on the linear predictor. That is normal in either class with one variance d², and means d²/2 above and below
 * the log-odds of the prevalence, where d = √2 Φ⁻¹(AUROC) (Austin and Steyerberg 2012, BMC Med Res Methodol 12:82).
 * @param quantile Φ⁻¹(AUROC), above 0
 */
export function slopeError(quantile: number, prevalence: number, n: number): number {
  const deviation = Math.SQRT2 * quantile;
  const logOdds = Math.log(prevalence / (1 - prevalence));
  const information = [0, 1, 2].map((power) => {
    const inClass = (side: 1 | -1) =>
      normalMean((z) => {
        const predictor = logOdds + (side * deviation ** 2) / 2 + deviation * z;
        // p (1 − p), which does not overflow.
        const tail = Math.exp(-Math.abs(predictor));
        return (predictor ** power * tail) / (1 + tail) ** 2;
      });
    return prevalence * inClass(1) + (1 - prevalence) * inClass(-1);
  }) as [number, number, number];
  const [ofIntercept, ofBoth, ofSlope] = information;
  return Math.sqrt(ofIntercept / (n * (ofIntercept * ofSlope - ofBoth ** 2)));
}

/** Mean of a smooth function of a standard normal variable: the trapezoidal rule, which is exact to rounding for such. */
function normalMean(of: (z: number) => number): number {
  const [reach, step] = [12, 1 / 64];
  let sum = 0;
  for (let at = -reach / step; at <= reach / step; at++) {
    const z = at * step;
    sum += Math.exp((-z * z) / 2) * of(z);
  }
  return (sum * step) / Math.sqrt(2 * Math.PI);
}
