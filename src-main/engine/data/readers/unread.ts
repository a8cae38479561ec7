import type { CutpointError } from '../../../contract/errors.ts';
import { readJpegMarkers } from './dicom/codestream.ts';
import { unsupported } from './picture.ts';
import { readTiffTags } from './tiffTags.ts';

const COMPRESSIONS: Readonly<Record<number, string>> = {
  6: 'old-style JPEG',
  32809: 'ThunderScan',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34676: 'SGI Log',
  34677: 'SGI Log',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'the lossy JPEG of DNG',
  34925: 'LZMA',
  34926: 'ZSTD',
  34933: 'PNG',
  50000: 'ZSTD',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
};

/** Of a file that the decoder refused: IMAGE_UNSUPPORTED where it is of a kind that is not read, and need not be damaged. */
export function unreadKind(bytes: Buffer): CutpointError | undefined {
  const reason = bytes[0] === 0xff ? jpegReason(bytes) : bytes[0] === 0x89 ? pngReason(bytes) : tiffReason(bytes);
  return reason === undefined ? undefined : unsupported(`${reason}, which Cutpoint does not read.`);
}

function jpegReason(bytes: Buffer): string | undefined {
  let stream;
  try {
    stream = readJpegMarkers(bytes);
  } catch {
    return undefined;
  }
  const { process, precision } = stream;
  if (process === 0xf7) return 'This is an image in JPEG-LS';
  if (process >= 0xc9) return 'The JPEG uses arithmetic coding';
  if (process === 0xc3) return 'The JPEG is lossless';
  if (process >= 0xc5) return 'The JPEG is hierarchical';
  return precision === 8 ? undefined : `The JPEG has ${precision} bits per sample`;
}

function pngReason(bytes: Buffer): string | undefined {
  return bytes.toString('latin1', 12, 16) === 'CgBI'
    ? 'The PNG has the form that Apple’s tools make for apps'
    : undefined;
}

function tiffReason(bytes: Buffer): string | undefined {
  const tags = readTiffTags(bytes);
  if (!tags) return undefined;
  const { bitsPerSample, compression, photometric, sampleFormat } = tags;
  if (compression in COMPRESSIONS) return `The TIFF is compressed with ${COMPRESSIONS[compression]}`;
  if (sampleFormat === 5 || sampleFormat === 6) return 'The TIFF has complex numbers as samples';
  const known = sampleFormat === 3 ? [16, 32] : [1, 2, 4, 8, 16, 32];
  if (!known.includes(bitsPerSample)) return `The TIFF has ${bitsPerSample} bits per sample`;
  return [8, 9, 10].includes(photometric) ? 'The TIFF has colours in Lab' : undefined;
}
