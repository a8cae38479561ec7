import type { AuditReport, FileProblem } from '../../../contract/data.ts';
import type { Finding } from '../../../contract/findings.ts';
import type { Groups } from '../groups.ts';
import type { Labelling } from '../labels.ts';
import type { DicomFacts, Note } from '../readers/picture.ts';
import type { DatasetImage } from '../types.ts';
import type { Walk } from '../walk.ts';

/** All that a scan found, of which findings and the report are made. */
export interface Scanned {
  folder: string;
  walk: Walk;
  labelling: Labelling;
  problems: FileProblem[];
  images: DatasetImage[];
  classes: string[];
  groups: Groups;
  /** Of each image, where DICOM knows it. */
  scanners: readonly (string | undefined)[];
  notes: Note[];
  /** How many images have no colour. */
  grey: number;
  /** Of each DICOM image. */
  dicom: DicomFacts[];
  greyScale: AuditReport['greyScale'];
  csvFiles: AuditReport['csvFiles'];
}

/** What is to be said of the images as a whole; nothing where there is nothing. @param classes as they are counted */
export type Notice = (found: Scanned, classes: AuditReport['classes']) => Finding[];
