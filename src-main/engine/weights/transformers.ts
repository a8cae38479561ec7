/**
 * How Hugging Face Transformers calls the modules of the networks that it shares with torchvision: its ResNets and
 * ConvNeXts compute the same. Its EfficientNets and MobileNets pad as TensorFlow does, and have no style here.
 */

/** ResNet: `layer2.0.downsample.1` is `encoder.stages.1.layers.0.shortcut.normalization`. */
export function transformersResnet(name: string): string | undefined {
  const [, unit, layer, part, rest] = /^(?:layer(\d\.\d+)\.)?(conv|bn|downsample\.)(\d)\.(.+)$/.exec(name) ?? [];
  if (layer === undefined) return undefined;
  const isShortcut = layer === 'downsample.';
  const kind = (isShortcut ? part === '0' : layer === 'conv') ? 'convolution' : 'normalization';
  if (unit === undefined) return `embedder.embedder.${kind}.${rest}`;
  const [stage, index] = unit.split('.');
  const place = isShortcut ? 'shortcut' : `layer.${Number(part) - 1}`;
  return `encoder.stages.${Number(stage) - 1}.layers.${index}.${place}.${kind}.${rest}`;
}

/** What the parts of torchvision's ConvNeXt blocks are called. */
const BLOCK: Readonly<Record<string, string>> = {
  'block.0': 'dwconv',
  'block.2': 'layernorm',
  'block.3': 'pwconv1',
  'block.5': 'pwconv2',
};

/** ConvNeXt: its stem is `features.0`, its stages are the odd ones of `features`, what lies between them the even ones. */
export function transformersConvnext(name: string): string | undefined {
  if (name.startsWith('classifier.0.')) return name.replace('classifier.0.', 'layernorm.');
  const [, place, index, rest] = /^features\.(\d)\.(\d+)\.(.+)$/.exec(name) ?? [];
  if (rest === undefined) return undefined;
  const stage = Math.floor(Number(place) / 2);
  if (place === '0') return `embeddings.${index === '0' ? 'patch_embeddings' : 'layernorm'}.${rest}`;
  if (Number(place) % 2 === 0) return `encoder.stages.${stage}.downsampling_layer.${index}.${rest}`;
  const block = `encoder.stages.${stage}.layers.${index}`;
  if (rest === 'layer_scale') return `${block}.layer_scale_parameter`;
  const end = rest.lastIndexOf('.');
  const part = BLOCK[rest.slice(0, end)];
  return part === undefined ? undefined : `${block}.${part}${rest.slice(end)}`;
}
