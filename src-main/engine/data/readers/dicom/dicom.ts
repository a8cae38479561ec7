import { corrupt, type Note, type Picture, type Reader } from '../picture.ts';
import { type DecodedFrame, decodeFrame } from './codecs.ts';
import { readJpegMarkers } from './codestream.ts';
import { applyPalette, ybrToRgb } from './colour.ts';
import { encapsulatedFrame, nativeBytes } from './frames.ts';
import { greyDisplay } from './grey.ts';
import { type DicomFile, looksLikeDicom, parseDicom, pixelElement } from './header.ts';
import { type PixelLayout, readLayout } from './layout.ts';
import { unpackFrame } from './native.ts';

/** DICOM pictures of one frame; of several frames the middle one, with a note. */
export const dicomReader: Reader = {
  format: 'DICOM',
  extensions: ['dcm', 'dicom', 'dic', 'ima'],
  match: looksLikeDicom,
  async open(bytes) {
    const file = parseDicom(bytes);
    const layout = readLayout(file);
    const frame = Math.floor((layout.frames - 1) / 2);
    const picture = await readPicture(file, layout, frame);
    const patient = file.data.string('x00100020')?.trim();
    return patient ? { picture, patient } : { picture };
  },
};

/** Stored samples of one frame, before any conversion: rows × columns × samplesPerPixel, interleaved. */
export async function readStoredFrame(file: DicomFile, layout: PixelLayout, frame: number): Promise<DecodedFrame> {
  const element = pixelElement(file.data);
  if (!element) throw corrupt('its pixel data are missing');
  if (element.encapsulatedPixelData !== true) {
    const bytes = nativeBytes(file, element, layout);
    return { samples: unpackFrame(bytes, frame, layout, file.bigEndian), colour: 'as stored' };
  }
  return decodeFrame(encapsulatedFrame(file, element, frame, layout.frames), layout, file.transferSyntax);
}

async function readPicture(file: DicomFile, layout: PixelLayout, frame: number): Promise<Picture> {
  const { samples, colour } = await readStoredFrame(file, layout, frame);
  const notes: Note[] = [];
  if (layout.frames > 1)
    notes.push({
      code: 'FRAMES',
      message: `The file has ${layout.frames} frames; frame ${frame + 1} is used.`,
    });
  const size = { width: layout.columns, height: layout.rows };
  if (layout.photometric === 'PALETTE COLOR')
    return { ...size, channels: 3, samples: applyPalette(samples, file), display: 'bytes', notes };
  if (layout.samplesPerPixel === 3) {
    if (colour === 'as stored' && isYbr(file, layout)) ybrToRgb(samples);
    const eight = layout.bitsStored === 8 && samples instanceof Uint8Array;
    const scale = 255 / (2 ** layout.bitsStored - 1);
    return { ...size, channels: 3, samples, display: eight ? 'bytes' : (sample) => sample * scale, notes };
  }
  const grey = greyDisplay(file, layout, { samples, frame });
  return { ...size, channels: 1, samples, display: grey.display, notes: [...notes, ...grey.notes] };
}

/** By the header; but a JPEG with a JFIF marker holds YCbCr whatever the header says, as its own standard has it. */
function isYbr(file: DicomFile, layout: PixelLayout): boolean {
  if (layout.photometric.startsWith('YBR_FULL')) return true;
  const element = pixelElement(file.data)!;
  if (!element.encapsulatedPixelData || !/\.4\.5[01]$/.test(file.transferSyntax)) return false;
  return readJpegMarkers(encapsulatedFrame(file, element, 0, layout.frames)).colour === 'JFIF';
}
