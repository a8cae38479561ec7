/**
 * LEEP (Nguyen et al. 2020, arXiv:2002.12462, equation 2): the mean log-likelihood of the labels y under the classifier that
 * reads the source classes z off the network and takes each for what its images here are, (1/n) Σᵢ ln Σ_z P(yᵢ|z) θ(xᵢ)_z
 * with the empirical P(y|z) = Σ_{i: yᵢ = y} θ(xᵢ)_z / Σᵢ θ(xᵢ)_z. At most 0; larger is better.
 * @param probabilities of the source classes θ(xᵢ) [n × width], row after row; each row sums to 1
 * @param labels class index of each row
 * @param classes number of classes
 */
export function leep(
  probabilities: Float32Array | Float64Array,
  labels: readonly number[],
  { width, classes }: { width: number; classes: number },
): number {
  const joint = new Float64Array(classes * width);
  const marginal = new Float64Array(width);
  labels.forEach((label, row) => {
    for (let z = 0; z < width; z++) {
      const share = probabilities[row * width + z]!;
      joint[label * width + z]! += share;
      marginal[z]! += share;
    }
  });
  let total = 0;
  labels.forEach((label, row) => {
    let likelihood = 0;
    for (let z = 0; z < width; z++) {
      const share = probabilities[row * width + z]!;
      if (share > 0) likelihood += (joint[label * width + z]! / marginal[z]!) * share;
    }
    total += Math.log(likelihood);
  });
  return total / labels.length;
}
