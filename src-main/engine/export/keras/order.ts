import type { KerasLayer } from './layer.ts';

/**
 * Layers in the order of Keras's `model.layers`, by which Keras's files count them: those with the longest way to the
 * output first, and of equal ones the one that a walk back from the output, along the first inputs first, meets first.
 */
export function inKerasOrder(layers: readonly KerasLayer[]): KerasLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const distance = new Map<string, number>([[layers.at(-1)!.name, 0]]);
  for (const { name, inputs } of layers.toReversed()) {
    const further = distance.get(name)! + 1;
    for (const input of inputs) distance.set(input, Math.max(further, distance.get(input) ?? 0));
  }
  const met = new Map<string, number>();
  const walk = (name: string): void => {
    if (met.has(name)) return;
    met.set(name, met.size);
    byName.get(name)!.inputs.forEach(walk);
  };
  walk(layers.at(-1)!.name);
  return layers.toSorted(
    (a, b) => distance.get(b.name)! - distance.get(a.name)! || met.get(a.name)! - met.get(b.name)!,
  );
}
