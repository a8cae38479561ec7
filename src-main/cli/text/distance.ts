import type { DataEmbedding, DistanceReport } from '../../contract/distance.ts';
import { facts, paragraphs, table, type Column } from './table.ts';
import { counted, duration, share, whole } from './units.ts';

const right = (title: string): Column => ({ title, align: 'right' });

/** What was embedded, how, and where it is. */
export function describeEmbedding(embedding: Omit<DataEmbedding, 'digests'>, out: string): string {
  const { name, settings, images, classes, leftOut, embeddings, subsetSize, filters, fitted, seconds, warnings } =
    embedding;
  const beyond = leftOut > 0 ? `; beyond the limit: ${counted(leftOut, 'image')}` : '';
  return paragraphs(
    facts([
      ['Data set', `${name}: ${counted(images, 'image')} of ${whole(classes.length)} classes${beyond}`],
      ['Network', networkOf(settings)],
      ['Fisher information', fisherOf(settings)],
      [
        'Embeddings',
        subsetSize === null
          ? `one of all images, ${whole(filters)} filters`
          : `${whole(embeddings.length)} of subsets of ${counted(subsetSize, 'image')}, ${whole(filters)} filters`,
      ],
      ['Head', `${share(Math.round(fitted * images), images)} of the images in their class`],
    ]),
    warnings.map(({ code, message }) => `${message} [${code}]`).join('\n'),
    `${out}, after ${duration(seconds)}.`,
  );
}

/** The matrices of distances, and what is to be known of them. */
export function describeDistances(report: DistanceReport, out: string | null): string {
  const { settings, alpha, shared, distances } = report;
  const { pairs } = distances[0]!;
  return paragraphs(
    facts([
      ['Network', networkOf(settings)],
      ['Fisher information', fisherOf(settings)],
      [
        'Distance',
        settings.subsets
          ? `mean over ${counted(pairs, 'random pair')} of ${whole(settings.subsets.count)} subsets of ${100 * settings.subsets.share} %`
          : 'of whole data sets',
      ],
    ]),
    matrix(report, 'Symmetric', ({ distance }) => distance),
    matrix(report, `Asymmetric (α ${alpha})`, ({ asymmetric }) => asymmetric),
    'Rows are sources, columns targets. A distance says nothing yet of what a source is worth: that is measured by fine-tuning.',
    shared.map(({ a, b, images }) => `${a} and ${b} have ${counted(images, 'image')} in common.`).join('\n'),
    out && `Distances in ${out}.`,
  );
}

function matrix(
  { sets, distances }: DistanceReport,
  title: string,
  value: (row: DistanceReport['distances'][number]) => number,
): string {
  return table(
    [{ title }, ...sets.map(({ name }) => right(name))],
    sets.map(({ name }, row) => [
      name,
      ...sets.map((_, column) => value(distances[row * sets.length + column]!).toFixed(4)),
    ]),
  );
}

type Settings = DataEmbedding['settings'];

const networkOf = ({ network, input, fit, channels }: Settings): string =>
  `${network.backbone}, ${network.source ?? `random weights, seed ${network.seed}`}, ${input} × ${input} pixels, ${fit}${channels === 1 ? ', grey' : ''}`;

const fisherOf = ({ mode, batch, draws }: Settings): string =>
  `${mode === 'perImage' ? 'of each image' : `square of the mean gradient of batches of ${batch}`}, ${counted(draws, 'label')} drawn for each`;
