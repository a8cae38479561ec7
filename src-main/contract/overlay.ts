import { viridis } from './viridis.ts';

/** Opacity of the map where it is strongest; it falls to nothing where the map does, so that the image stays readable. */
export const OVERLAY_OPACITY = 0.65;
/** Of the black over what the network does not see. */
const UNSEEN = 0.5;

const COLOURS = Array.from({ length: 256 }, (_, level) => viridis(level / 255));

/**
 * A map laid over its image in viridis (dark blue: little, yellow: most), by √value × opacity; what the network does not
 * see is darkened. The command line and the window both draw overlays by this alone.
 * @param image n pixels of four bytes: red, green, blue, and one that is ignored
 * @param map as many pixels of a map as `explain.map` gives it: grey three times, and 0 where the network sees nothing
 * @param opacity where the map is strongest, [0, 1]
 * @returns n pixels of four bytes, the last 255
 */
export function overlayPixels(
  image: ArrayLike<number>,
  map: ArrayLike<number>,
  opacity = OVERLAY_OPACITY,
): Uint8ClampedArray<ArrayBuffer> {
  const result = new Uint8ClampedArray(image.length);
  for (let at = 0; at < image.length; at += 4) {
    const value = map[at]!;
    const seen = map[at + 3]! > 0;
    const share = seen ? opacity * Math.sqrt(value / 255) : UNSEEN;
    const colour = seen ? COLOURS[value]! : BLACK;
    for (let channel = 0; channel < 3; channel++)
      result[at + channel] = Math.round(image[at + channel]! * (1 - share) + colour[channel]! * share);
    result[at + 3] = 255;
  }
  return result;
}

const BLACK = [0, 0, 0] as const;
