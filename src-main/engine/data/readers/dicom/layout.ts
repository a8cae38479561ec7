import type { DataSet } from 'dicom-parser';
import { checkDimensions, corrupt, unsupported } from '../picture.ts';
import { type DicomFile, pixelElement } from './header.ts';
import { requirePicture } from './notPictures.ts';
import { readNumber } from './numbers.ts';

/** How the stored samples are laid out, from the header. */
export interface PixelLayout {
  rows: number;
  columns: number;
  frames: number;
  samplesPerPixel: 1 | 3;
  photometric: string;
  bitsAllocated: number;
  bitsStored: number;
  /** Where the most significant bit of a sample lies; usually `bitsStored` - 1. */
  highBit: number;
  signed: boolean;
  planar: boolean;
  kind: 'integer' | 'float' | 'double';
}

/** Terms are in capitals; writers are less careful. Empty where it is missing. */
function photometricOf(data: DataSet): string {
  const text = data.string('x00280004')?.replaceAll('\0', '').trim().toUpperCase() ?? '';
  return text.startsWith('PALETTE') ? 'PALETTE COLOR' : text;
}

/** Ways of storing colours that are not made RGB here. */
const FOREIGN_COLOURS = /^(HSV|ARGB|CMYK|XYB|YBR_PARTIAL_)/;

/**
 * Checks that the file holds an image that can be laid out.
 * Throws IMAGE_UNSUPPORTED (no image, odd layout), IMAGE_CORRUPT (attributes missing), IMAGE_TOO_LARGE.
 */
export function readLayout({ data }: DicomFile): PixelLayout {
  const element = pixelElement(data);
  requirePicture(data, element !== undefined);
  if (!element) throw corrupt('its pixel data are missing');
  const rows = data.uint16('x00280010');
  const columns = data.uint16('x00280011');
  const kind = element.tag === 'x7fe00008' ? 'float' : element.tag === 'x7fe00009' ? 'double' : 'integer';
  const bitsAllocated = kind === 'float' ? 32 : kind === 'double' ? 64 : data.uint16('x00280100');
  if (rows === undefined || columns === undefined || bitsAllocated === undefined)
    throw corrupt('its header does not say how large the image is');
  if (kind === 'integer' && ![1, 8, 16, 32].includes(bitsAllocated))
    throw unsupported(`The DICOM image uses ${bitsAllocated} bits per sample, which Cutpoint does not read.`);
  const interpretation = photometricOf(data);
  const colours = /^(RGB|YBR_)/.test(interpretation);
  const samplesPerPixel = data.uint16('x00280002') ?? (colours ? 3 : 1);
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3)
    throw unsupported(`The DICOM image has ${samplesPerPixel} samples per pixel, which Cutpoint does not read.`);
  const photometric = interpretation || (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2');
  if (samplesPerPixel === 3 && FOREIGN_COLOURS.test(photometric))
    throw unsupported('The colours of the DICOM image are stored in a way Cutpoint does not read.');
  checkDimensions(columns, rows, (samplesPerPixel * bitsAllocated) / 8);
  const frames = Math.floor(readNumber(data, 'x00280008') ?? 1);
  const plainBytes = element.encapsulatedPixelData ? 0 : element.length;
  if (
    (samplesPerPixel === 3 && photometric === 'PALETTE COLOR') ||
    (samplesPerPixel === 1 && colours && plainBytes >= (rows * columns * 3 * bitsAllocated) / 8)
  )
    throw corrupt(`its header says ${photometric}, and ${samplesPerPixel} samples per pixel`);
  const bitsStored = data.uint16('x00280101') ?? bitsAllocated;
  return {
    rows,
    columns,
    frames: frames >= 1 ? frames : 1,
    samplesPerPixel,
    photometric,
    bitsAllocated,
    bitsStored: bitsStored >= 1 && bitsStored <= bitsAllocated ? bitsStored : bitsAllocated,
    highBit: data.uint16('x00280102') ?? bitsStored - 1,
    signed: data.uint16('x00280103') === 1,
    planar: samplesPerPixel === 3 && data.uint16('x00280006') === 1,
    kind,
  };
}
