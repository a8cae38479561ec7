import {
  corrupt,
  requireFrame,
  type DicomFacts,
  type Identity,
  type Note,
  type Picture,
  type Reader,
} from '../picture.ts';
import { isSrgb, profiledToSrgb } from '../profile.ts';
import { type DecodedFrame, decodeFrame, requireDecoder } from './codecs.ts';
import { applyPalette, ybrToRgb } from './colour.ts';
import { encapsulatedFrame, nativeBytes } from './frames.ts';
import { greyDisplay, item, modalityOf, sampleRange, signNote, uniformNote } from './grey.ts';
import { type DicomFile, looksLikeDicom, parseDicom, parseHeader, pixelElement } from './header.ts';
import { headerNotes } from './headerNotes.ts';
import { type PixelLayout, readLayout } from './layout.ts';
import { unpackFrame } from './native.ts';
import { personOf } from './person.ts';
import { sliceOf } from './slice.ts';
import { spacingOf } from './spacing.ts';
import { storedColour, storedGrey } from './stored.ts';

/** DICOM images of one frame; of several frames the middle one, with a note. */
export const dicomReader: Reader = {
  format: 'DICOM',
  extensions: ['dcm', 'dicom', 'dic', 'ima'],
  match: looksLikeDicom,
  async open(bytes, wanted) {
    const file = parseDicom(bytes);
    if (pixelElement(file.data)?.encapsulatedPixelData) requireDecoder(file.transferSyntax);
    const layout = readLayout(file);
    requireFrame(wanted, layout.frames);
    const frame = wanted ?? Math.floor((layout.frames - 1) / 2);
    const picture = await readPicture(file, layout, frame);
    return {
      picture,
      ...{ frames: layout.frames, frame },
      identity: identityOf(file),
      dicom: factsOf(file, layout, { frame, picture }),
    };
  },
};

const IDENTIFIERS = { patient: 'x00100020', study: 'x0020000d', series: 'x0020000e' } as const;

function identityOf({ data }: DicomFile): Identity {
  const text = (tag: string) => data.string(tag)?.trim() ?? '';
  const scanner = [text('x00080070'), text('x00081090')].filter((part) => part !== '').join(' ');
  const told = Object.entries(IDENTIFIERS).map(([name, tag]) => [name, text(tag)] as const);
  return {
    ...Object.fromEntries([...told, ['scanner', scanner] as const].filter(([, value]) => value !== '')),
    ...personOf(data),
  };
}

/** Who an image is of, from the beginning of its file; of a file whose header is longer than that, it throws. */
export const identityIn = (beginning: Buffer): Identity => identityOf(parseHeader(beginning));

function factsOf(
  file: DicomFile,
  layout: PixelLayout,
  { frame, picture: { hounsfield } }: { frame: number; picture: Picture },
): DicomFacts {
  const { windows, tables } = storedGrey(file, layout, frame);
  const manufacturer = file.data.string('x00080070')?.trim();
  const modality = modalityOf(file.data);
  const view = file.data.string('x00185101')?.trim();
  const spacing = spacingOf(file.data, frame);
  const slice = sliceOf(file.data, frame);
  return {
    photometric: layout.photometric,
    transferSyntax: file.transferSyntax,
    bitsStored: layout.bitsStored,
    windows: layout.samplesPerPixel === 1 ? windows.length : 0,
    voiTable: tables.voi,
    ...(layout.samplesPerPixel === 1 && !tables.voi && windows.length > 1 && { windowNames: windows.map(({ name = '' }) => name) }), // prettier-ignore
    ...(manufacturer && { manufacturer }),
    ...(modality && { modality }),
    ...(view && { view }),
    ...(spacing && { spacing }),
    ...(slice && { slice }),
    ...(hounsfield && { hounsfield: true }),
  };
}

/** A frame, and of an uncompressed one what `unpackFrame` says of where its samples lie. */
export type StoredFrame = DecodedFrame & { shifted?: boolean; beyond?: boolean };

/** Stored samples of one frame, before any conversion: rows × columns × samplesPerPixel, interleaved. */
export async function readStoredFrame(file: DicomFile, layout: PixelLayout, frame: number): Promise<StoredFrame> {
  const element = pixelElement(file.data);
  if (!element) throw corrupt('its pixel data are missing');
  if (element.encapsulatedPixelData !== true) {
    const bytes = nativeBytes(file, element, layout);
    return { ...unpackFrame(bytes, frame, layout, file.bigEndian), colour: 'as stored' };
  }
  return decodeFrame(encapsulatedFrame(file, element, frame, layout.frames), layout, file.transferSyntax);
}

async function readPicture(file: DicomFile, stored: PixelLayout, frame: number): Promise<Picture> {
  const { samples, colour, precision, shifted, beyond } = await readStoredFrame(file, stored, frame);
  // A codestream deeper than the header allocates: its own depth holds.
  const layout = (precision ?? 0) > stored.bitsAllocated ? { ...stored, bitsStored: precision! } : stored;
  const notes = headerNotes(file, stored, { precision, shifted, beyond });
  const size = { width: layout.columns, height: layout.rows };
  if (layout.photometric === 'PALETTE COLOR') {
    const { rgb, notes: own } = applyPalette(samples, file, sampleRange(layout));
    const stored = storedColour(8);
    return inSrgb(file, { ...size, channels: 3, samples: rgb, display: 'bytes', stored, notes: [...notes, ...own] });
  }
  if (layout.samplesPerPixel === 3) {
    if (colour === 'ybr' || (colour === 'as stored' && layout.photometric.startsWith('YBR_FULL')))
      ybrToRgb(samples, layout.bitsStored);
    const stored = storedColour(layout.bitsStored);
    if (layout.bitsStored === 8 && samples instanceof Uint8Array)
      return inSrgb(file, { ...size, channels: 3, samples, display: 'bytes', stored, notes });
    const { lowest: black, highest: white } = sampleRange(layout);
    const display = { declared: { black, white }, prefersDeclared: true, inverted: false };
    return inSrgb(file, { ...size, channels: 3, samples, display, stored, notes });
  }
  const grey = greyDisplay(file, layout, frame);
  notes.push(...grey.notes, ...signNote(file, layout, samples), ...uniformNote(samples, grey.display));
  const values = { ...storedGrey(file, layout, frame), ...(grey.hounsfield && { hounsfield: true }) };
  return { ...size, channels: 1, samples, ...grey, stored: values, notes };
}

/** A colour image whose header has an ICC profile (also that of an optical path), converted to sRGB. */
async function inSrgb(file: DicomFile, picture: Picture): Promise<Picture> {
  const source = file.data.elements.x00282000 ? file.data : item(file.data, 'x00480105');
  const element = source?.elements.x00282000;
  if (!element || element.length === 0) return picture;
  const profile = file.bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  if (isSrgb(profile)) return picture;
  const { width, height, samples, display, notes } = picture;
  const note = (message: string): Note => ({ code: 'PROFILE', message });
  if (display !== 'bytes' || !(samples instanceof Uint8Array))
    return {
      ...picture,
      notes: [...notes, note('Its colour profile was not applied: its colours have more than 8 bits.')],
    };
  try {
    const converted = await profiledToSrgb(samples, { width, height, profile });
    return { ...picture, samples: converted, notes: [...notes, note('Its colour profile was applied.')] };
  } catch {
    return { ...picture, notes: [...notes, note('Its colour profile cannot be read and was not applied.')] };
  }
}
