const LEVELS = 256;

/**
 * Shannon entropy of the grey values of one image, in bits, 0 to 8: of the histogram of 256 levels of its luminance
 * (ITU-R BT.601).
 * @param rgb 8 bits each, pixel after pixel
 */
export function greyEntropy(rgb: Uint8Array): number {
  const counts = new Float64Array(LEVELS);
  const pixels = rgb.length / 3;
  for (let at = 0; at < rgb.length; at += 3)
    counts[Math.round(0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!)]!++;
  return counts.reduce((sum, count) => (count === 0 ? sum : sum + (count / pixels) * Math.log2(pixels / count)), 0);
}
