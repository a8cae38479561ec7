import type { AuditReport, FileProblem } from '../../../contract/data.ts';
import type { Finding } from '../../../contract/findings.ts';
import type { Shortcuts } from '../../../contract/shortcuts.ts';
import type { Groups } from '../groups.ts';
import type { Labelling } from '../labels.ts';
import type { Layout } from '../layout.ts';
import type { Appearance } from '../look/appearance.ts';
import type { DicomFacts, Identity, Note } from '../readers/picture.ts';
import type { Probe } from '../tasks.ts';
import type { DatasetImage } from '../types.ts';
import type { Walk } from '../walk.ts';

/** All that a scan found, of which findings and the report are made. */
export interface Scanned {
  folder: string;
  walk: Walk;
  layout: Layout;
  /** The labels are those of a table or a DICOM tag, and not of folders. */
  byTable: boolean;
  labelling: Labelling;
  problems: FileProblem[];
  images: DatasetImage[];
  /** The files of the images; where nothing has a label, of all that can be read. */
  looked: readonly Pick<Probe, 'format' | 'width' | 'height'>[];
  classes: string[];
  groups: Groups;
  /** Of each image, where DICOM knows it. */
  scanners: readonly (string | undefined)[];
  /** Null: not looked at, because images may have several labels. */
  shortcuts: Shortcuts | null;
  notes: Note[];
  appearance: Appearance;
  /** How many images have no colour. */
  grey: number;
  /** Of each DICOM image. */
  dicom: DicomFacts[];
  /** Of whom and when each of them is, and the same by class. */
  people: Identity[];
  peopleOfClass: ReadonlyMap<string, Identity[]>;
  greyScale: AuditReport['greyScale'];
  csvFiles: AuditReport['csvFiles'];
  frames: AuditReport['frames'];
  series: AuditReport['series'];
}

/** What is to be said of the images as a whole; nothing where there is nothing. @param classes as they are counted */
export type Notice = (found: Scanned, classes: AuditReport['classes']) => Finding[];
