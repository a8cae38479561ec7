import { join } from 'node:path';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { generator } from '../../src-main/engine/random.ts';
import { inFile } from '../../src-main/engine/weights/dialects.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { writeSafetensors } from '../../src-main/engine/weights/writeSafetensors.ts';

/** A file of random weights with the names and shapes of a published one, without the tensors that are `lacking`. */
export async function randomWeightsFile(
  folder: string,
  name: string,
  lacking: readonly string[] = [],
): Promise<string> {
  const file = join(folder, `${name}.safetensors`);
  const backbone = findBackbone(name);
  const parameters = graphParameters(backbone.build(), { height: 224, width: 224 });
  const values = initialise(parameters, backbone.initialisation, generator('source'));
  // Values in the wrong axis order are weights all the same: only names and shapes matter here.
  const named = parameters.map((parameter) => {
    const stored = inFile(parameter, backbone.dialect);
    return [stored.name, { shape: stored.shape, data: values.get(parameter.key)!.data }] as const;
  });
  await writeSafetensors(file, new Map(named.filter(([stored]) => !lacking.includes(stored))));
  return file;
}
