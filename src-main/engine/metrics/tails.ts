/**
 * Chance that a standard normal variable lies at least `z` from zero, on either side: erfc(z / √2), by its power series
 * below 2 and by its continued fraction (Abramowitz and Stegun 1964, 7.1.6 and 7.1.14) above. Relative error below 1e-12.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const scale = Math.exp(-x * x);
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * sum; n++) sum += term *= (2 * x * x) / (2 * n + 1);
    return 1 - (2 / Math.sqrt(Math.PI)) * scale * sum;
  }
  let fraction = x;
  for (let n = 200; n > 0; n--) fraction = x + n / 2 / fraction;
  return scale / (Math.sqrt(Math.PI) * fraction);
}

/** Chance that a variable of Student's distribution lies at least `t` from zero, on either side. @param df above 0 */
export const studentTail = (t: number, df: number): number => incompleteBeta(df / (df + t * t), df / 2, 1 / 2);

/** The value that a variable of Student's distribution stays below with this probability in (0, 1). @param df above 0 */
export function studentQuantile(probability: number, df: number): number {
  const outside = 2 * Math.min(probability, 1 - probability);
  let [low, high] = [0, 1];
  while (studentTail(high, df) > outside) high *= 2;
  // Halving until two neighbouring numbers are left.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentTail(middle, df) > outside) low = middle;
    else high = middle;
  }
  return Math.sign(probability - 0.5) * low;
}

/**
 * Two-sided mid-p value of `fewer` of `of` tosses of a fair coin: twice the chance of as few or fewer, the chance of exactly
 * as many counted half (Lancaster 1961).
 * @param fewer at most half of `of`
 */
export function binomialMidP(fewer: number, of: number): number {
  let chance = Math.exp(logGamma(of + 1) - logGamma(fewer + 1) - logGamma(of - fewer + 1) - of * Math.LN2);
  let below = 0;
  const exactly = chance;
  for (let count = fewer; count > 0; count--) below += chance *= count / (of - count + 1);
  return Math.min(1, 2 * below + exactly);
}

/** Regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 1964, 26.5.8; Lentz 1976). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  const apart = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let [c, d] = [1, 1 / apart(1 - ((a + b) * x) / (a + 1))];
  let fraction = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / apart(1 + term * d);
      c = apart(1 + term / c);
      fraction *= step = c * d;
    }
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return front * fraction;
}

/** Coefficients of Lanczos 1964 for g = 7 (Godfrey 2001). */
const LANCZOS: readonly [number, ...number[]] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function; relative error about 1e-15. @param x at least 1/2 */
function logGamma(x: number): number {
  const [first, ...rest] = LANCZOS;
  const sum = rest.reduce((total, each, at) => total + each / (x + at), first);
  const t = x + 6.5;
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
