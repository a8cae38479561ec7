/** How often each node's output is read by later nodes. */
export function countReaders(nodes: readonly { inputs: readonly string[] }[]): Map<string, number> {
  const readers = new Map<string, number>();
  for (const node of nodes) for (const name of node.inputs) readers.set(name, (readers.get(name) ?? 0) + 1);
  return readers;
}
