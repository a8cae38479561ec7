import { architectureOf } from '../../backbone/architecture.ts';
import { cutPoints } from '../../backbone/cuts.ts';
import { graphAt, graphWith } from '../../backbone/dense.ts';
import { truncate } from '../../backbone/truncate.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { Latency } from '../../contract/certificate.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { CutLatency, LatencyReport } from '../../contract/latency.ts';
import { drawnNetwork } from '../export/drawnNetwork.ts';
import { measureLatency, RUNS } from '../export/latency.ts';
import { isComputing } from '../tensor/engines.ts';

/**
 * All cuts are measured in turn, and in turn again: what else the machine does for a while can only make a time longer, so
 * of the medians of a cut the shortest counts.
 */
const ROUNDS = 2;
/** A cut is measured for about so long in a round, in milliseconds; but with so many calls at least. */
const SPAN = 1000;
const FEWEST = 5;

/**
 * Milliseconds that a network takes at its cuts, shallow ones first; each is told anew in every round.
 * @throws CutpointError BACKBONE_UNKNOWN, CUT_UNKNOWN, INPUT_TOO_SMALL, INPUT_INVALID before anything is measured
 */
export async function measureCuts(
  input: ParsedInputOf<'backbone.latency'>,
  { signal, progress }: CallContext<'backbone.latency'>,
): Promise<LatencyReport> {
  const { backbone, input: side, classes, batch } = input;
  const names = Array.from({ length: classes }, (_, index) => String(index));
  const networks = cutsOf(input).map((cut) => {
    const plan = {
      ...input,
      task: 'classification',
      strategy: 'truncated',
      cut,
      dropout: 0,
      classifier: 'softmax',
    } as const;
    return { cut, architecture: architectureOf({ ...plan, preprocessing: undefined }, names) };
  });
  let disturbed = isComputing();
  let machine: Pick<Latency, 'runtime' | 'cpu' | 'threads'> | undefined;
  const cuts = new Map<string, CutLatency>();
  const rounds = Array.from({ length: ROUNDS }, () => networks).flat();
  progress({ done: 0, total: rounds.length });
  for (const [done, { cut, architecture }] of rounds.entries()) {
    const exported = await drawnNetwork(architecture, { backbone, fit: 'letterbox' });
    const measure = async (images: number, runs: number): Promise<number> => {
      const options = { batches: [images], runs, progress: () => {}, signal };
      const { rows, ...on } = await measureLatency({ exported }, architecture.input, options);
      machine = on;
      disturbed ||= isComputing();
      return rows[0]!.milliseconds;
    };
    // A first look says how many calls fill the span.
    const milliseconds = await measure(1, callsFor(await measure(1, FEWEST)));
    const together = batch === null ? null : await measure(batch, callsFor(milliseconds * batch));
    const before = cuts.get(cut);
    const shortest = (now: number, then = Number.POSITIVE_INFINITY): number => Math.min(now, then);
    const measured = {
      cut,
      milliseconds: shortest(milliseconds, before?.milliseconds),
      batch:
        together === null ? null : { images: batch!, milliseconds: shortest(together, before?.batch?.milliseconds) },
    };
    cuts.set(cut, measured);
    progress({ done: done + 1, total: rounds.length, measured });
  }
  const { runtime, cpu, threads } = machine!;
  return { backbone, input: side, runtime, cpu, threads, cuts: [...cuts.values()], disturbed };
}

const callsFor = (milliseconds: number): number => Math.max(FEWEST, Math.min(RUNS, Math.round(SPAN / milliseconds)));

/** The cuts asked for, in the order of the network; left out: its block ends. */
function cutsOf({ backbone, cuts, input }: ParsedInputOf<'backbone.latency'>): string[] {
  const image = { height: input, width: input };
  const network = findBackbone(backbone);
  for (const cut of cuts ?? []) truncate(graphWith(network, cut, image), cut);
  const points = cutPoints(graphAt(network, image), image);
  return points.filter(({ name, endsBlock }) => cuts?.includes(name) ?? endsBlock).map(({ name }) => name);
}
