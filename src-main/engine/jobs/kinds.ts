import type { DataSelection } from '../../contract/data.ts';
import type { ExplainedPicture } from '../../contract/explain.ts';
import type { OutputOf, ParsedInputOf } from '../../contract/index.ts';
import type { JobMethod } from '../../contract/job.ts';
import type { NetworkState } from '../../contract/similarity.ts';
import type { OnDisk } from '../data/listing.ts';
import { siblingsOf } from '../explain/siblings.ts';
import type { LaneName } from '../lanes/methods.ts';
import type { Workspace } from '../store/workspace.ts';

/** Something that an answer is made of. */
export type Read =
  | { run: string }
  | { choices: string }
  | { seal: string }
  | { source: string }
  | { disk: OnDisk }
  | { machine: 'processor' };

/** What is to be known of a method whose calls are jobs. */
export interface JobKind<M extends JobMethod> {
  lane: LaneName;
  /** Jobs of one queue go one after another, those of different queues beside each other and beside training. */
  queue: 'audit' | 'measurement' | 'statistics' | 'maps' | 'download' | 'archive';
  /** What its answer is made of, beside its input. */
  reads(input: ParsedInputOf<M>, workspace: Workspace): Read[];
  /** Whether its answer may be kept; left out: always. */
  keeps?(input: ParsedInputOf<M>, answer: OutputOf<M>): boolean;
  /** Files that it leaves: an answer that is kept holds while they are what they were. */
  writes?(answer: OutputOf<M>): string[];
}

export const KINDS: { readonly [M in JobMethod]: JobKind<M> } = {
  'data.audit': { lane: 'files', queue: 'audit', reads: (selection) => readsOf(selection) },
  'backbone.latency': {
    lane: 'compute',
    queue: 'measurement',
    reads: () => [{ machine: 'processor' }],
    keeps: (_input, { disturbed }) => !disturbed,
  },
  'probe.sweep': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ network, data }) => [
      ...readsOfState(network),
      // Of a run without a folder: test images are among its own once their seal is opened.
      ...(network.kind === 'run' && data === undefined ? [{ seal: network.run }] : []),
      ...readsOf(data),
    ],
  },
  'transferability.sources': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ sources, data }) => [
      ...sources.flatMap((of): Read[] =>
        of.kind === 'run' ? [{ run: of.run }] : of.kind === 'source' ? [{ source: of.name }] : [],
      ),
      ...readsOf(data),
    ],
  },
  'similarity.compare': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ a, b, data }) => [...readsOfState(a), ...readsOfState(b), ...readsOf(data)],
  },
  'similarity.movement': { lane: 'compute', queue: 'measurement', reads: ({ run }) => [{ run }] },
  'distance.embed': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ network, data }) => [...readsOfState(network), ...readsOf(data)],
  },
  'distance.measure': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ network, data }) => [...readsOfState(network), ...readsOf(data)],
  },
  'explain.map': {
    lane: 'compute',
    queue: 'maps',
    reads: ({ run, pictures }) => [{ run }, ...readsOfPictures(pictures)],
    // Images of patients do not go into the store.
    keeps: ({ image }) => !image,
  },
  'explain.check': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ run, runs, pictures }, workspace) => [
      { run },
      ...siblingsOf(workspace, workspace.store.runs.get(run), runs).map(({ id }) => ({ run: id })),
      ...readsOfPictures(pictures),
    ],
  },
  'explain.localise': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ run, regions: { folder, csv } }) => [
      { run },
      { disk: { path: folder } },
      { disk: { table: csv, folder } },
    ],
  },
  'explain.filters': { lane: 'compute', queue: 'measurement', reads: ({ of }) => [of] },
  'run.evaluate': { lane: 'compute', queue: 'measurement', reads: ({ id, data }) => [{ run: id }, ...readsOf(data)] },
  'comparison.difference': {
    // Where nothing trains: between two training steps there would be hardly a turn for it.
    lane: 'files',
    queue: 'statistics',
    reads: ({ id }, { store }) => store.comparisons.get(id).cells.flatMap(({ run }) => (run === null ? [] : { run })),
  },
  'sourceStudy.result': {
    lane: 'files',
    queue: 'statistics',
    reads: ({ id, distances }, { store }) => [
      ...store.sourceStudies
        .get(id)
        .members.flatMap(({ comparison }) => store.comparisons.get(comparison).cells)
        .flatMap(({ run }): Read[] => (run === null ? [] : [{ run }])),
      ...(distances === undefined ? [] : [{ disk: { path: distances } }]),
    ],
  },
  'model.export': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ id }) => [{ run: id }, { choices: id }, { seal: id }],
    writes: ({ path, certificate, card }) => [path, ...[certificate, card].filter((each) => each !== null)],
  },
  // It is written as often as it is asked for: what is known, and whether the test set was opened, changes.
  'report.write': {
    lane: 'compute',
    queue: 'measurement',
    reads: ({ of }) => ('run' in of ? [of] : []),
    keeps: () => false,
  },
  'catalogue.download': { lane: 'files', queue: 'download', reads: () => [], writes: ({ file }) => [file] },
  // A study changes, and a file is imported as often as it is asked for.
  'study.archive': { lane: 'files', queue: 'archive', reads: () => [], keeps: () => false },
  'study.import': { lane: 'files', queue: 'archive', reads: () => [], keeps: () => false },
};

function readsOf(data: DataSelection | undefined): Read[] {
  if (!data) return [];
  const { folder, labels } = data;
  return [{ disk: { path: folder } }, ...(labels ? [{ disk: { table: labels.csv, folder } }] : [])];
}

function readsOfState(state: NetworkState): Read[] {
  if (state.kind === 'run') return [{ run: state.run }];
  return state.source === null ? [] : [{ source: state.source }];
}

const readsOfPictures = (pictures: readonly ExplainedPicture[]): Read[] =>
  pictures.flatMap((picture) => ('file' in picture ? [{ disk: { path: picture.file } }] : []));
