import type { CallContext, ParsedInputOf } from '../../../contract/index.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { groupingOf } from '../../../contract/groups.ts';
import type { NetworkState } from '../../../contract/similarity.ts';
import {
  sourceTitle,
  type EstimatedSource,
  type RankedSource,
  type SourcesReport,
} from '../../../contract/transferability.ts';
import { prepareImages } from '../../cohort/prepared.ts';
import { seenInTraining } from '../../cohort/testData.ts';
import { networkOn } from '../../network/open.ts';
import { findState, type FoundState } from '../../similarity/states.ts';
import type { Workspace } from '../../store/workspace.ts';
import { withEngine } from '../../tensor/engines.ts';
import { requirePassMemory } from '../../train/memory.ts';
import { overlapWith } from '../../transfer/seen.ts';
import { probeSweep } from '../../transfer/probe/sweep.ts';
import { hasTrainedSoftmax } from '../probe/head.ts';
import { probedImages, type ProbedImages } from '../probe/images.ts';

type Input = ParsedInputOf<'transferability.sources'>;
type Call = CallContext<'transferability.sources'>;
type Candidate = FoundState & { source: RankedSource; state: NetworkState; cut: string };

/**
 * Probes several sources of one backbone at one cut on the same images, with all estimates.
 * @throws CutpointError INPUT_INVALID for a source that is named twice or a run of another backbone, CUT_UNKNOWN, and what
 *   `findState` and `probedImages` throw, before anything is computed
 */
export async function compareSources(
  workspace: Workspace,
  input: Input,
  { signal, progress }: Call,
): Promise<SourcesReport> {
  const candidates = input.sources.map((source) => candidateOf(workspace, source, input));
  requireDifferent(input.sources);
  for (const { architecture } of candidates) await requirePassMemory(architecture, input);
  const of = candidates.length;
  const found = await probedImages(
    workspace,
    { ...input, network: candidates[0]!.state, estimates: true, run: null },
    { signal, onProgress: (done, total) => progress({ doing: 'reading', done, total, position: 1, of }) },
  );
  const began = performance.now();
  const rows: EstimatedSource[] = [];
  for (const [at, candidate] of candidates.entries()) {
    const report: Call['progress'] = (event) => progress({ ...event, position: at + 1, of });
    rows.push(await estimated(workspace, candidate, { found, input, call: { signal, progress: report } }));
  }
  const { dataset, indices, leftOut } = found;
  return {
    backbone: input.backbone,
    cut: input.cut ?? null,
    rows,
    classes: [...found.classes],
    images: indices.length,
    patients: new Set(indices.map((index) => dataset.images[index]!.group)).size,
    grouping: groupingOf(dataset.report),
    folds: input.folds,
    fingerprint: dataset.report.fingerprint,
    leftOut,
    seconds: (performance.now() - began) / 1000,
    warnings: [...found.warnings, ...candidates.flatMap(({ source }) => leaked(workspace, source, dataset))],
  };
}

function candidateOf(workspace: Workspace, source: RankedSource, input: Input): Candidate {
  const { backbone } = input;
  const state: NetworkState =
    source.kind === 'run'
      ? { kind: 'run', run: source.run, at: 'best' }
      : {
          ...{ kind: 'backbone', backbone, initialisation: 'pretrained' },
          ...(source.kind === 'source' ? { source: source.name, seed: 0 } : { source: null, seed: source.seed }),
        };
  const found = findState(workspace, state, input);
  if (source.kind === 'run' && found.plan.backbone !== backbone) {
    throw new CutpointError(
      'INPUT_INVALID',
      `The run ${source.run} is of ${found.plan.backbone}, not of ${backbone}.`,
      {
        remedy: 'Compare sources of one backbone: of two, nobody knows which of them makes the difference.',
      },
    );
  }
  const cut = input.cut ?? found.cuts.at(-1)!;
  if (found.cuts.includes(cut)) return { ...found, source, state, cut };
  throw new CutpointError('CUT_UNKNOWN', `There is no cut named '${cut}' in ${sourceTitle(source)} of ${backbone}.`, {
    remedy: `Choose among: ${found.cuts.join(', ')}.`,
    details: { valid: [...found.cuts] },
  });
}

function requireDifferent(sources: readonly RankedSource[]): void {
  const titles = sources.map(sourceTitle);
  const twice = titles.find((title, at) => titles.indexOf(title) !== at);
  if (twice === undefined) return;
  throw new CutpointError('INPUT_INVALID', `The source ${twice} is named twice.`, { remedy: 'Name each source once.' });
}

async function estimated(
  workspace: Workspace,
  { source, state, cut, plan, architecture, weights }: Candidate,
  {
    found,
    input,
    call: { signal, progress },
  }: {
    found: ProbedImages;
    input: Input;
    call: {
      signal: AbortSignal;
      progress(event: { doing: 'reading' | 'pass' | 'probing'; done: number; total: number }): void;
    };
  },
): Promise<EstimatedSource> {
  const { folds, seed, batch, engine } = input;
  const onProgress = (done: number, total: number): void => progress({ doing: 'reading', done, total });
  const prepared = await prepareImages(workspace, found.dataset, { plan, ...found, signal, onProgress });
  try {
    const start = await weights();
    const { cuts } = await withEngine(engine, async (opened) => {
      const network = networkOn(opened, architecture, { weights: start });
      try {
        const images = { ...prepared, ...found, preprocessing: architecture.preprocessing };
        const estimates = { head: hasTrainedSoftmax(architecture, state) };
        return await probeSweep(network, images, {
          folds,
          seed,
          batch,
          cuts: [cut],
          estimates,
          signal,
          onProgress: progress,
        });
      } finally {
        network.variables.dispose();
      }
    });
    const { auroc, auprc, logMe, hScore, estimates } = cuts[0]!;
    return { source, cut, auroc, auprc, logMe, hScore, estimates: estimates! };
  } finally {
    prepared.cache.close();
  }
}

/** A run or a source that was trained on the target's own images knows their labels: what it is rated by is worth nothing. */
function leaked(
  { store }: Workspace,
  source: RankedSource,
  dataset: ProbedImages['dataset'],
): SourcesReport['warnings'] {
  if (source.kind === 'run') return seenInTraining(store, source.run, dataset);
  const seen = source.kind === 'source' ? (overlapWith(store, source.name, dataset.images)?.length ?? 0) : 0;
  if (seen === 0) return [];
  const message = `${seen} of the ${dataset.images.length} images are among those that the source ‘${sourceTitle(source)}’ was trained or chosen on: it looks better on them than it would on new ones.`;
  return [{ code: 'SEEN_IN_TRAINING', message }];
}
