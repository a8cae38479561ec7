import type { Preprocessing } from '../../backbone/model.ts';

/** Preprocessing as `value * scale + offset` per channel, for values of 0 to 255. */
export function affine({ mean, std }: Preprocessing): { scale: Float32Array; offset: Float32Array } {
  return {
    scale: Float32Array.from(std, (deviation) => 1 / (255 * deviation)),
    offset: Float32Array.from(mean, (value, channel) => -value / std[channel]!),
  };
}
