import type { DicomValues, ImagePixels } from '../../contract/data.ts';
import type { Samples, StoredValues } from './readers/picture.ts';
import { readImage } from './readers/read.ts';

const TYPES: Record<ImagePixels['type'], new () => Samples> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** An image at full depth, before any window. @param frame from 0; left out: the one that is trained on. Throws as `readImage` does. */
export async function pixelsOf(path: string, frame?: number): Promise<ImagePixels> {
  const { format, picture, frames, frame: shown, notes } = await readImage(path, frame);
  const { width, height, channels, samples, stored } = picture;
  return {
    ...{ format, width, height, channels },
    type: typeOf(samples),
    // A copy: they may lie among other bytes. Every processor that Cutpoint runs on is little-endian.
    samples: new Uint8Array(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)),
    bitsStored: stored?.bitsStored ?? null,
    dicom: stored ? valuesOf(stored) : null,
    ...{ frames, frame: shown },
    notes: notes.map(({ message }) => message),
  };
}

const valuesOf = ({ bitsStored: _, ...values }: StoredValues): DicomValues => values;

const typeOf = (samples: Samples): ImagePixels['type'] =>
  (Object.keys(TYPES) as ImagePixels['type'][]).find((name) => samples instanceof TYPES[name])!;
