import { corrupt, type Note, type Samples } from '../picture.ts';
import type { DicomFile } from './header.ts';
import { depthOf, type Inputs, lookUp, readLut } from './lut.ts';

/** Full-range YCbCr to RGB (PS3.3, C.7.6.3.1.2; ITU-R BT.601 coefficients), samples of `bits`, in place. */
export function ybrToRgb(samples: Samples, bits = 8): void {
  const [middle, highest] = [2 ** (bits - 1), 2 ** bits - 1];
  const level = (value: number) => Math.min(highest, Math.max(0, Math.round(value)));
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const y = samples[at]!;
    const cb = samples[at + 1]! - middle;
    const cr = samples[at + 2]! - middle;
    samples[at] = level(y + 1.402 * cr);
    samples[at + 1] = level(y - 0.344136 * cb - 0.714136 * cr);
    samples[at + 2] = level(y + 1.772 * cb);
  }
}

/** A palette of 16 bits may be dark; one that does not reach this share of them holds something else. */
const LEAST_OF_DEPTH = 1 / 16;

/** PALETTE COLOR samples to 8-bit RGB through the three lookup tables of the header. Throws IMAGE_CORRUPT without them. */
export function applyPalette(samples: Samples, file: DicomFile, inputs: Inputs): { rgb: Uint8Array; notes: Note[] } {
  const tables = ['1', '2', '3'].map((channel) => {
    const tags = {
      descriptor: `x0028110${channel}`,
      data: `x0028120${channel}`,
      segmented: `x0028122${channel}`,
    };
    const table = readLut(file, file.data, tags, inputs);
    if (!table) throw corrupt('its colour palette is missing');
    return table;
  });
  const { bits, asDeclared } = depthOf(tables, LEAST_OF_DEPTH);
  const rgb = new Uint8Array(samples.length * 3);
  const shift = Math.max(0, bits - 8);
  for (let pixel = 0; pixel < samples.length; pixel++)
    for (let channel = 0; channel < 3; channel++)
      rgb[pixel * 3 + channel] = lookUp(tables[channel]!, samples[pixel]!) >> shift;
  const message = `The image’s colour palette claims ${tables[0]!.bits} bits, but its entries have ${bits}; ${bits} were used.`;
  return { rgb, notes: asDeclared ? [] : [{ code: 'LUT', message }] };
}
