import { parametersUpTo } from '../../backbone/dense.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers, ParsedInputOf } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { SourceOverlap, SourceSummary } from '../../contract/source.ts';
import { learningParts, openTest } from '../cohort/parts.ts';
import type { Workspace } from '../store/workspace.ts';
import { originOf } from '../transfer/origin.ts';
import { takesValues } from '../transfer/requireUnseen.ts';
import { overlapWith } from '../transfer/seen.ts';
import { expectedBy, trunkOf } from '../transfer/trunk.ts';
import { weightsSha256 } from '../weights/weightsSha256.ts';
import { storedEvaluation } from './measured.ts';
import { requireFree, sourceName, storeSource } from './sources.ts';

/** What reads the network and the images of a run. */
export function sourceFromRunHandlers(workspace: Workspace): Pick<Handlers, 'source.fromRun' | 'source.overlap'> {
  return {
    'source.fromRun': (input, { signal }) => sourceFromRun(workspace, input, signal),
    'source.overlap': ({ run }) => overlapOf(workspace, workspace.store.runs.get(run)),
  };
}

async function sourceFromRun(
  workspace: Workspace,
  { run: id, name: asked, nature }: ParsedInputOf<'source.fromRun'>,
  signal: AbortSignal,
): Promise<SourceSummary> {
  const { store } = workspace;
  const name = sourceName(asked);
  requireFree(store, name);
  const run = store.runs.get(id);
  requireEnded(run);
  const weights = await trunkOf(run, workspace);
  const measured = {
    validation: await storedEvaluation(workspace, { id, part: 'validation' }, { signal }),
    test: run.test && (await storedEvaluation(workspace, { id, part: 'test' }, { signal })),
  };
  const { origin, seen } = originOf(store, run, { nature, measured });
  const backbone = findBackbone(run.plan.backbone);
  const source: SourceSummary = {
    name,
    backbone: backbone.name,
    file: '',
    format: 'trained here',
    sha256: weightsSha256(weights),
    bytes: [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0),
    addedAt: new Date().toISOString(),
    matched: weights.size,
    missing: 0,
    catalogue: null,
    preprocessing: expectedBy(run),
    parameters: parametersUpTo(backbone),
    origin,
  };
  signal.throwIfAborted();
  await storeSource(workspace, source, weights, seen);
  if (store.runChoices.load(id, 'source')) await workspace.commit(['runChoices', 'save', id, 'source', null]);
  return source;
}

/** @throws CutpointError RUN_STATE while a run goes on, or may */
function requireEnded({ id, status }: RunSummary): void {
  if (status === 'completed' || status === 'stopped') return;
  throw new CutpointError('RUN_STATE', `The run ${id} is ${status}: its best epoch may still change.`, {
    remedy: `Let it end, or end it with \`cutpoint stop ${id}\`.`,
  });
}

async function overlapOf(workspace: Workspace, run: RunSummary): Promise<SourceOverlap | null> {
  const { source } = run.plan;
  if (source === null || !takesValues(run.plan) || run.split === null) return null;
  const { dataset, train, validation } = learningParts(workspace.store, run);
  const tested = (await openTest(workspace, run.id, 'seen by source')).images();
  const count = ({ images }: typeof dataset, of: readonly number[]) => overlapWith(workspace.store, source, of.map((at) => images[at]!))?.length ?? 0; // prettier-ignore
  const parts = {
    train: count(dataset, train),
    validation: count(dataset, validation),
    test: count(tested.dataset, tested.indices),
  };
  const images = parts.train + parts.validation + parts.test;
  return images === 0 ? null : { source, images, ...parts };
}
