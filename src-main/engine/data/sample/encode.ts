import sharp from 'sharp';
import { encodeDicom, type Element, makeUid } from './dicomWriter.ts';
import type { Encoding, SamplePicture } from './study.ts';

/** The file of an image: `levels` in [0, 1], width × height, row after row, in the patient's encoding. */
export async function encodePicture(picture: SamplePicture, levels: Float64Array): Promise<Buffer> {
  const { encoding } = picture.patient;
  return encoding.format === 'png'
    ? encodePng(picture, levels, encoding.bits)
    : encodeDicom([...identity(picture), ...pixels(picture, levels, encoding)]);
}

function encodePng({ patient }: SamplePicture, levels: Float64Array, bits: 8 | 16): Promise<Buffer> {
  const { width, height } = patient;
  const samples =
    bits === 8
      ? Uint8Array.from(levels, (l) => Math.round(l * 255))
      : Uint16Array.from(levels, (l) => Math.round(l * 65535));
  return sharp(samples, { raw: { width, height, channels: 1 } })
    .toColourspace(bits === 8 ? 'b-w' : 'grey16')
    .png()
    .toBuffer();
}

/** Patient, study, series and equipment of a Secondary Capture image (PS3.3, A.8.1). */
function identity({ patient, number }: SamplePicture): Element[] {
  const { id } = patient;
  return [
    [0x00080008, 'CS', 'DERIVED\\SECONDARY'],
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'],
    [0x00080018, 'UI', makeUid('sample study', id, 'image', number)],
    [0x00080020, 'DA', ''],
    [0x00080030, 'TM', ''],
    [0x00080050, 'SH', ''],
    [0x00080060, 'CS', 'OT'],
    [0x00080064, 'CS', 'SYN'],
    [0x00080090, 'PN', ''],
    [0x00100010, 'PN', id.replace('-', '^')],
    [0x00100020, 'LO', id],
    [0x00100030, 'DA', ''],
    [0x00100040, 'CS', ''],
    [0x0020000d, 'UI', makeUid('sample study', id, 'study')],
    [0x0020000e, 'UI', makeUid('sample study', id, 'series')],
    [0x00200010, 'SH', ''],
    [0x00200011, 'IS', '1'],
    [0x00200013, 'IS', String(number)],
    [0x00200020, 'CS', ''],
  ];
}

/** Stored samples of black and white in the 12-bit files: as on a scanner, the depth is not used to its ends. */
const BLACK = 600;
const WHITE = 3400;

/** 8-bit samples are levels; 12-bit ones have a window that reaches from black to white. */
function pixels(
  { patient }: SamplePicture,
  levels: Float64Array,
  { photometric, bits, rescale }: Encoding & { format: 'dicom' },
): Element[] {
  const [black, white] = bits === 8 ? [0, 255] : [BLACK, WHITE];
  const inverted = photometric === 'MONOCHROME1';
  const store = (level: number) => Math.round(black + (inverted ? 1 - level : level) * (white - black));
  const elements: Element[] = [
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', photometric],
    [0x00280010, 'US', patient.height],
    [0x00280011, 'US', patient.width],
    [0x00280100, 'US', bits === 8 ? 8 : 16],
    [0x00280101, 'US', bits],
    [0x00280102, 'US', bits - 1],
    [0x00280103, 'US', 0],
  ];
  if (bits === 8) return [...elements, [0x7fe00010, 'OB', Uint8Array.from(levels, store)]];

  const { slope, intercept } = rescale ?? { slope: 1, intercept: 0 };
  if (rescale) {
    elements.push([0x00281052, 'DS', String(intercept)], [0x00281053, 'DS', String(slope)], [0x00281054, 'LO', 'US']);
  }
  // The linear window function (PS3.3, C.11.2.1.2.1) reaches from centre - 0.5 - (width - 1) / 2 to the same above.
  elements.push(
    [0x00281050, 'DS', String(((black + white) / 2) * slope + intercept + 0.5)],
    [0x00281051, 'DS', String((white - black) * slope + 1)],
  );
  const samples = Buffer.alloc(levels.length * 2);
  levels.forEach((level, index) => samples.writeUInt16LE(store(level), index * 2));
  return [...elements, [0x7fe00010, 'OW', samples]];
}
