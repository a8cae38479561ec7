import { CutpointError } from '../../contract/errors.ts';
import type { Backbone } from './backbone.ts';
import { mobilenetsV2 } from './mobilenetV2.ts';
import { resnets } from './resnet.ts';

export type { Backbone, Dialect, Initialisation } from './backbone.ts';

/** Every backbone. A new family is one file and one line here. */
export const backbones: readonly Backbone[] = [...mobilenetsV2, ...resnets];

/** @throws CutpointError BACKBONE_UNKNOWN, with the names there are in `details.valid` */
export function findBackbone(name: string): Backbone {
  const found = backbones.find((backbone) => backbone.name === name);
  if (found) return found;
  const valid = backbones.map((backbone) => backbone.name);
  throw new CutpointError('BACKBONE_UNKNOWN', `There is no backbone named '${name}'.`, {
    remedy: `Choose one of: ${valid.join(', ')}.`,
    details: { valid },
  });
}
