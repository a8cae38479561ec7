import type { GraphNode, OpName } from '../../../backbone/graph.ts';
import type { Handler } from '../handler.ts';
import { batchNorm } from './batchNorm.ts';
import { conv, depthwiseConv } from './conv.ts';
import { activation, add, dropout, input, softmax } from './pointwise.ts';
import { dense, flatten, globalAveragePool, maxPool } from './reduce.ts';

/** Every operation a graph may hold; a missing one does not compile. */
const handlers: { [K in OpName]: Handler<K> } = {
  input,
  conv,
  depthwiseConv,
  batchNorm,
  activation,
  maxPool,
  globalAveragePool,
  flatten,
  add,
  dropout,
  dense,
  softmax,
};

export function handlerOf(node: GraphNode): Handler<OpName> {
  return handlers[node.op] as unknown as Handler<OpName>;
}
