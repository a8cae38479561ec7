import { openWeights } from '../../../src-main/engine/weights/open.ts';

/** The values of every tensor that can be read as weights, by name. */
export async function readAll(path: string): Promise<Map<string, Float32Array>> {
  const file = await openWeights(path);
  try {
    const all = new Map<string, Float32Array>();
    for (const [name, tensor] of file.tensors) all.set(name, await tensor.read());
    return all;
  } finally {
    await file.close();
  }
}
