import type { DataMeasures, ExpertReport } from '../../contract/distance.ts';
import { EXPERT_FEATURES } from '../../contract/expertFeatures.ts';
import { facts, paragraphs, table, type Column } from './table.ts';
import { counted, percent } from './units.ts';

const right = (title: string): Column => ({ title, align: 'right' });

/** Votes of each data set, and the distances by them. */
export function describeExperts({ sets, distances }: ExpertReport, out: string | null): string {
  return paragraphs(
    table(
      [{ title: 'Data set' }, right('Observers'), ...EXPERT_FEATURES.map((title) => ({ title }))],
      sets.map(({ name, observers, votes }) => [
        name,
        String(observers),
        ...EXPERT_FEATURES.map((feature) => {
          const { value, tied, agree, answers } = votes[feature];
          if (value === null) return tied.length > 0 ? `tie: ${tied.join(' = ')}` : 'no answer';
          return `${value} (${agree}/${answers})`;
        }),
      ]),
    ),
    table(
      [{ title: 'Distance' }, ...sets.map(({ name }) => right(name))],
      sets.map(({ name }, row) => [
        name,
        ...sets.map((_, column) => {
          const { distance, compared } = distances[row * sets.length + column]!;
          if (distance === null) return '-';
          return compared < EXPERT_FEATURES.length ? `${distance.toFixed(3)} (of ${compared})` : distance.toFixed(3);
        }),
      ]),
    ),
    out && `Distances in ${out}.`,
  );
}

/** What was measured of a data set, each beside the feature that experts say. */
export function describeMeasures({
  name,
  images,
  classes,
  colour,
  width,
  height,
  looked,
  entropy,
  diversity,
}: DataMeasures): string {
  const { pairwise, clusters, effective, silhouette, within } = diversity;
  return facts([
    ['Data set', name],
    ['Images', looked < images ? `${images}, of which ${looked} were decoded` : String(images)],
    ['Classes', String(classes)],
    ['In colour', percent(colour)],
    ['Size', `${width} × ${height} pixels (medians)`],
    ['Entropy of grey values', `${entropy.mean.toFixed(2)} ± ${entropy.deviation.toFixed(2)} bits of 8`],
    ['Diversity', `${pairwise.toFixed(3)} mean cosine distance of two images’ features`],
    [
      'Clusters',
      `${counted(clusters, 'cluster')}, effectively ${effective.toFixed(1)}; silhouette ${silhouette.toFixed(2)}, ${within.toFixed(3)} from their middles`,
    ],
  ]);
}
