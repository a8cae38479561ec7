import type { H5Tensor } from './h5Messages.ts';
import { unnamedLayer } from './kerasPositions.ts';

/** What the numbered variables of a layer are, by its class; a class that is not listed has no weights of an encoder. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  conv2d: ['kernel', 'bias'],
  depthwise_conv2d: ['depthwise_kernel', 'bias'],
  dense: ['kernel', 'bias'],
  layer_normalization: ['gamma', 'beta'],
  layer_scale: ['gamma'],
  normalization: ['mean', 'variance', 'count'],
};

/** Without scale there is no gamma, and the others move up. */
const BATCH_NORMALIZATION = ['gamma', 'beta', 'moving_mean', 'moving_variance'];

/** Parts of a path that stand for lists of layers, in Keras 3 and in the first form of its format (TensorFlow 2.12). */
const LISTS: ReadonlySet<string> = new Set(['layers', '_layer_checkpoint_dependencies']);

/**
 * Names of the legacy format for variables that Keras 3 numbers: `layers/functional/layers/conv2d_1/vars/0` of the layer
 * `stem` is `functional/stem/kernel`. Before Keras 3.6 a file does not say what its layers are called; then they are
 * known by their place in their class (see kerasPositions.ts), unless `layerNames` knows better.
 * @param layerNames from the path of a layer's group (`layers/conv2d_1`) to its name
 */
export function namedVariables(
  tensors: readonly H5Tensor[],
  layerNames: ReadonlyMap<string, string> = new Map(),
): { name: string; tensor: H5Tensor }[] {
  const parsed = tensors.map((tensor) => ({ tensor, variable: /^(.+)\/vars\/(\d+)$/.exec(tensor.name) }));
  const counts = new Map<string, number>();
  for (const { variable } of parsed) if (variable) counts.set(variable[1]!, (counts.get(variable[1]!) ?? 0) + 1);
  return parsed.map(({ tensor, variable }) => {
    if (!variable) return { name: tensor.name, tensor };
    const [, group, number] = variable as unknown as [string, string, string];
    const parts = group.split('/').filter((part) => !LISTS.has(part));
    const last = parts.pop() ?? '';
    const [, layerClass, position = '0'] = /^(.*?)(?:_(\d+))?$/.exec(last) as unknown as [string, string, string?];
    const layer = tensor.layer ?? layerNames.get(group) ?? unnamedLayer(layerClass, Number(position));
    const role = variablesOf(layerClass, counts.get(group)!)?.[Number(number)] ?? number;
    return { name: [...parts, layer, role].join('/'), tensor };
  });
}

function variablesOf(layerClass: string, count: number): readonly string[] | undefined {
  return layerClass === 'batch_normalization' ? BATCH_NORMALIZATION.slice(-count) : VARIABLES[layerClass];
}
