import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, Handlers, ParsedInputOf } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { MovementReport, NetworkState, SimilarityPair, SimilarityReport } from '../../contract/similarity.ts';
import { comparedImages } from '../cohort/compared.ts';
import { weightMovement } from '../similarity/movement.ts';
import { describePair, type Pair } from '../similarity/pairs.ts';
import { representStates } from '../similarity/representStates.ts';
import { findState, type FoundState } from '../similarity/states.ts';
import type { Workspace } from '../store/workspace.ts';
import { breathe } from '../breathe.ts';

type SimilarityHandlers = Pick<Handlers, Extract<keyof Handlers, `similarity.${string}`>>;
type Compare = 'similarity.compare';

export function similarityHandlers(workspace: Workspace): SimilarityHandlers {
  return {
    'similarity.compare': (input, call) => compareStates(workspace, input, call),
    'similarity.movement': ({ run }) => movementOf(workspace, run),
  };
}

async function compareStates(
  workspace: Workspace,
  input: ParsedInputOf<Compare>,
  { signal, progress }: CallContext<Compare>,
): Promise<SimilarityReport> {
  const same = JSON.stringify(input.a) === JSON.stringify(input.b);
  if (same && input.pairs === 'vertical') {
    throw new CutpointError('INPUT_INVALID', 'A network resembles itself at every cut: there is nothing to compare.', {
      remedy: 'Name another state of it (initial, best), another network, or compare every cut with every cut.',
    });
  }
  const run = firstRun(workspace, input.a, input.b);
  const [a, b] = [findState(workspace, input.a, run?.plan), findState(workspace, input.b, run?.plan)];
  const cuts = cutsOf(input, a, b, same);
  const images = await comparedImages(
    workspace,
    { data: input.data, run },
    { ...input, signal, onProgress: (done, total) => progress({ doing: 'reading', done, total }) },
  );
  const networks = same
    ? [{ state: a, cuts: [...new Set([...cuts.a, ...cuts.b])] }]
    : [
        { state: a, cuts: cuts.a },
        { state: b, cuts: cuts.b },
      ];
  const options = { ...input, signal, progress };
  const [first, second = first] = await representStates(workspace, networks, images, options);
  const layers = { a: cuts.a.map((cut) => layer(first!, cut)), b: cuts.b.map((cut) => layer(second!, cut)) };
  const compared: Pair[] =
    input.pairs === 'vertical'
      ? layers.a.map((each, at) => ({ a: each, b: layers.b[at]! }))
      : layers.a.flatMap((one) => layers.b.map((other) => ({ a: one, b: other })));

  const pairs: SimilarityPair[] = [];
  for (const pair of compared) {
    await breathe();
    signal.throwIfAborted();
    pairs.push(describePair(pair, input));
    progress({ doing: 'comparing', done: pairs.length, total: compared.length });
  }
  const { spatial, share, draws, seed } = input;
  return {
    a: input.a,
    b: input.b,
    layout: input.pairs,
    images: images.indices.length,
    observations: layers.a[0]!.representation.rows,
    spatial,
    share,
    draws,
    seed,
    pairs,
    warnings: remarks(pairs, input),
  };
}

const layer = (representations: ReadonlyMap<string, Pair['a']['representation']>, cut: string): Pair['a'] => ({
  cut,
  representation: representations.get(cut)!,
});

function firstRun({ store }: Workspace, ...states: readonly NetworkState[]): RunSummary | null {
  const named = states.find((state) => state.kind === 'run');
  return named ? store.runs.get(named.run) : null;
}

/** @throws CutpointError CUT_UNKNOWN; INPUT_INVALID where two networks have no cut in common */
function cutsOf(input: ParsedInputOf<Compare>, a: FoundState, b: FoundState, same: boolean) {
  if (input.pairs === 'matrix') {
    const first = input.cuts ?? a.blockEnds;
    const second = input.against ?? (same ? first : b.blockEnds);
    requireCuts(first, a.cuts);
    requireCuts(second, b.cuts);
    return { a: first, b: second };
  }
  const shared = a.cuts.filter((cut) => b.cuts.includes(cut));
  const cuts = input.cuts ?? a.blockEnds.filter((cut) => shared.includes(cut));
  if (cuts.length === 0) {
    throw new CutpointError('INPUT_INVALID', 'The two networks have no cut in common.', {
      remedy: 'Compare every cut of one with every cut of the other (a matrix).',
      details: { a: a.cuts, b: b.cuts },
    });
  }
  requireCuts(cuts, shared);
  return { a: cuts, b: cuts };
}

function requireCuts(cuts: readonly string[], valid: readonly string[]): void {
  const unknown = cuts.find((cut) => !valid.includes(cut));
  if (unknown === undefined) return;
  throw new CutpointError('CUT_UNKNOWN', `The networks compared have no cut named '${unknown}'.`, {
    remedy: `Choose among: ${valid.join(', ')}.`,
    details: { valid: [...valid] },
  });
}

function remarks(pairs: readonly SimilarityPair[], { spatial }: ParsedInputOf<Compare>): SimilarityReport['warnings'] {
  const forced = pairs.filter((pair) => pair.forced > 0);
  const empty = forced.filter((pair) => pair.forced === pair.coefficients);
  const warnings: SimilarityReport['warnings'] = [];
  if (forced.length > 0) {
    const all = empty.length === 0 ? '' : `, at ${empty.length} all of them, so that SVCCA says nothing there`;
    const message = `There are too few images: in ${forced.length} of ${pairs.length} comparisons some CCA coefficients are 1 whatever the features${all}. Take more images, or keep a smaller share of the variance.`;
    warnings.push({ code: 'TOO_FEW_IMAGES', message });
  }
  if (spatial.kind === 'sample' && spatial.positions > 1) {
    const message =
      'Positions of one image are not independent of each other, so similarity by chance is higher than that of the random features here.';
    warnings.push({ code: 'POSITIONS_DEPENDENT', message });
  }
  return warnings;
}

async function movementOf(workspace: Workspace, id: string): Promise<MovementReport> {
  const [before, after] = (['initial', 'best'] as const).map((at) =>
    findState(workspace, { kind: 'run', run: id, at }),
  ) as [FoundState, FoundState];
  const epoch = workspace.store.runs.get(id).bestEpoch!;
  return {
    run: id,
    epoch,
    ...weightMovement(after.architecture, await before.weights(), await after.weights()),
  };
}
