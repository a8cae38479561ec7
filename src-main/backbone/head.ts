import type { Graph, GraphNode } from './graph.ts';
import { nodesWithPositions } from './positions.ts';

export interface HeadOptions {
  classes: number;
  pooling: 'average' | 'flatten';
  /** Rate in [0, 1); at 0 there is no dropout node. */
  dropout: number;
  /** Left out: softmax. */
  classifier?: Classifier;
}

/**
 * What the dense layer's outputs are: logits of a softmax; or of one calibrated SVM for each class against the rest, whose
 * probabilities are divided by their sum. Of two classes, either way the logits of a softmax.
 */
export type Classifier = 'softmax' | 'svm';

/** The dense layer of the classifier that `withHead` puts on top. */
export const HEAD_DENSE = 'head_dense';

/**
 * The backbone with a classifier on top: global average pooling or flattening, which features without positions need no
 * more, dropout, and a dense layer that ends in logits. The nodes are named `head_pool` or `head_flatten`, `head_dropout`
 * and `head_dense`; behind SVMs of several classes `head_log_sigmoid`, because the softmax of log σ(z) is σ(z) over its sum.
 */
export function withHead(graph: Graph, { classes, pooling, dropout, classifier = 'softmax' }: HeadOptions): Graph {
  const trunkEnd = graph.nodes.at(-1)!.name;
  const head: GraphNode[] = [];
  const end = (): string => head.at(-1)?.name ?? trunkEnd;
  if (nodesWithPositions(graph).has(trunkEnd)) {
    head.push(
      pooling === 'average'
        ? { name: 'head_pool', op: 'globalAveragePool', inputs: [end()], attributes: { keepSpatial: false } }
        : { name: 'head_flatten', op: 'flatten', inputs: [end()], attributes: {} },
    );
  }
  if (dropout > 0) head.push({ name: 'head_dropout', op: 'dropout', inputs: [end()], attributes: { rate: dropout } });
  const attributes = { units: classes, bias: true };
  head.push({ name: HEAD_DENSE, op: 'dense', inputs: [end()], attributes });
  if (classifier === 'svm' && classes > 2) {
    head.push({ name: 'head_log_sigmoid', op: 'activation', inputs: [HEAD_DENSE], attributes: { kind: 'logSigmoid' } });
  }
  return { name: graph.name, nodes: [...graph.nodes, ...head] };
}
