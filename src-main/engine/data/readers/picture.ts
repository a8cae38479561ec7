import { CutpointError } from '../../../contract/errors.ts';
import type { DicomValues } from '../../../contract/data.ts';
import type { Slice } from './dicom/slice.ts';
import type { Spacing } from './dicom/spacing.ts';
import type { Unscaled } from './scale.ts';

/** Largest image decoded, in pixels (a full-field mammogram has 20 million). Larger ones are refused before decoding. */
export const MAX_PIXELS = 64e6;

/** Images of up to so many samples are decoded without libvips where they are plain: larger ones it decodes faster. */
export const MOST_PLAIN_SAMPLES = 512 * 512;

/** Largest image decoded, in bytes of its samples: {@link MAX_PIXELS} in colour. */
const MAX_SAMPLE_BYTES = 3 * MAX_PIXELS;

/** Largest file read, in bytes. */
export const MAX_FILE_BYTES = 1024 ** 3;

export type Samples =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export type NoteCode =
  | 'EXTENSION'
  | 'ALPHA'
  | 'PAGES'
  | 'FRAMES'
  | 'CHANNELS'
  | 'PROFILE'
  // How samples became levels.
  | 'RANGE'
  | 'MIDDLE'
  | 'HOUNSFIELD'
  | 'NTH_WINDOW'
  | 'SCALE'
  | 'CLIPPED'
  | 'DARK'
  | 'WINDOW'
  | 'LUT'
  | 'UNIFORM'
  // Headers that contradict themselves or their pixels.
  | 'BITS'
  | 'SIGN'
  | 'COLOURS'
  | 'OVERLAY'
  | 'SCREEN';

/** What a user should know about how an image was read. The same code and the same kind of note count together. */
export interface Note {
  code: NoteCode;
  message: string;
}

/** A decoded image before windowing: samples as the file stores them. */
export interface Picture {
  width: number;
  height: number;
  channels: 1 | 3;
  /** width × height × channels, row after row, channels interleaved. */
  samples: Samples;
  /**
   * How samples become grey or colour levels: `bytes`, they are levels already; a function, sample to level in [0, 255]
   * (values outside are clamped); or what is known of them where the file does not say.
   */
  display: 'bytes' | ((sample: number) => number) | Unscaled;
  /** Of CT images: what a window in Hounsfield units takes, in place of the display that the file gives. */
  hounsfield?: Unscaled;
  /** Of files with several windows: what each of them makes of a sample, in the place of `display`. */
  windows?: readonly ((sample: number) => number)[];
  /** Of DICOM files. */
  stored?: StoredValues;
  notes: Note[];
}

/** What a header says of the samples, for who shows them otherwise than as levels. */
export type StoredValues = DicomValues & { bitsStored: number };

/** Whom an image is of, and when it was made, as its DICOM file says: to be hashed or counted at once, never stored, logged or shown. */
export interface Identity {
  patient?: string;
  /** Study and Series Instance UID. */
  study?: string;
  series?: string;
  /** Manufacturer and model: the one of them that may be kept. */
  scanner?: string;
  /** Of the patient, in years, those of 90 and over as 90; `F`, `M` or `O`. */
  age?: number;
  sex?: string;
  /** Station Name, and the day on which the image was made (else that of its study), as YYYY-MM-DD. */
  station?: string;
  date?: string;
}

/** One file format. `match` decides by content alone; `open` throws CutpointError IMAGE_CORRUPT, …_TOO_LARGE, …_UNSUPPORTED. */
export interface Reader {
  format: string;
  /** Usual endings of names, without the dot. */
  extensions: string[];
  match(bytes: Buffer): boolean;
  /** @param frame from 0; left out: the middle one of DICOM, else the first */
  open(bytes: Buffer, frame?: number): Promise<OpenedImage>;
}

export interface OpenedImage {
  picture: Picture;
  /** Frames or pages of the file; left out: 1. */
  frames?: number;
  /** Of several, which it is, from 0; left out: the one that was asked for, or the first. */
  frame?: number;
  /** Of DICOM files. */
  identity?: Identity;
  dicom?: DicomFacts;
}

/** What the header of a DICOM file says of how its image is stored; nothing that could identify a patient. */
export interface DicomFacts {
  /** As the header has it: `MONOCHROME1`, `RGB`, … */
  photometric: string;
  /** Its UID. */
  transferSyntax: string;
  bitsStored: number;
  /** How many windows it brings, and whether a lookup table takes their place. */
  windows: number;
  voiTable: boolean;
  /** How the file explains each of several windows; empty where it does not. */
  windowNames?: string[];
  manufacturer?: string;
  /** `CT`, `DX`, … */
  modality?: string;
  /** View Position: `PA`, `AP`, `MLO`, … */
  view?: string;
  spacing?: Spacing;
  slice?: Slice;
  /** Its values are Hounsfield units. */
  hounsfield?: true;
}

/**
 * Throws IMAGE_TOO_LARGE for images that would take more than a reader may, before anything of them is decoded, and
 * IMAGE_CORRUPT for sides below 1. `pixelBytes`: size of a decoded pixel.
 */
export function checkDimensions(width: number, height: number, pixelBytes = 1): void {
  if (!(width >= 1 && height >= 1)) throw corrupt('it declares an image without pixels');
  const bytes = width * height * pixelBytes;
  const tooMany = width * height > MAX_PIXELS;
  if (!tooMany && bytes <= MAX_SAMPLE_BYTES) return;
  const has = tooMany
    ? `${width} × ${height} pixels; Cutpoint reads up to ${MAX_PIXELS / 1e6} million`
    : `${Math.ceil(bytes / 1e6)} MB of samples; Cutpoint reads up to ${MAX_SAMPLE_BYTES / 1e6} MB`;
  throw new CutpointError('IMAGE_TOO_LARGE', `The image has ${has}.`, {
    remedy: 'Save a smaller copy of the image.',
    details: { width, height, limit: tooMany ? MAX_PIXELS : MAX_SAMPLE_BYTES },
  });
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

/** Readers take no notice of a frame where there is but one. @throws CutpointError INPUT_INVALID */
export function requireFrame(frame: number | undefined, frames: number): void {
  if (frame === undefined || frame < frames) return;
  throw new CutpointError('INPUT_INVALID', `The file has ${frames === 1 ? 'one frame' : `${frames} frames`}, and no frame ${frame + 1}.`); // prettier-ignore
}

/** JPEG makes grey a little coloured. In levels of 8 bits. */
const NEARLY_GREY = 4;

/** Whether an image has no colour, although it may be stored in three channels. */
export function isGrey({ channels, samples }: Pick<Picture, 'channels' | 'samples'>): boolean {
  if (channels === 1) return true;
  const most = NEARLY_GREY * (samples.BYTES_PER_ELEMENT === 1 ? 1 : 256);
  for (let at = 0; at < samples.length; at += 3) {
    const [red, green, blue] = [samples[at]!, samples[at + 1]!, samples[at + 2]!];
    if (Math.abs(red - green) > most || Math.abs(green - blue) > most) return false;
  }
  return true;
}
