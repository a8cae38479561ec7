import { type CutpointError } from '../../../../contract/errors.ts';
import { unsupported } from '../picture.ts';

const PREFIX = '1.2.840.10008.1.2';

/** Ways of compression without a decoder here, by the beginning of the transfer syntax. */
const NAMES: [syntax: string, name: string][] = [
  ...['100', '101'].map((end): [string, string] => [`${PREFIX}.4.${end}`, 'a video (MPEG-2)']),
  ...['102', '103', '104', '105', '106'].map((end): [string, string] => [`${PREFIX}.4.${end}`, 'a video (MPEG-4)']),
  ...['107', '108'].map((end): [string, string] => [`${PREFIX}.4.${end}`, 'a video (HEVC)']),
  [`${PREFIX}.7`, 'a video (SMPTE ST 2110)'],
  [`${PREFIX}.6.1`, 'a video (RFC 2557)'],
  ...['94', '95', '204', '205'].map((end): [string, string] => [
    `${PREFIX}.4.${end}`,
    'a reference to an image on a server (JPIP)',
  ]),
  ...['92', '93'].map((end): [string, string] => [`${PREFIX}.4.${end}`, 'an image in JPEG 2000 part 2']),
  ...['110', '111', '112'].map((end): [string, string] => [`${PREFIX}.4.${end}`, 'an image in JPEG XL']),
  [`${PREFIX}.8.1`, 'an image in deflated frames'],
];

/** IMAGE_UNSUPPORTED, by name where the transfer syntax has one. */
export function unreadSyntax(transferSyntax: string): CutpointError {
  const name = NAMES.find(([syntax]) => transferSyntax === syntax || transferSyntax.startsWith(`${syntax}.`))?.[1];
  if (name) return unsupported(`This is ${name}, which Cutpoint does not read.`);
  const shown = /^[0-9.]{1,64}$/.exec(transferSyntax)?.[0] ?? 'unknown';
  return unsupported(`The DICOM image is compressed in a way Cutpoint does not read (${shown}).`);
}

/** Transfer syntaxes that are read, by the names of PS3.6, annex A, without what all of them say. */
const READ: Readonly<Record<string, string>> = {
  [PREFIX]: 'Implicit VR Little Endian',
  [`${PREFIX}.1`]: 'Explicit VR Little Endian',
  [`${PREFIX}.1.99`]: 'Deflated Explicit VR Little Endian',
  [`${PREFIX}.2`]: 'Explicit VR Big Endian',
  [`${PREFIX}.5`]: 'RLE Lossless',
  [`${PREFIX}.4.50`]: 'JPEG Baseline',
  [`${PREFIX}.4.51`]: 'JPEG Extended',
  [`${PREFIX}.4.57`]: 'JPEG Lossless',
  [`${PREFIX}.4.70`]: 'JPEG Lossless, first-order prediction',
  [`${PREFIX}.4.80`]: 'JPEG-LS Lossless',
  [`${PREFIX}.4.81`]: 'JPEG-LS Near-Lossless',
  [`${PREFIX}.4.90`]: 'JPEG 2000 Lossless',
  [`${PREFIX}.4.91`]: 'JPEG 2000',
  [`${PREFIX}.4.201`]: 'HTJ2K Lossless',
  [`${PREFIX}.4.202`]: 'HTJ2K Lossless, progressive',
  [`${PREFIX}.4.203`]: 'HTJ2K',
};

/** The name of a transfer syntax that is read; of another, its UID. */
export const syntaxName = (transferSyntax: string): string => READ[transferSyntax] ?? transferSyntax;
