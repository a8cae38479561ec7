import { CutpointError } from '../../../../contract/errors.ts';
import { checkDimensions, corrupt, unsupported } from '../picture.ts';
import { type DicomFile, pixelElement } from './header.ts';

/** How the stored samples are laid out, from the header. */
export interface PixelLayout {
  rows: number;
  columns: number;
  frames: number;
  samplesPerPixel: 1 | 3;
  photometric: string;
  bitsAllocated: number;
  bitsStored: number;
  signed: boolean;
  planar: boolean;
  kind: 'integer' | 'float' | 'double';
}

/** What a DICOM object without a picture is, by SOP class prefix or modality. */
const NOT_PICTURES: [prefix: string, name: string][] = [
  ['1.2.840.10008.1.3.10', 'a DICOM directory (DICOMDIR)'],
  ['1.2.840.10008.5.1.4.1.1.481.5', 'a radiotherapy plan'],
  ['1.2.840.10008.5.1.4.1.1.481.8', 'a radiotherapy plan'],
  ['1.2.840.10008.5.1.4.1.1.481.3', 'a radiotherapy structure set'],
  ['1.2.840.10008.5.1.4.1.1.88', 'a structured report'],
  ['1.2.840.10008.5.1.4.1.1.9', 'a waveform (such as an ECG)'],
  ['1.2.840.10008.5.1.4.1.1.11', 'a presentation state'],
  ['1.2.840.10008.5.1.4.1.1.104', 'an encapsulated document'],
  ['1.2.840.10008.5.1.4.1.1.66', 'a registration or raw data object'],
];

/**
 * Checks that the file holds a picture that can be laid out.
 * Throws IMAGE_UNSUPPORTED (no picture, odd layout), IMAGE_CORRUPT (attributes missing), IMAGE_TOO_LARGE.
 */
export function readLayout({ data }: DicomFile): PixelLayout {
  const element = pixelElement(data);
  if (!element) throw notAPicture(data.string('x00080016') ?? data.string('x00020002'), data.string('x00080060'));
  const rows = data.uint16('x00280010');
  const columns = data.uint16('x00280011');
  const kind = element.tag === 'x7fe00008' ? 'float' : element.tag === 'x7fe00009' ? 'double' : 'integer';
  const bitsAllocated = kind === 'float' ? 32 : kind === 'double' ? 64 : data.uint16('x00280100');
  if (rows === undefined || columns === undefined || bitsAllocated === undefined)
    throw corrupt('its header does not say how large the picture is');
  checkDimensions(columns, rows);
  if (kind === 'integer' && ![1, 8, 16, 32].includes(bitsAllocated))
    throw unsupported(`The DICOM picture uses ${bitsAllocated} bits per sample, which Cutpoint does not read.`);
  const samplesPerPixel = data.uint16('x00280002') ?? 1;
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3)
    throw unsupported(`The DICOM picture has ${samplesPerPixel} samples per pixel, which Cutpoint does not read.`);
  const frames = data.intString('x00280008');
  const bitsStored = data.uint16('x00280101') ?? bitsAllocated;
  return {
    rows,
    columns,
    frames: frames !== undefined && frames >= 1 ? frames : 1,
    samplesPerPixel,
    photometric: data.string('x00280004') ?? (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2'),
    bitsAllocated,
    bitsStored: bitsStored >= 1 && bitsStored <= bitsAllocated ? bitsStored : bitsAllocated,
    signed: data.uint16('x00280103') === 1,
    planar: samplesPerPixel === 3 && data.uint16('x00280006') === 1,
    kind,
  };
}

function notAPicture(sopClass: string | undefined, modality: string | undefined): CutpointError {
  const known = NOT_PICTURES.find(([prefix]) => sopClass === prefix || sopClass?.startsWith(`${prefix}.`))?.[1];
  const kind = known ?? (modality === undefined ? 'a DICOM file' : `a DICOM file of modality ${modality}`);
  return new CutpointError('IMAGE_UNSUPPORTED', `This is ${kind} without a picture.`, {
    remedy: 'Leave it out, or choose the images of the same study.',
  });
}
