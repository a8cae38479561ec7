import type { ActivationKind, GraphNode } from '../../backbone/graph.ts';
import { isPadded } from './window.ts';

/** What an operation holds while it runs, beside its inputs and results, in values of one image. */
export interface Temporaries {
  forward: number;
  backward: number;
}

/** Tensors of the output's size inside of an activation: its intermediate results are freed together at its end. */
const ACTIVATIONS: Record<ActivationKind, Temporaries> = {
  relu: { forward: 0, backward: 0 },
  relu6: { forward: 0, backward: 0 },
  sigmoid: { forward: 0, backward: 2 },
  hardSigmoid: { forward: 2, backward: 2 },
  swish: { forward: 1, backward: 5 },
  hardSwish: { forward: 3, backward: 6 },
  gelu: { forward: 4, backward: 11 },
  logSigmoid: { forward: 2, backward: 2 },
};

/** Of one node, by the size of its output and of its first input. */
export function temporariesOf(node: GraphNode, output: number, input: number): Temporaries {
  switch (node.op) {
    case 'activation': {
      const { forward, backward } = ACTIVATIONS[node.attributes.kind];
      return { forward: forward * output, backward: backward * output };
    }
    case 'conv': {
      // A copy in the layout that the kernels compute in; where padding is explicit, a padded one too.
      const paddedInput = isPadded(node.attributes.padding) ? input : 0;
      const parts = node.attributes.groups > 1 ? input + output : 0;
      return { forward: parts, backward: paddedInput + parts };
    }
    case 'layerNorm':
      return { forward: 4 * output, backward: 6 * output };
    case 'multiply':
      return { forward: 0, backward: output };
    case 'upsample': {
      // With the columns repeated, or summed, and not yet the rows.
      const halfway = output / node.attributes.factor;
      return { forward: halfway, backward: halfway };
    }
    case 'averagePool':
      return { forward: input, backward: input };
    default:
      return { forward: 0, backward: 0 };
  }
}
