import { generator, shuffle } from '../random.ts';
import { collectGroups, type SplitImage } from './split.ts';

/**
 * A share of the training patients with all their images, stratified by class: of each class the share of its patients,
 * rounded, but at least one. Under one seed the shares are nested: 5 % is inside 10 %. A patient of several classes counts
 * for each of them. As with splits, neither the order of the images nor the workspace's salt changes the choice.
 * @param share in (0, 1]
 * @returns positions in `images`, ascending
 */
export function shareOfPatients(
  images: readonly SplitImage[],
  { share, seed }: { share: number; seed: number },
): number[] {
  const order = shuffle(collectGroups(images), generator(seed, 'share'));
  const classes = new Set(order.flatMap(({ labels }) => labels));
  const taken = new Set(
    [...classes].flatMap((name) => {
      const patients = order.filter(({ labels }) => labels.includes(name));
      return patients.slice(0, Math.max(1, Math.round(share * patients.length))).map(({ id }) => id);
    }),
  );
  return images.flatMap(({ group }, position) => (taken.has(group) ? [position] : []));
}
