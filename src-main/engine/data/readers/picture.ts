import { CutpointError } from '../../../contract/errors.ts';

/** Largest picture decoded, in pixels (a full-field mammogram has 20 million). Larger ones are refused before decoding. */
export const MAX_PIXELS = 64e6;

/** Largest file read, in bytes. */
export const MAX_FILE_BYTES = 1024 ** 3;

export type Samples =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** What a user should know about how a picture was read. The same code and the same kind of note count together. */
export interface Note {
  code: 'EXTENSION' | 'ALPHA' | 'PAGES' | 'FRAMES' | 'RANGE';
  message: string;
}

/** A decoded picture before windowing: samples as the file stores them. */
export interface Picture {
  width: number;
  height: number;
  channels: 1 | 3;
  /** width × height × channels, row after row, channels interleaved. */
  samples: Samples;
  /**
   * How samples become grey or colour levels: `bytes`, they are levels already; `range`, smallest to largest sample is
   * black to white; a function, sample to level in [0, 255] (values outside are clamped).
   */
  display: 'bytes' | 'range' | ((sample: number) => number);
  notes: Note[];
}

/** One file format. `match` decides by content alone; `open` throws CutpointError IMAGE_CORRUPT, …_TOO_LARGE, …_UNSUPPORTED. */
export interface Reader {
  format: string;
  /** Usual endings of names, without the dot. */
  extensions: string[];
  match(bytes: Buffer): boolean;
  open(bytes: Buffer): Promise<OpenedImage>;
}

export interface OpenedImage {
  picture: Picture;
  /** DICOM PatientID as it stands in the file: to be hashed at once, never stored, logged or shown. */
  patient?: string;
}

/** Throws IMAGE_TOO_LARGE for pictures beyond MAX_PIXELS and IMAGE_CORRUPT for sides below 1. */
export function checkDimensions(width: number, height: number): void {
  if (!(width >= 1 && height >= 1)) throw corrupt('it declares a picture without pixels');
  if (width * height > MAX_PIXELS)
    throw new CutpointError(
      'IMAGE_TOO_LARGE',
      `The picture has ${width} × ${height} pixels; Cutpoint reads up to ${MAX_PIXELS / 1e6} million.`,
      { remedy: 'Save a smaller copy of the picture.', details: { width, height, limit: MAX_PIXELS } },
    );
}

/** IMAGE_CORRUPT with a reason that completes "The file is damaged: …". */
export function corrupt(reason: string, cause?: unknown): CutpointError {
  return new CutpointError('IMAGE_CORRUPT', `The file is damaged or incomplete: ${reason}.`, {
    remedy: 'Copy or export the file again from its source.',
    cause,
  });
}

export function unsupported(message: string): CutpointError {
  return new CutpointError('IMAGE_UNSUPPORTED', message, {
    remedy: 'Convert it to uncompressed DICOM or to PNG, or leave it out.',
  });
}
