import { CutpointError } from '../../contract/errors.ts';
import { ENCODERS, isUnet } from '../unet/names.ts';
import type { Backbone } from './backbone.ts';
import { alexnets } from './alexnet.ts';
import { cbrs } from './cbr.ts';
import { convnexts } from './convnext.ts';
import { densenets } from './densenet.ts';
import { efficientnets } from './efficientnet.ts';
import { efficientnetLites } from './efficientnetLite.ts';
import { inceptionsV3 } from './inceptionV3.ts';
import { mobilenetsV2 } from './mobilenetV2.ts';
import { mobilenetsV3 } from './mobilenetV3.ts';
import { resnets } from './resnet.ts';
import { vggs } from './vgg.ts';

export { libraryOf, type Backbone, type Dialect, type Initialisation } from './backbone.ts';

/** Every backbone. A new family is one file and one line here. */
export const backbones: readonly Backbone[] = [
  ...mobilenetsV2,
  ...mobilenetsV3,
  ...efficientnets,
  ...efficientnetLites,
  ...convnexts,
  ...resnets,
  ...vggs,
  ...alexnets,
  ...cbrs,
  ...densenets,
  ...inceptionsV3,
];

/** @throws CutpointError BACKBONE_UNKNOWN, with the names there are in `details.valid` */
export function findBackbone(name: string): Backbone {
  const found = backbones.find((backbone) => backbone.name === name);
  if (found) return found;
  const valid = backbones.map((backbone) => backbone.name);
  if (isUnet(name)) {
    throw new CutpointError(
      'BACKBONE_UNKNOWN',
      `'${name}' makes masks, and training such networks is not part of this version.`,
      {
        remedy: `Choose a network that tells classes apart, such as '${ENCODERS[name]}'; 'cutpoint inspect ${name}' shows what this one is.`,
        details: { valid },
      },
    );
  }
  throw new CutpointError('BACKBONE_UNKNOWN', `There is no backbone named '${name}'.`, {
    remedy: `Choose one of: ${valid.join(', ')}.`,
    details: { valid },
  });
}
