import type { OutputOf } from '../../contract/index.ts';
import { asLineage, lineageOf, type OriginFigures } from '../../contract/origin.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { facts, paragraphs } from './table.ts';
import { bytes, counted, metric, moment, orNone, whole } from './units.ts';

/** Where a run's first weights came from, and how many arrays a partial source lacks. */
export function describeSource(name: string | null, sources: readonly SourceSummary[]): string {
  if (name === null) return orNone(name);
  const missing = sources.find((source) => source.name === name)?.missing ?? 0;
  return missing === 0 ? name : `${name} (${counted(missing, 'array')} at random)`;
}

/** What the weights of a run descend from; empty where nothing is known beyond their own name. */
export function describeLineage(name: string | null, sources: readonly SourceSummary[]): string {
  const found = sources.find((source) => source.name === name);
  return found?.origin ? asLineage(lineageOf(found)) : '';
}

/** Chains as an indented list, what was trained from weights below them. */
export function describeTrees({ nodes, files }: OutputOf<'source.lineage'>, out?: string): string {
  const lines = nodes.map(
    ({ name, depth, here, sha256 }) => `${'  '.repeat(depth)}${name}${here || sha256 === null ? '' : ' (removed)'}`,
  );
  return paragraphs(
    lines.length === 0 ? 'No sources.' : lines.join('\n'),
    files.length > 0 && `Written to ${out ?? ''}: ${files.join(', ')}`,
  );
}

/** One source as text: what it is, and how it was trained where that was here. */
export function describeOneSource(source: SourceSummary): string {
  const { origin } = source;
  const figures = ({ auroc, accuracy, images }: OriginFigures): string =>
    `AUROC ${withInterval(auroc)}, accuracy ${withInterval(accuracy)}, on ${counted(images, 'image')}`;
  return facts([
    ['Source', source.name],
    ['Backbone', `${source.backbone}, ${whole(source.parameters)} parameters`],
    ['Added', moment(source.addedAt)],
    ['SHA-256', source.sha256],
    ...(origin === null
      ? [['From', `${source.file}, ${source.format}, ${bytes(source.bytes)}`] as const]
      : ([
          ['Lineage', asLineage(lineageOf(source))],
          ['From', `run ${origin.run}, epoch ${origin.epochs.best} of ${origin.epochs.done}`],
          ['Images', `${whole(origin.data.images)}, ${origin.nature === 'unknown' ? 'of a kind that nobody named' : origin.nature}, ${origin.data.grey === null ? 'colour not known' : `${whole(origin.data.grey)} without colour`}`], // prettier-ignore
          [origin.data.several ? 'Labels' : 'Classes', origin.data.classes.map(({ name, train, validation }) => `${name} (${train} + ${validation})`).join(', ')], // prettier-ignore
          ['Validation', figures(origin.validation)],
          ['Test', origin.test ? figures(origin.test) : origin.testSealed ? 'sealed' : 'no test set'],
          ['Has seen', `${counted(origin.seen.images, 'image')}, with the sources before it`],
        ] as const)),
  ]);
}

const withInterval = ({ value, low, high }: OriginFigures['auroc']): string =>
  `${metric(value)}${low === null || high === null ? '' : ` (${metric(low)} to ${metric(high)})`}`;
