import type { MovementReport, NetworkState, SimilarityPair, SimilarityReport } from '../../contract/similarity.ts';
import { facts, paragraphs, table, type Column } from './table.ts';
import { counted, metric, scaled } from './units.ts';

const right = (title: string): Column => ({ title, align: 'right' });

/** Two decimals, as matrices of similarities are read. */
const brief = (value: number): string => value.toFixed(2);

/** A similarity report as text: what was compared, then a table of pairs or two matrices. */
export function describeSimilarity(report: SimilarityReport): string {
  const { images, observations, spatial, share, draws } = report;
  return paragraphs(
    facts([
      ['First', describeState(report.a)],
      ['Second', describeState(report.b)],
      ['Images', `${counted(images, 'image')}, ${counted(observations, 'observation')}`],
      [
        'Maps',
        spatial.kind === 'average' ? 'averaged over space' : `${counted(spatial.positions, 'position')} per image`,
      ],
      [
        'SVCCA',
        `directions that hold ${100 * share} % of the variance; random features: mean of ${counted(draws, 'draw')}`,
      ],
    ]),
    report.layout === 'vertical' ? pairs(report.pairs) : matrices(report.pairs),
    report.warnings.map(({ code, message }) => `${message} [${code}]`).join('\n'),
  );
}

function describeState(state: NetworkState): string {
  if (state.kind === 'run') return `run ${state.run}, ${state.at === 'best' ? 'best epoch' : 'before training'}`;
  const { backbone, source, initialisation, seed } = state;
  if (source === null || initialisation === 'random') return `${backbone}, random weights of seed ${seed}`;
  return `${backbone}, ${initialisation === 'mean-var' ? `mean and variance of ${source}, seed ${seed}` : source}`;
}

function pairs(rows: readonly SimilarityPair[]): string {
  return table(
    [{ title: 'Cut' }, ...['Channels', 'Directions', 'Mean SVCCA', 'Random', 'Area over random', 'CKA'].map(right)],
    rows.map(({ a, features, kept, meanSvcca, random, areaOverRandom, cka }) => [
      a,
      String(features[0]),
      [...new Set(kept)].join(' and '),
      metric(meanSvcca),
      metric(random.mean),
      metric(areaOverRandom),
      metric(cka),
    ]),
  );
}

/** Rows: cuts of the first network; columns: those of the second. */
function matrices(all: readonly SimilarityPair[]): string {
  const columns = [...new Set(all.map(({ b }) => b))];
  const rows = [...new Set(all.map(({ a }) => a))];
  const of = (title: string, value: (pair: SimilarityPair) => number) =>
    table(
      [{ title }, ...columns.map(right)],
      rows.map((a, i) => [a, ...columns.map((_, j) => brief(value(all[i * columns.length + j]!)))]),
    );
  return paragraphs(
    of('Mean SVCCA', ({ meanSvcca }) => meanSvcca),
    of('Random', ({ random }) => random.mean),
    of('CKA', ({ cka }) => cka),
  );
}

/** A movement report as text: blocks, then layers. */
export function describeMovement({ run, epoch, blocks, nodes }: MovementReport): string {
  const columns = ['Parameters', 'Distance', 'Cosine'].map(right);
  const figures = ({ parameters, relativeDistance, cosine }: MovementReport['blocks'][number]) => [
    scaled(parameters),
    metric(relativeDistance),
    metric(cosine),
  ];
  return paragraphs(
    `Weights of run ${run} after epoch ${epoch} against its initial ones. Distance: length of the change by the length of the initial weights.`,
    table(
      [{ title: 'Block' }, ...columns],
      blocks.map((row) => [row.name, ...figures(row)]),
    ),
    table(
      [{ title: 'Layer' }, { title: 'Block' }, ...columns, { title: '' }],
      nodes.map((row) => [row.name, row.block, ...figures(row), row.frozen ? 'frozen' : '']),
    ),
  );
}
