import type { ParsedInputOf } from './index.ts';
import type { JobMethod } from './job.ts';
import type { NetworkState } from './similarity.ts';
import { titleOf } from './strategies.ts';

type Titles = { readonly [M in JobMethod]: (input: ParsedInputOf<M>) => string };

const TITLES: Titles = {
  'data.audit': ({ folder }) => `Reading of ${nameOf(folder)}`,
  'backbone.latency': ({ backbone }) => `Latency of ${backbone}`,
  'probe.sweep': ({ network, data }) => `Probe of ${named(network)}${data ? ` on ${nameOf(data.folder)}` : ''}`,
  'transferability.sources': ({ backbone, sources, data }) =>
    `Estimates of ${counted(sources.length, 'source')} of ${backbone} on ${nameOf(data.folder)}`,
  'similarity.compare': ({ a, b }) => `Similarity of ${named(a)} and ${named(b)}`,
  'similarity.movement': ({ run }) => `Movement of the weights of run ${run}`,
  'distance.embed': ({ network, data }) => `Task2Vec of ${nameOf(data.folder)} by ${network.backbone}`,
  'distance.measure': ({ data }) => `Measures of ${nameOf(data.folder)}`,
  'explain.map': ({ run, pictures }) => `${counted(pictures.length, 'map')} of run ${run}`,
  'explain.check': ({ run, pictures }) => `Check of ${counted(pictures.length, 'map')} of run ${run}`,
  'explain.localise': ({ run, regions }) => `Maps of run ${run} against the findings in ${nameOf(regions.csv)}`,
  'explain.filters': ({ of }) => `Filters of ${'run' in of ? `run ${of.run}` : of.source}`,
  'run.evaluate': ({ id, data }) =>
    data ? `Evaluation of run ${id} on ${nameOf(data.folder)}` : `Test of run ${id}, once more`,
  'comparison.difference': ({ id, a, b }) => `${titleOf(a)} against ${titleOf(b)} in comparison ${id}`,
  'sourceStudy.result': ({ id }) => `Result of source study ${id}`,
  'model.export': ({ id, out }) => `Export of run ${id} to ${nameOf(out)}`,
  'report.write': ({ out }) => `Report in ${nameOf(out)}`,
  'catalogue.download': ({ id }) => `Download of ${id}`,
  'study.archive': ({ id, file }) => `Archive of study ${id} in ${nameOf(file)}`,
  'study.import': ({ file }) => `Import of ${nameOf(file)}`,
};

/** What a job does, in words. @param input as its method takes it */
export const jobTitle = <M extends JobMethod>(method: M, input: ParsedInputOf<M>): string => TITLES[method](input);

const named = (state: NetworkState): string => (state.kind === 'run' ? `run ${state.run}` : state.backbone);
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
/** The last part of a path, of either system. */
const nameOf = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
