import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ComparisonCell } from '../../contract/comparison/shared.ts';
import { drawnNetwork } from '../export/drawnNetwork.ts';
import { measureLatency } from '../export/latency.ts';
import { architectureOf, type Architecture } from '../../backbone/architecture.ts';
import { cellPlan } from './cells.ts';
import type { ComparisonContext } from './context.ts';

/**
 * Milliseconds for one image through the network of a cell, exported to ONNX, in onnxruntime on this machine's
 * processor: the median of many calls. Time does not depend on the values of weights: they are drawn, and each
 * architecture of a comparison is measured once.
 */
export async function latencyOf(comparison: ComparisonContext, cell: ComparisonCell): Promise<number> {
  const plan = cellPlan(comparison.plan.base, cell, comparison.workspace);
  const architecture = architectureOf(plan, comparison.classes);
  return comparison.remember(`latency ${nameOf(architecture)}`, z.number(), async () => {
    const { rows } = await measureLatency({ exported: await drawnNetwork(architecture, plan) }, architecture.input, {
      batches: [1],
      progress: (message) => comparison.say(message),
      signal: comparison.signal,
    });
    return rows[0]!.milliseconds;
  });
}

function nameOf({ graph, input, preprocessing }: Architecture): string {
  const identity = JSON.stringify([graph.nodes, input, preprocessing.grey]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}
