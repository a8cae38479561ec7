import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Graph } from '../../backbone/graph.ts';
import type { Model, Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import type { Initialisation } from '../../backbone/zoo/index.ts';
import type { Network } from '../execute/run.ts';
import { generator } from '../random.ts';
import { breathe } from '../breathe.ts';
import { initialise } from '../weights/initialise.ts';
import { activationMaps, type ActivationMap, type MapSettings } from './activationMap.ts';

/** A part of the network whose weights are drawn anew together. */
export interface Stage {
  /** Name of the block, or `head`. */
  name: string;
  nodes: ReadonlySet<string>;
}

/** The parts of a network that have weights, from the head down to the first block. */
export function stagesOf(graph: Graph, weights: Weights): Stage[] {
  const parts = new Map<string, Set<string>>();
  const weighted = new Set([...weights.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))));
  for (const { name, block } of graph.nodes.filter((node) => weighted.has(node.name)).toReversed()) {
    const part = block ?? 'head';
    parts.set(part, (parts.get(part) ?? new Set()).add(name));
  }
  return [...parts].map(([name, nodes]) => ({ name, nodes }));
}

/**
 * Maps of one image while ever more of the network is random (Adebayo et al. 2018, cascading randomisation): first the
 * head, then block after block below it, by the rule with which the backbone is initialised. The network has its own
 * weights back at the end.
 * @param x [1, h, w, c]; stays the caller's
 * @param settings.target must be a class, for the random networks predict another
 * @returns one map for each of {@link stagesOf}, each with all stages before it random too
 */
export async function cascade(
  network: Network,
  model: Pick<Model, 'graph' | 'weights' | 'input'>,
  x: Tensor4D,
  options: {
    settings: MapSettings & { target: number };
    rule: Initialisation;
    seed: number;
    draw: number;
    onStage?: () => void;
    signal: AbortSignal;
  },
): Promise<ActivationMap[]> {
  const { settings, rule, seed, draw, onStage, signal } = options;
  const parameters = graphParameters(model.graph, model.input);
  const drawn = initialise(parameters, rule, generator(seed, 'explain', 'randomise', draw));
  const assign = (nodes: ReadonlySet<string> | null, values: Weights): void => {
    for (const { key, node } of parameters) {
      const value = values.get(key);
      if (value && (nodes === null || nodes.has(node)))
        network.variables.assign(key, tf.tensor(value.data.slice(), [...value.shape], 'float32'));
    }
  };
  const maps: ActivationMap[] = [];
  try {
    for (const { nodes } of stagesOf(model.graph, model.weights)) {
      signal.throwIfAborted();
      assign(nodes, drawn);
      maps.push(...activationMaps(network, x, settings));
      onStage?.();
      await breathe();
    }
    return maps;
  } finally {
    assign(null, model.weights);
  }
}
