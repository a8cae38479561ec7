import type { Element } from 'dicom-parser';
import type { Note, NoteCode } from '../picture.ts';
import { type DicomFile, pixelElement } from './header.ts';
import type { PixelLayout } from './layout.ts';

/** What decoding a frame found out about its samples. */
export interface Found {
  precision?: number | undefined;
  shifted?: boolean | undefined;
  beyond?: boolean | undefined;
}

/** What a user should know of a header: several frames, captures of a screen, and where it contradicts itself or its pixels. */
export function headerNotes(file: DicomFile, layout: PixelLayout, { precision, shifted, beyond }: Found): Note[] {
  const { frames, bitsAllocated, bitsStored, highBit } = layout;
  const middle = Math.floor((frames - 1) / 2) + 1;
  const more = uncounted(file, layout);
  const found: (readonly [NoteCode, string] | false)[] = [
    frames > 1 && ['FRAMES', `The file has ${frames} frames; frame ${middle} is used.`],
    more > 1 && [
      'FRAMES',
      `The pixel data have room for ${more} frames, of which the header says nothing; the first is used.`,
    ],
    (precision ?? 0) > bitsAllocated && [
      'BITS',
      `The header allocates ${bitsAllocated} bits to a sample, the compressed image has ${precision}; ${precision} were used.`,
    ],
    shifted === false && [
      'BITS',
      `The header puts the highest bit at ${highBit}, but the samples lie at the low end; they were taken as they lie.`,
    ],
    beyond === true &&
      !hasOverlayInPixels(file) && [
        'BITS',
        `Samples have more bits than the ${bitsStored} that the header says are stored; those were left out, as the standard requires.`,
      ],
    hasOverlay(file) && ['OVERLAY', 'The image has an overlay (text or drawings), which is not used.'],
    isScreen(file) && ['SCREEN', 'The image is a screen capture; it may contain text.'],
    ...colourNotes(file, layout),
  ];
  return found.filter((note) => note !== false).map(([code, message]) => ({ code, message }));
}

/** How many frames uncompressed pixel data hold where the header speaks of one. */
function uncounted(
  { data }: DicomFile,
  { frames, rows, columns, samplesPerPixel, bitsAllocated }: PixelLayout,
): number {
  const { encapsulatedPixelData, length } = pixelElement(data) as Element;
  if (frames > 1 || encapsulatedPixelData) return 1;
  return Math.floor(length / ((rows * columns * samplesPerPixel * bitsAllocated) / 8));
}

/** An overlay plane in bits that the samples do not use (retired): its bits belong there. */
function hasOverlayInPixels({ data }: DicomFile): boolean {
  return Object.keys(data.elements).some((tag) => /^x60[0-9a-f]{2}0102$/.test(tag) && (data.uint16(tag) ?? 0) > 0);
}

/** Overlay planes (PS3.3, C.9.2), beside the samples or in bits that they do not use. */
const hasOverlay = (file: DicomFile): boolean =>
  hasOverlayInPixels(file) ||
  Object.entries(file.data.elements).some(([tag, { length }]) => /^x60[0-9a-f]{2}3000$/.test(tag) && length > 0);

/** Image Type of screenshots, as PS3.3 and scanners write it. */
function isScreen({ data }: DicomFile): boolean {
  return /SCREEN ?(SAVE|SHOT)|SCREEN CAPTURE/i.test(data.string('x00080008') ?? '');
}

/** Presentation LUT Shape says the same as the photometric interpretation, or contradicts it. */
const SHAPES: Readonly<Record<string, string>> = { MONOCHROME1: 'IDENTITY', MONOCHROME2: 'INVERSE' };

function colourNotes(
  { data }: DicomFile,
  { photometric, samplesPerPixel }: PixelLayout,
): (readonly [NoteCode, string])[] {
  const grey = samplesPerPixel === 1;
  const fits = grey ? /^(MONOCHROME[12]?|PALETTE COLOR)$/ : /^(RGB|YBR_)/;
  if (!fits.test(photometric))
    return [
      [
        'COLOURS',
        `The header’s way of storing colours does not fit its samples; they were read as ${grey ? 'grey' : 'RGB'}.`,
      ],
    ];
  const shape = data.string('x20500020')?.replaceAll('\0', '').trim().toUpperCase();
  if (shape === undefined || SHAPES[photometric] !== shape) return [];
  return [
    [
      'COLOURS',
      `The header says both ${photometric} and ${shape} about what is bright; ${photometric} was used, as viewers do.`,
    ],
  ];
}
