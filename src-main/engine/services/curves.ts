import { cutNodes } from '../../backbone/cuts.ts';
import { strategies } from '../../backbone/strategy/index.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { CutCurves, ProbeCurve, RunPoint, SimilarityCurve } from '../../contract/cutCurves.ts';
import { foldInterval } from '../../contract/foldInterval.ts';
import { contract, type Handlers, type ParsedInputOf } from '../../contract/index.ts';
import { probeSweep, type ProbedCut, type ProbeSweep } from '../../contract/probe.ts';
import type { RunRow } from '../../contract/run.ts';
import type { NetworkState, SimilarityReport } from '../../contract/similarity.ts';
import type { StoredJob } from '../store/queries/jobs.ts';
import type { Transfer } from '../store/queries/runRows.ts';
import type { Reader } from '../store/store.ts';

/** What is stored of a backbone. */
export interface Stored {
  sweeps: (Pick<ProbeCurve, 'from' | 'at' | 'source' | 'grouping'> & { sweep: ProbeSweep })[];
  /** Of runs before against after training. */
  similarities: (Pick<SimilarityCurve, 'job' | 'at' | 'run'> & { report: SimilarityReport })[];
  latencies: CutCurves['latencies'];
  runs: (Pick<RunRow, 'id' | 'comparison' | 'validationAuroc' | 'epochs' | 'parameters'> & { plan: Transfer })[];
}

export function curveHandlers(store: Reader): Pick<Handlers, 'backbone.curves'> {
  return {
    'backbone.curves': (input) => {
      const end = cutNodes(findBackbone(input.backbone).build()).at(-1)!.name;
      return curvesOf(input.backbone, end, storedOf(store, input));
    },
  };
}

/** Curves over the cuts of a backbone. @param end its last cut, where runs lie that take it as a whole */
export function curvesOf(backbone: string, end: string, { sweeps, similarities, runs, latencies }: Stored): CutCurves {
  const newestFirst = (a: { at: string }, b: { at: string }): number => b.at.localeCompare(a.at);
  return {
    backbone,
    probes: sweeps
      .map(({ sweep, ...curve }) => {
        const { images, patients, folds, cuts } = sweep;
        return { ...curve, images, patients, folds, points: cuts.map(probePoint) };
      })
      .sort(newestFirst),
    similarities: similarities
      .map(({ report, ...curve }) => ({ ...curve, images: report.images, points: report.pairs.map(similarityPoint) }))
      .sort(newestFirst),
    runs: runs.flatMap((run) => runPoint(run, end) ?? []),
    latencies: latencies.toSorted(newestFirst),
  };
}

const probePoint = ({ name, auroc, auprc, logMe, hScore, estimates }: ProbedCut): ProbeCurve['points'][number] => ({
  cut: name,
  auroc: auroc.mean,
  interval: foldInterval(auroc),
  auprc: auprc.mean,
  ...{ logMe, hScore },
  ...{ nLeep: estimates?.nLeep ?? null, parc: estimates?.parc ?? null },
});

const similarityPoint = ({ a, meanSvcca, random }: SimilarityReport['pairs'][number]) => ({
  cut: a,
  svcca: meanSvcca,
  random: random.mean,
  band: random.band ?? null,
});

/** Null for a run of which nothing was validated yet. */
function runPoint(
  { id, comparison, validationAuroc, plan, ...run }: Stored['runs'][number],
  end: string,
): RunPoint | null {
  if (validationAuroc === null) return null;
  const { strategy, initialisation, source } = plan;
  return {
    run: id,
    comparison,
    cut: strategies[strategy].cut === null ? end : (plan.cut ?? end),
    ...{ strategy, initialisation, source },
    epochs: run.epochs,
    auroc: validationAuroc,
    parameters: run.parameters,
  };
}

/** Jobs that are looked through, the newest. */
const JOBS = 500;

/** What of all that is stored is of a backbone, of images in the folder and of the study, where they are named. */
function storedOf(store: Reader, { backbone, folder, study }: ParsedInputOf<'backbone.curves'>): Stored {
  const there = (place: string | undefined): boolean => folder === undefined || place === folder;
  const jobIds = study === undefined ? null : new Set(store.studies.jobs(study));
  const runs = store.runs.transfers(study).filter((row) => row.backbone === backbone && there(row.folder));
  const byId = new Map(runs.map((row) => [row.id, row]));
  const kept = store.jobs.list(JOBS).filter((job) => job.kept);
  const jobs = kept.filter(({ id }) => jobIds?.has(id) ?? true);
  return {
    sweeps: [
      ...jobs.flatMap((job) => sweepOf(job, store, { backbone, there })),
      ...searchSweeps(store, { backbone, there, study }),
    ],
    similarities: jobs.flatMap((job) => similarityOf(job, store, byId)),
    runs: runs.toReversed(),
    latencies: kept.flatMap((job) => latencyOf(job, store, backbone)),
  };
}

interface Wanted {
  backbone: string;
  there(place: string | undefined): boolean;
}

/** Of networks that were not trained on the images themselves. */
function sweepOf(job: StoredJob, store: Reader, { backbone, there }: Wanted): Stored['sweeps'] {
  const input = inputOf('probe.sweep', job);
  if (input?.network.kind !== 'backbone' || input.network.backbone !== backbone || !there(input.data?.folder))
    return [];
  const { data: sweep } = contract['probe.sweep'].output.safeParse(store.jobs.answer(job.id));
  if (!sweep) return [];
  const { source } = input.network;
  const { grouping } = sweep;
  return [{ from: { kind: 'job', id: job.id }, at: job.endedAt ?? job.createdAt, source, grouping, sweep }];
}

/** Probes that a search began with. */
function searchSweeps(
  store: Reader,
  { backbone, there, study }: Wanted & { study: string | undefined },
): Stored['sweeps'] {
  const searches = store.comparisons
    .list(study)
    .filter((row) => row.kind === 'search' && row.backbone === backbone && there(row.folder));
  if (searches.length === 0) return [];
  const sources = new Map(store.comparisons.plans().map(({ id, plan }) => [id, plan.base.source]));
  return searches.flatMap(({ id, createdAt }) => {
    const note = store.comparisonNotes.load(id, 'probe sweep');
    const sweep = note === null ? undefined : probeSweep.safeParse(JSON.parse(note)).data;
    return sweep ? [{ from: { kind: 'comparison', id }, at: createdAt, source: sources.get(id) ?? null, sweep }] : [];
  });
}

function similarityOf(job: StoredJob, store: Reader, runs: ReadonlyMap<string, RunRow>): Stored['similarities'] {
  const input = inputOf('similarity.compare', job);
  const run = input?.pairs === 'vertical' ? beforeAfter(input.a, input.b) : null;
  if (run === null || !runs.has(run)) return [];
  const { data: report } = contract['similarity.compare'].output.safeParse(store.jobs.answer(job.id));
  return report ? [{ job: job.id, at: job.endedAt ?? job.createdAt, run, report }] : [];
}

function latencyOf(job: StoredJob, store: Reader, backbone: string): Stored['latencies'] {
  if (inputOf('backbone.latency', job)?.backbone !== backbone) return [];
  const { data: report } = contract['backbone.latency'].output.safeParse(store.jobs.answer(job.id));
  return report ? [{ ...report, job: job.id, at: job.endedAt ?? job.createdAt }] : [];
}

/** The run whose states before and after training are compared; null for other pairs. */
function beforeAfter(a: NetworkState, b: NetworkState): string | null {
  return a.kind === 'run' && b.kind === 'run' && a.run === b.run && a.at !== b.at ? a.run : null;
}

function inputOf<M extends 'probe.sweep' | 'similarity.compare' | 'backbone.latency'>(method: M, job: StoredJob) {
  if (job.method !== method) return undefined;
  return contract[method].input.safeParse(job.input).data as ParsedInputOf<M> | undefined;
}
