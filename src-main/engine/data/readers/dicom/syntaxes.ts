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
