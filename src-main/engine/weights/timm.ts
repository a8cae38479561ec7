import { basename } from 'node:path';
import type { Graph, GraphNode } from '../../backbone/graph.ts';
import type { Backbone } from '../../backbone/zoo/index.ts';

/**
 * How timm (pytorch-image-models 1.0) calls the modules of networks that it shares with torchvision. ResNet, ResNeXt,
 * DenseNet, VGG and Inception-v3 have torchvision's names there already; these have their own:
 *
 * | timm                        | fits                    | because                                                |
 * | --------------------------- | ----------------------- | ------------------------------------------------------ |
 * | `mobilenetv2_100`           | `mobilenet_v2`          | the same                                               |
 * | `efficientnet_b0` … `b3`    | `efficientnet_b0` … `b3`| the same; torchvision's published weights come from it |
 * | `mobilenetv3_*_100`         | `mobilenet_v3_*`        | the same but for ε, 1e-5 there ({@link TimmNames})     |
 * | `convnext_tiny`             | `convnext_tiny`         | the same; the normalisation behind the pooling is in `head` |
 * | `tf_efficientnet_*`, `tf_mobilenetv3_*` | none here   | `same` padding and ε 1e-3, as the Keras graphs         |
 *
 * Names and shapes of the `tf_` variants are those of the others: only the name of the file tells them apart.
 */
export interface TimmNames {
  /** From a node of the backbone to timm's module; LayerScale's is the name of the parameter itself. */
  modules: ReadonlyMap<string, string>;
  /** Of timm's batch normalisation, where it is not the backbone's. */
  epsilon?: number;
}

/** Whether a file has the name of one of timm's `tf_` networks. */
export const isTensorflowPort = (path: string): boolean => /^tf_(efficientnet|mobilenet)/i.test(basename(path));

const FAMILIES: Readonly<Record<string, { rule: (graph: Graph) => Map<string, string>; epsilon?: number }>> = {
  MobileNetV2: { rule: (graph) => invertedResiduals(graph, { conv: 'conv_head', norm: 'bn2' }) },
  EfficientNet: { rule: (graph) => invertedResiduals(graph, { conv: 'conv_head', norm: 'bn2' }) },
  MobileNetV3: {
    rule: (graph) => {
      const last = stagesOf(graph).length;
      const names = invertedResiduals(graph, { conv: `blocks.${last}.0.conv`, norm: `blocks.${last}.0.bn1` });
      // The classifier's hidden layer, which is left out like torchvision's.
      return names.set('classifier.0', 'conv_head');
    },
    epsilon: 1e-5,
  },
  ConvNeXt: { rule: convnext },
};

/** Timm's names for a backbone; undefined where they are torchvision's own, and for Keras's backbones. */
export function timmNames({ family, dialect, build }: Backbone): TimmNames | undefined {
  const naming = FAMILIES[family];
  if (!naming || dialect !== 'torchvision') return undefined;
  const { rule, epsilon } = naming;
  return { modules: rule(build()), ...(epsilon === undefined ? {} : { epsilon }) };
}

/** The units of each stage, and the nodes of each unit, in order. */
function stagesOf(graph: Graph): GraphNode[][][] {
  const blocks = Map.groupBy(graph.nodes, (node) => node.block);
  return [...blocks]
    .filter(([block]) => block?.startsWith('stage'))
    .map(([, nodes]) => [...Map.groupBy(nodes, (node) => node.unit).values()]);
}

/** Timm numbers stages and units alike in all families, and normalisations by their order within a unit. */
function invertedResiduals(graph: Graph, top: { conv: string; norm: string }): Map<string, string> {
  const names = new Map<string, string>();
  nameConvNorm(names, graph, 'stem', { conv: 'conv_stem', norm: 'bn1' });
  nameConvNorm(names, graph, 'top', top);
  stagesOf(graph).forEach((units, stage) =>
    units.forEach((nodes, index) => {
      const unit = `blocks.${stage}.${index}`;
      // With an expansion, the first 1 × 1 convolution is `conv_pw` and the projection `conv_pwl`; without, `conv_pw`.
      const pointwise = nodes[0]!.op === 'conv' ? ['conv_pw', 'conv_pwl'] : ['conv_pw'];
      const squeeze = ['se.conv_reduce', 'se.conv_expand'];
      const norms = ['bn1', 'bn2', 'bn3'];
      for (const node of nodes) {
        const own =
          node.op === 'depthwiseConv'
            ? 'conv_dw'
            : node.op === 'batchNorm'
              ? norms.shift()
              : node.op === 'conv'
                ? (node.attributes.bias ? squeeze : pointwise).shift()
                : undefined;
        if (own !== undefined) names.set(node.name, `${unit}.${own}`);
      }
    }),
  );
  return names;
}

function nameConvNorm(names: Map<string, string>, graph: Graph, block: string, to: { conv: string; norm: string }) {
  for (const { name, op, block: own } of graph.nodes) {
    if (own === block && op === 'conv') names.set(name, to.conv);
    if (own === block && op === 'batchNorm') names.set(name, to.norm);
  }
}

function convnext(graph: Graph): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, op, block } of graph.nodes) {
    if (block === 'stem' && op !== 'input') names.set(name, op === 'conv' ? 'stem.0' : 'stem.1');
  }
  stagesOf(graph).forEach((units, stage) =>
    units.forEach((nodes, index) => {
      const unit = `stages.${stage}.blocks.${index}`;
      const depthwise = nodes.findIndex((node) => node.op === 'depthwiseConv');
      const dense = ['mlp.fc1', 'mlp.fc2'];
      nodes.forEach(({ name, op }, position) => {
        if (position < depthwise) names.set(name, `stages.${stage}.downsample.${position}`);
        else if (op === 'depthwiseConv') names.set(name, `${unit}.conv_dw`);
        else if (op === 'layerNorm') names.set(name, `${unit}.norm`);
        else if (op === 'dense') names.set(name, `${unit}.${dense.shift()}`);
        else if (op === 'channelScale') names.set(name, `${unit}.gamma`);
      });
    }),
  );
  return names;
}
