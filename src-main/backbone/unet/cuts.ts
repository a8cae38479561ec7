import { CutpointError } from '../../contract/errors.ts';
import type { ImageSize } from '../shapes.ts';
import type { UnetName } from './names.ts';

/**
 * Where a U-Net may be cut, shallowest first: after so many halvings of the image's sides. B1 is the block of the encoder
 * that ends with a quarter of them, as the first stage of ResNet does, and each next one halves them once more. Decoder
 * blocks that would enlarge what is gone are removed with it, so that every skip connection has both its ends (Peng et al.
 * 2023, appendix A.2).
 */
export const UNET_CUTS = [
  { name: 'B1', halvings: 2 },
  { name: 'B2', halvings: 3 },
  { name: 'B3', halvings: 4 },
  { name: 'full', halvings: 5 },
] as const;

export type UnetCut = (typeof UNET_CUTS)[number];

/** The whole network. */
export const FULL = UNET_CUTS[3];

/** @throws CutpointError CUT_UNKNOWN, with the names there are in `details.valid` */
export function findUnetCut(unet: UnetName, cut: string): UnetCut {
  const found = UNET_CUTS.find(({ name }) => name === cut);
  if (found) return found;
  const valid = UNET_CUTS.map(({ name }) => name);
  throw new CutpointError('CUT_UNKNOWN', `${unet} has no cut named '${cut}'.`, {
    remedy: `Choose one of: ${valid.join(', ')}.`,
    details: { valid },
  });
}

/** What both sides of an image must be a multiple of, so that enlarged maps fit those beside them. */
export const multipleOf = ({ halvings }: UnetCut): number => 2 ** halvings;

const fits = ({ height, width }: ImageSize, cut: UnetCut): boolean =>
  height % multipleOf(cut) === 0 && width % multipleOf(cut) === 0;

/** The cuts that images of this size fit. */
export const unetCutsAt = (image: ImageSize): UnetCut[] => UNET_CUTS.filter((cut) => fits(image, cut));

/** @throws CutpointError INPUT_INVALID where a square image of this side does not fit a cut, with the nearest sides that do */
export function checkSide(unet: UnetName, cut: UnetCut, side: number): void {
  const image = { height: side, width: side };
  if (fits(image, cut)) return;
  const multiple = multipleOf(cut);
  const below = side - (side % multiple);
  const sides = [below, below + multiple].filter((each) => each > 0);
  const cuts = unetCutsAt(image).map(({ name }) => name);
  throw new CutpointError(
    'INPUT_INVALID',
    `${unet} (${cut.name}) takes images whose sides are multiples of ${multiple} pixels, and ${side} is none.`,
    {
      remedy:
        cuts.length > 0
          ? `Sizes that fit: ${sides.join(', ')} pixels; or choose the cut ${cuts.join(', ')}.`
          : `Sizes that fit: ${sides.join(', ')} pixels.`,
      details: { sides, cuts },
    },
  );
}
