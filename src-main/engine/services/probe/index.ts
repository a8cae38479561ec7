import type { CallContext, Handlers, ParsedInputOf } from '../../../contract/index.ts';
import { groupingOf } from '../../../contract/groups.ts';
import type { ProbeReport } from '../../../contract/probe.ts';
import { findState } from '../../similarity/states.ts';
import type { Workspace } from '../../store/workspace.ts';
import { withEngine } from '../../tensor/engines.ts';
import { prepareImages } from '../../cohort/prepared.ts';
import { requirePassMemory } from '../../train/memory.ts';
import { networkOn } from '../../network/open.ts';
import { readSweep } from '../../transfer/probe/reading.ts';
import { probeSweep } from '../../transfer/probe/sweep.ts';
import { hasTrainedSoftmax } from './head.ts';
import { probedImages } from './images.ts';

export function probeHandlers(workspace: Workspace): Pick<Handlers, 'probe.sweep'> {
  return { 'probe.sweep': (input, call) => sweep(workspace, input, call) };
}

async function sweep(
  workspace: Workspace,
  input: ParsedInputOf<'probe.sweep'>,
  { signal, progress }: CallContext<'probe.sweep'>,
): Promise<ProbeReport> {
  const { network: asked, folds, seed, batch } = input;
  const run = asked.kind === 'run' ? workspace.store.runs.get(asked.run) : null;
  const { plan, architecture, weights } = findState(workspace, asked, input);
  await requirePassMemory(architecture, input);
  const onProgress = (done: number, total: number): void => progress({ doing: 'reading', done, total });
  const found = await probedImages(workspace, { ...input, run }, { signal, onProgress });
  const prepared = await prepareImages(workspace, found.dataset, { plan, ...found, signal, onProgress });
  try {
    const start = await weights();
    const swept = await withEngine(input.engine, async (engine) => {
      const network = networkOn(engine, architecture, { weights: start });
      try {
        const images = { ...prepared, ...found, preprocessing: architecture.preprocessing };
        const estimates = input.estimates ? { head: hasTrainedSoftmax(architecture, asked) } : undefined;
        return await probeSweep(network, images, { folds, seed, batch, estimates, signal, onProgress: progress });
      } finally {
        network.variables.dispose();
      }
    });
    const { classes, leftOut, warnings } = found;
    const grouping = groupingOf(found.dataset.report);
    const { fingerprint } = found.dataset.report;
    return {
      ...{ ...swept, grouping, ...readSweep(swept.cuts), network: asked },
      ...{ classes: [...classes], fingerprint, leftOut, warnings },
    };
  } finally {
    prepared.cache.close();
  }
}
