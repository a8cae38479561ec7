import type { GraphNode, OpName } from '../../../backbone/graph.ts';
import type { Handler } from '../handler.ts';
import { activation } from './activation.ts';
import { batchNorm } from './batchNorm.ts';
import { add, concat, multiply } from './combine.ts';
import { conv, depthwiseConv } from './conv.ts';
import { dense, flatten } from './dense.ts';
import { layerNorm } from './layerNorm.ts';
import { channelScale, dropout, input, softmax } from './pointwise.ts';
import { averagePool, globalAveragePool, maxPool } from './pool.ts';
import { upsample } from './upsample.ts';

/** Every operation a graph may hold; a missing one does not compile. */
const handlers: { [K in OpName]: Handler<K> } = {
  input,
  conv,
  depthwiseConv,
  batchNorm,
  layerNorm,
  channelScale,
  activation,
  maxPool,
  averagePool,
  upsample,
  globalAveragePool,
  flatten,
  add,
  multiply,
  concat,
  dropout,
  dense,
  softmax,
};

export function handlerOf(node: GraphNode): Handler<OpName> {
  return handlers[node.op] as unknown as Handler<OpName>;
}
