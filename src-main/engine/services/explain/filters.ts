import { withChannels } from '../../../backbone/channels.ts';
import type { Graph } from '../../../backbone/graph.ts';
import type { Preprocessing, Weights } from '../../../backbone/model.ts';
import { graphParameters } from '../../../backbone/parameters.ts';
import { inferShapes } from '../../../backbone/shapes.ts';
import { findBackbone } from '../../../backbone/zoo/index.ts';
import { CutpointError } from '../../../contract/errors.ts';
import type { FilterKind, FilterLayer } from '../../../contract/explain.ts';
import type { CallContext, OutputOf, ParsedInputOf } from '../../../contract/index.ts';
import { explainedCut } from '../../explain/activationMap.ts';
import { ascend } from '../../explain/filters/ascent.ts';
import { innerPart, kindOf, measure } from '../../explain/filters/kinds.ts';
import type { Network } from '../../execute/run.ts';
import type { Workspace } from '../../store/workspace.ts';
import { withEngine } from '../../tensor/engines.ts';
import { loadSource } from '../../transfer/source.ts';
import { networkOn } from '../../network/open.ts';
import { breathe } from '../../breathe.ts';
import { pngOf } from './map.ts';
import { withModel } from '../../network/trained.ts';

type Request = ParsedInputOf<'explain.filters'>;
type Call = CallContext<'explain.filters'>;

/** Images made together. */
const BATCH = 8;

/**
 * Images to which the channels of some layers respond, and what kinds of filters they are, of a run's network or of
 * pretrained weights as they are.
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE, SOURCE_UNKNOWN, CUT_UNKNOWN, INPUT_TOO_SMALL, INPUT_INVALID
 */
export async function visualiseFilters(
  workspace: Workspace,
  request: Request,
  call: Call,
): Promise<OutputOf<'explain.filters'>> {
  const { of } = request;
  if ('run' in of) {
    const run = workspace.store.runs.get(of.run);
    return withModel(workspace, run, (network, { preprocessing }) => layers(network, preprocessing, request, call));
  }
  const { graph, weights, preprocessing } = await openSource(workspace, of.source);
  return withEngine('auto', async (engine) => {
    const network = networkOn(engine, { graph }, { weights });
    try {
      return await layers(network, preprocessing, request, call);
    } finally {
      network.variables.dispose();
    }
  });
}

/** What of a source makes maps. */
async function openSource(
  workspace: Workspace,
  name: string,
): Promise<{ graph: Graph; weights: Weights; preprocessing: Preprocessing }> {
  const source = workspace.store.sources.get(name);
  const backbone = findBackbone(source.backbone);
  const graph = withChannels(backbone.build(), 3);
  const size = { height: backbone.input, width: backbone.input };
  const keys = new Set(graphParameters(graph, size).map(({ key }) => key));
  const weights = await loadSource(workspace, name, backbone.name, keys);
  return { graph, weights, preprocessing: source.preprocessing ?? backbone.preprocessing };
}

async function layers(
  network: Network,
  preprocessing: Preprocessing,
  request: Request,
  { signal, progress }: Call,
): Promise<OutputOf<'explain.filters'>> {
  const { size, steps, seed } = request;
  const cuts = (request.cuts ?? [undefined]).map((cut) => explainedCut(network, cut));
  // Of the layers that make maps: what is flattened takes images of one size only.
  const last = explainedCut(network);
  const { nodes } = network.graph;
  const trunk = { ...network.graph, nodes: nodes.slice(0, nodes.findIndex(({ name }) => name === last) + 1) };
  const shapes = inferShapes(trunk, { height: size, width: size });
  const work = cuts.map((cut) => {
    const channels = shapes.get(cut)!.at(-1)!;
    return { cut, channels, chosen: choose(request.channels, channels, cut) };
  });
  const total = work.reduce((sum, { chosen }) => sum + chosen.length, 0);
  let done = 0;
  const found: FilterLayer[] = [];
  for (const { cut, channels, chosen } of work) {
    const filters: FilterLayer['filters'] = [];
    for (let start = 0; start < chosen.length; start += BATCH) {
      signal.throwIfAborted();
      const pictures = ascend(network, cut, chosen.slice(start, start + BATCH), { size, steps, seed, preprocessing });
      for (const { channel, activation, pixels, responds } of pictures) {
        const inner = innerPart(pixels, size);
        const statistics = measure(inner.pixels, inner.size);
        const png = await pngOf({ width: size, height: size, channels: 3, pixels });
        filters.push({ channel, activation, kind: responds ? kindOf(statistics) : null, statistics, png });
      }
      done += pictures.length;
      progress({ done, total });
      await breathe();
    }
    const count = (kind: FilterKind | null): number => filters.filter((filter) => filter.kind === kind).length;
    found.push({
      ...{ cut, channels, filters, silent: count(null) },
      counts: {
        directional: count('directional'),
        colour: count('colour'),
        noise: count('noise'),
        complex: count('complex'),
      },
    });
  }
  return { layers: found };
}

/** @throws CutpointError INPUT_INVALID for a channel that the layer does not have */
function choose(asked: number | readonly number[], channels: number, cut: string): number[] {
  if (typeof asked === 'number') {
    const count = Math.min(asked, channels);
    return Array.from({ length: count }, (_, i) => Math.floor((i * channels) / count));
  }
  const outside = asked.find((channel) => channel >= channels);
  if (outside === undefined) return [...new Set(asked)];
  throw new CutpointError(
    'INPUT_INVALID',
    `The layer ${cut} has ${channels} channels; there is no channel ${outside}.`,
    {
      remedy: `Choose channels from 0 to ${channels - 1}.`,
    },
  );
}
