import { contract, type OutputOf, type ParsedInputOf } from '../../../contract/index.ts';
import { probeSweep, type ProbedCut } from '../../../contract/probe.ts';
import type { EstimateName } from '../../../contract/transferEstimates.ts';
import { sourceTitle, type EstimateRanking } from '../../../contract/transferability.ts';
import { comparisonImages } from '../../cohort/parts.ts';
import type { Reader } from '../../store/store.ts';
import { agreementsOf, type Ranked } from './agreement.ts';
import { comparable, fineTunedRuns, type FineTuned, type Wanted } from './fineTuned.ts';

type Method = 'transferability.correlation';

/** What was estimated, with what of the store it may be compared with. */
interface Estimated {
  over: EstimateRanking['over'];
  /** Null where no run can be compared: a network that was trained already, an answer that says of no images. */
  wanted: Wanted | null;
  /** Whether a run is of what is compared here, and of which item by name. */
  nameOf(run: FineTuned): string | null;
  items: { name: string; auroc: number; estimates: Ranked['estimates'] }[];
}

/**
 * How the estimates of an answer ranked what was measured: fine-tuned runs first, then the probe.
 * @throws CutpointError JOB_UNKNOWN
 */
export function correlationOf(store: Reader, { from }: ParsedInputOf<Method>): OutputOf<Method> {
  const estimated = from.kind === 'comparison' ? ofSearch(store, from.id) : ofJob(store, from.id);
  if (estimated === null) return { rankings: [] };
  return { rankings: [...againstRuns(store, estimated), ...againstProbe(estimated)] };
}

function ofJob(store: Reader, id: string): Estimated | null {
  const job = store.jobs.get(id);
  const answer = store.jobs.answer(id);
  if (job.method === 'probe.sweep') {
    const { data: input } = contract['probe.sweep'].input.safeParse(job.input);
    const { data: report } = contract['probe.sweep'].output.safeParse(answer);
    if (!input || !report) return null;
    const { network, ...view } = input;
    const known = network.kind === 'backbone' && network.initialisation === 'pretrained' && report.fingerprint;
    if (!known) return ofCuts(report.cuts, null, null);
    return ofCuts(report.cuts, network.source, { backbone: network.backbone, fingerprint: report.fingerprint!, view });
  }
  if (job.method !== 'transferability.sources') return null;
  const { data: input } = contract['transferability.sources'].input.safeParse(job.input);
  const { data: report } = contract['transferability.sources'].output.safeParse(answer);
  if (!input || !report) return null;
  const { backbone, fingerprint, rows } = report;
  const names = new Map(
    rows.flatMap(({ source, cut }) =>
      source.kind === 'run' ? [] : [[key(source.kind === 'source' ? source.name : null, cut), sourceTitle(source)]],
    ),
  );
  return {
    over: 'sources',
    wanted: { backbone, fingerprint, view: input },
    nameOf: ({ source, cut }) => names.get(key(source, cut)) ?? null,
    items: rows.map((row) => ({ name: sourceTitle(row.source), auroc: row.auroc.mean, estimates: estimatesOf(row) })),
  };
}

const key = (source: string | null, cut: string): string => JSON.stringify([source, cut]);

/** The probe that a search began with, and its plan. */
function ofSearch(store: Reader, id: string): Estimated | null {
  const note = store.comparisonNotes.load(id, 'probe sweep');
  const sweep = note === null ? undefined : probeSweep.safeParse(JSON.parse(note)).data;
  const { plan } = store.comparisons.get(id);
  if (!sweep || plan.kind !== 'search') return null;
  const { base } = plan;
  const { fingerprint } = comparisonImages(store, id).dataset.report;
  return ofCuts(sweep.cuts, base.source, { backbone: base.backbone, fingerprint, view: base });
}

function ofCuts(cuts: readonly ProbedCut[], source: string | null, wanted: Wanted | null): Estimated {
  return {
    over: 'cuts',
    wanted,
    nameOf: (run) => (run.source === source ? run.cut : null),
    items: cuts.map((cut) => ({ name: cut.name, auroc: cut.auroc.mean, estimates: estimatesOf(cut) })),
  };
}

const estimatesOf = ({
  logMe,
  hScore,
  estimates,
}: Pick<ProbedCut, 'logMe' | 'hScore' | 'estimates'>): Partial<Record<EstimateName, number | null>> => ({
  ...{ logMe, hScore },
  ...estimates,
});

function againstRuns(store: Reader, { over, wanted, nameOf, items }: Estimated): EstimateRanking[] {
  if (wanted === null) return [];
  const known = new Set(items.map(({ name }) => name));
  const runs = fineTunedRuns(store, wanted).filter((run) => known.has(nameOf(run) ?? ''));
  const byName = comparable(runs, (run) => nameOf(run)!);
  if (byName.size < 2) return [];
  const measured = items.flatMap(({ name, estimates }) => {
    const own = byName.get(name);
    if (!own) return [];
    const mean = own.reduce((sum, { auroc }) => sum + auroc, 0) / own.length;
    return [{ name, measured: mean, runs: own.map(({ run }) => run), estimates }];
  });
  const [first] = [...byName.values()].flat();
  const count = measured.reduce((sum, { runs: own }) => sum + own.length, 0);
  return [ranking({ over, against: 'fineTuned', runs: count, epochs: first!.epochs }, measured)];
}

function againstProbe({ over, items }: Estimated): EstimateRanking[] {
  // Of two there is no order that would not be as likely by chance.
  if (items.length < 3) return [];
  const measured = items.map(({ name, auroc, estimates }) => ({ name, measured: auroc, runs: [], estimates }));
  return [ranking({ over, against: 'probe', runs: 0, epochs: null }, measured)];
}

const ranking = (
  what: Pick<EstimateRanking, 'over' | 'against' | 'runs' | 'epochs'>,
  items: readonly (Ranked & EstimateRanking['items'][number])[],
): EstimateRanking => ({
  ...what,
  items: items.map(({ name, measured, runs }) => ({ name, measured, runs })),
  agreements: agreementsOf(items),
});
