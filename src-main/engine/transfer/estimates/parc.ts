import { matrix, rowOf, rowProducts, type Matrix } from '../../linear/matrix.ts';
import { spearman } from '../../metrics/rank/correlation.ts';
import { generator, shuffle } from '../../random.ts';

/** Images of the probe set of Bolya et al.; pairs of them are compared, so that more soon cost more than the probe itself. */
const MOST_IMAGES = 500;

/**
 * PARC (Bolya et al. 2021, arXiv:2111.06977): how far images that differ in class differ in features, as Spearman's
 * correlation, over all pairs of images, of 1 − Pearson's correlation of their standardised features with that of their
 * one-hot labels. From −1 to 1 (the paper writes it times 100); larger is better.
 *
 * One-hot rows of one class have the distance 0, those of two classes one and the same, so that equal or not has their ranks.
 * @param x features [n × width]
 * @param labels class index of each row
 * @param seed of the 500 images that are drawn where there are more
 * @returns null where all images that were drawn are of one class, or all pairs are equally far
 */
export function parc(x: Matrix, labels: readonly number[], { seed }: { seed: number }): number | null {
  const all = [...labels.keys()];
  const drawn = all.length <= MOST_IMAGES ? all : shuffle(all, generator(seed, 'parc')).slice(0, MOST_IMAGES);
  const rows = correlatable(x, drawn);
  const products = rowProducts(rows, rows);
  const pairs = (drawn.length * (drawn.length - 1)) / 2;
  const distances = new Float64Array(pairs);
  const differ = new Uint8Array(pairs);
  let at = 0;
  for (let i = 0; i < drawn.length; i++)
    for (let j = 0; j < i; j++, at++) {
      distances[at] = 1 - products.data[i * drawn.length + j]!;
      differ[at] = labels[drawn[i]!] === labels[drawn[j]!] ? 0 : 1;
    }
  return spearman(distances, differ);
}

/** The drawn rows with columns standardised, then each less its mean and of length 1: their products are Pearson's. */
function correlatable(x: Matrix, drawn: readonly number[]): Matrix {
  const { columns } = x;
  const rows = matrix(drawn.length, columns);
  drawn.forEach((from, to) => rowOf(rows, to).set(rowOf(x, from)));
  for (let j = 0; j < columns; j++) {
    const column = drawn.map((_, i) => rows.data[i * columns + j]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
    column.forEach((value, i) => (rows.data[i * columns + j] = deviation > 0 ? (value - mean) / deviation : 0));
  }
  for (let i = 0; i < drawn.length; i++) {
    const row = rowOf(rows, i);
    const mean = row.reduce((sum, value) => sum + value, 0) / columns;
    const length = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    for (let j = 0; j < columns; j++) row[j] = length > 0 ? (row[j]! - mean) / length : 0;
  }
  return rows;
}
