import type { DataSet } from 'dicom-parser';
import { CutpointError } from '../../../../contract/errors.ts';

const SOP = '1.2.840.10008.5.1.4.1.1';

/** DICOM objects that are no images, with or without pixel data, by SOP class or the beginning of it. */
const BY_CLASS: [prefix: string, name: string][] = [
  ['1.2.840.10008.1.3.10', 'a DICOM directory (DICOMDIR)'],
  [`${SOP}.481.2`, 'a radiotherapy dose grid'],
  [`${SOP}.481.3`, 'a radiotherapy structure set'],
  [`${SOP}.481.5`, 'a radiotherapy plan'],
  [`${SOP}.481.8`, 'a radiotherapy plan'],
  [`${SOP}.481.10`, 'a radiotherapy plan'],
  [`${SOP}.481.11`, 'a radiotherapy plan'],
  [`${SOP}.481.4`, 'a radiotherapy treatment record'],
  [`${SOP}.481.6`, 'a radiotherapy treatment record'],
  [`${SOP}.481.7`, 'a radiotherapy treatment record'],
  [`${SOP}.481.9`, 'a radiotherapy treatment record'],
  [`${SOP}.88`, 'a structured report'],
  [`${SOP}.9`, 'a waveform (such as an ECG)'],
  [`${SOP}.11`, 'a presentation state'],
  [`${SOP}.104`, 'an encapsulated document (such as a PDF)'],
  [`${SOP}.66.4`, 'a segmentation'],
  [`${SOP}.66.5`, 'a segmentation'],
  [`${SOP}.66.7`, 'a segmentation'],
  [`${SOP}.66`, 'a registration or raw data object'],
  [`${SOP}.67`, 'a table of real-world values'],
  [`${SOP}.68`, 'a surface scan'],
  [`${SOP}.30`, 'a parametric map'],
  [`${SOP}.78`, 'a table of ophthalmic measurements'],
  [`${SOP}.79.1`, 'a table of ophthalmic measurements'],
  [`${SOP}.80.1`, 'a table of ophthalmic measurements'],
  [`${SOP}.82.1`, 'a table of ophthalmic measurements'],
  [`${SOP}.90.1`, 'a content assessment'],
  [`${SOP}.200`, 'a protocol or inventory'],
  [`${SOP}.201.1`, 'a protocol or inventory'],
  ['1.2.840.10008.5.1.4.38', 'a hanging protocol'],
  ['1.2.840.10008.5.1.4.39', 'a colour palette'],
  ['1.2.840.10008.5.1.4.43', 'an implant template'],
];

/** Likewise by modality, for objects under a class of images (a screenshot of a report, a segmentation saved as CT). */
const BY_MODALITY: Readonly<Record<string, string>> = {
  SEG: 'a segmentation',
  RTDOSE: 'a radiotherapy dose grid',
  RTSTRUCT: 'a radiotherapy structure set',
  RTPLAN: 'a radiotherapy plan',
  RTRECORD: 'a radiotherapy treatment record',
  RTINTENT: 'a radiotherapy plan',
  PLAN: 'a plan',
  SR: 'a report',
  DOC: 'a document',
  KO: 'a selection of key objects',
  PR: 'a presentation state',
  REG: 'a registration',
  FID: 'a list of fiducials',
  RWV: 'a table of real-world values',
  ECG: 'a waveform (such as an ECG)',
  EPS: 'a waveform (such as an ECG)',
  HD: 'a waveform (such as an ECG)',
  RESP: 'a waveform (such as an ECG)',
  EEG: 'a waveform (such as an ECG)',
  EMG: 'a waveform (such as an ECG)',
  EOG: 'a waveform (such as an ECG)',
  AU: 'a sound',
  SMR: 'a stereometric relationship',
  OPV: 'a table of ophthalmic measurements',
  OAM: 'a table of ophthalmic measurements',
  AR: 'a table of ophthalmic measurements',
  KER: 'a table of ophthalmic measurements',
  LEN: 'a table of ophthalmic measurements',
  SRF: 'a table of ophthalmic measurements',
  VA: 'a table of ophthalmic measurements',
  ASMT: 'a content assessment',
  TEXTUREMAP: 'a texture map',
  M3D: 'a model for printing',
};

/** What the object is, where it is none that images come in. */
export function kindOfObject(data: DataSet): string | undefined {
  const sopClass = data.string('x00080016') ?? data.string('x00020002');
  const known = BY_CLASS.find(([prefix]) => sopClass === prefix || sopClass?.startsWith(`${prefix}.`))?.[1];
  const modality = data.string('x00080060')?.toUpperCase() ?? '';
  return known ?? (Object.hasOwn(BY_MODALITY, modality) ? BY_MODALITY[modality] : undefined);
}

/** Throws IMAGE_UNSUPPORTED, with its name, for an object that images do not come in, though it may have pixel data. */
export function requirePicture(data: DataSet, hasPixels: boolean): void {
  const kind = kindOfObject(data);
  if (hasPixels && kind === undefined) return;
  const modality = /^[A-Z0-9_]{1,16}$/.exec(data.string('x00080060') ?? '')?.[0];
  const name = kind ?? (modality === undefined ? 'a DICOM file' : `a DICOM file of modality ${modality}`);
  const message = hasPixels ? `This is ${name}, not an image.` : `This is ${name} without an image.`;
  throw new CutpointError('IMAGE_UNSUPPORTED', message, {
    remedy: 'Leave it out, or choose the images of the same DICOM study.',
  });
}
