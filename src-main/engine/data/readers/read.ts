import { extname } from 'node:path';
import { CutpointError } from '../../../contract/errors.ts';
import type { AppliedScale } from '../../../contract/greyScale.ts';
import { frameDigest, readContents } from '../places/contents.ts';
import { bmpReader } from './bmp.ts';
import { dicomReader } from './dicom/dicom.ts';
import { type Levels, toLevels } from './display.ts';
import { corrupt, requireFrame, type DicomFacts, type Identity, type Note, type NoteCode, type Picture, type Reader } from './picture.ts'; // prettier-ignore
import { rasterReaders } from './raster.ts';
import { notesOn, scaledOf } from './scale.ts';

/** DICOM first: its preamble may hold the header of a TIFF (dual-personality files). */
export const READERS: Reader[] = [dicomReader, ...rasterReaders, bmpReader];

export interface ReadImage {
  format: string;
  /** Size of the file. */
  bytes: number;
  /** Of its content; of a frame that the path names, see `digestAt`. */
  sha256: string;
  /** Of the whole file, where the path names a frame of it. */
  fileSha256?: string;
  picture: Picture;
  /** Those on the levels of an image without a window depend on the scale, and are not among them. */
  notes: Note[];
  /** Frames or pages of the file, and which of them this is, from 0. */
  frames: number;
  frame: number;
  /** Of DICOM files. */
  identity?: Identity;
  dicom?: DicomFacts;
}

/** Contents that are often met under an image's name, by their first bytes. */
const OTHER_TYPES: [test: (bytes: Buffer) => boolean, name: string][] = [
  [(bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)), 'a GIF'],
  [(bytes) => bytes.toString('latin1', 0, 5) === '%PDF-', 'a PDF document'],
  [(bytes) => bytes.toString('latin1', 0, 4) === 'PK\x03\x04', 'a ZIP archive or office document'],
  [(bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b, 'a compressed file (gzip, perhaps NIfTI)'],
  [(bytes) => /^ftypavi[fs]/.test(bytes.toString('latin1', 4, 12)), 'an AVIF image'],
  [(bytes) => /^ftyp(hei|hev|mif1|msf1)/.test(bytes.toString('latin1', 4, 12)), 'a HEIC image'],
  [(bytes) => bytes.toString('latin1', 4, 8) === 'ftyp', 'a video, or an image of a related format'],
  [(bytes) => bytes.toString('latin1', 4, 8) === 'jP  ', 'a bare JPEG 2000 image'],
  [(bytes) => /^(n[i+]1\0)$/.test(bytes.toString('latin1', 344, 348)), 'a volume (NIfTI)'],
  [(bytes) => /^n[i+]2\0/.test(bytes.toString('latin1', 4, 8)), 'a volume (NIfTI)'],
  [(bytes) => bytes.toString('latin1', 0, 4) === 'NRRD', 'a volume (NRRD)'],
  [(bytes) => /^(ObjectType|NDims)\s*=/.test(bytes.toString('latin1', 0, 20)), 'a volume (MetaImage)'],
  [(bytes) => bytes.toString('latin1', 0, 6) === '\x93NUMPY', 'an array (NumPy)'],
  [(bytes) => /^(\x89HDF|MATLAB)/.test(bytes.toString('latin1', 0, 6)), 'a file of arrays (HDF5 or MATLAB)'],
  [(bytes) => bytes.toString('latin1', 0, 4) === '8BPS', 'a Photoshop document'],
  [(bytes) => /^(\xff\x0a|\0\0\0\x0cJXL )/.test(bytes.toString('latin1', 0, 8)), 'a JPEG XL image'],
  [(bytes) => /^P[1-7]\s/.test(bytes.toString('latin1', 0, 3)), 'a PNM image'],
  [(bytes) => /^\xff\x4f\xff\x51/.test(bytes.toString('latin1', 0, 4)), 'a bare JPEG 2000 image'],
  [(bytes) => isText(bytes), 'text'],
];

/**
 * Reads one image, by content and not by name, at full depth.
 * @param path may lead into a file, see `Place`
 * @param frame from 0, see {@link Reader}; left out: the one that the path names
 * Throws CutpointError FILE_NOT_READABLE, IMAGE_EMPTY, IMAGE_WRONG_TYPE, IMAGE_CORRUPT, IMAGE_TOO_LARGE or
 * IMAGE_UNSUPPORTED. Messages never hold patient data.
 */
export async function readImage(path: string, frame?: number): Promise<ReadImage> {
  const { bytes, sha256, name, frame: named } = await readContents(path);
  const reader = READERS.find((candidate) => candidate.match(bytes));
  if (!reader) throw wrongType(name, bytes);
  const wanted = frame ?? named;
  const opened = await reader.open(bytes, wanted).catch((thrown: unknown) => {
    // Libraries throw strings, numbers and range errors at what they did not expect in a file.
    throw thrown instanceof CutpointError ? thrown : corrupt('it cannot be decoded', thrown);
  });
  requireFrame(wanted, opened.frames ?? 1);
  // Which frame is used need not be said where it was named.
  const notes = opened.picture.notes.filter(({ code }) => wanted === undefined || !CHOOSING.has(code));
  const ending = extname(name).slice(1).toLowerCase();
  if (READERS.some((other) => other !== reader && other.extensions.includes(ending)))
    notes.unshift({
      code: 'EXTENSION',
      message: `The name ends in .${ending}, but the content is ${reader.format}; it is read as ${reader.format}.`,
    });
  return {
    format: reader.format,
    bytes: bytes.length,
    ...(named === undefined ? { sha256 } : { sha256: frameDigest(sha256, named), fileSha256: sha256 }),
    ...opened,
    notes,
    frames: opened.frames ?? 1,
    frame: opened.frame ?? wanted ?? 0,
  };
}

const CHOOSING: ReadonlySet<NoteCode> = new Set(['FRAMES', 'PAGES']);

/**
 * An image as 8-bit levels, with its notes; `scale` is for images whose file gives them none. Throws as `readImage` does.
 */
export async function readLevels(
  path: string,
  scale: AppliedScale = 'picture',
): Promise<{ levels: Levels; notes: Note[]; identity?: Identity }> {
  const { picture, notes, identity } = await readImage(path);
  return {
    levels: toLevels(picture, scale),
    notes: notesOn(scale, notes, scaledOf(picture)),
    ...(identity === undefined ? {} : { identity }),
  };
}

function wrongType(file: string, bytes: Buffer): CutpointError {
  const found = OTHER_TYPES.find(([test]) => test(bytes))?.[1];
  const ending = extname(file).toLowerCase();
  const name = ending === '' ? 'The file' : `The name ends in ${ending}, but the content`;
  return new CutpointError(
    'IMAGE_WRONG_TYPE',
    `${name} is ${found ?? 'not an image that Cutpoint knows'}${found ? ', not an image that Cutpoint reads' : ''}.`,
    { remedy: 'Use DICOM, PNG, JPEG, TIFF, BMP or WebP.' },
  );
}

function isText(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 512);
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
