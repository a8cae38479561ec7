import type { AuditReport, DataSelection } from '../../contract/data.ts';
import type { SplitPart } from '../../contract/layout.ts';
import type { Look } from './look/look.ts';
import type { Extent } from './readers/scale.ts';

/** One readable, labelled image of a dataset. */
export interface DatasetImage {
  /** Relative to the dataset's folder, with forward slashes. */
  file: string;
  /** Its class; where it may have several labels, a row of them, see contract/labelRows.ts. */
  label: string;
  /** Where it may have several labels: those that it has; not stored with the list. */
  labels?: readonly string[];
  /** Salted hash of the patient identifier; never the identifier itself. */
  group: string;
  format: string;
  width: number;
  height: number;
  bytes: number;
  /** Of the file's content. */
  sha256: string;
  /** In which part it is by folders, a column or the rule of a split; not stored with the list. */
  part?: SplitName;
  /** What it is stratified by beside its class; not stored with the list. */
  stratum?: string;
}

/** What preprocessing may be fitted to. */
export interface ImageLevels {
  /** Null: the file says itself how it is shown. */
  extent: Extent | null;
  /** It has no colour. */
  grey: boolean;
}

/** What the audit found, with the images themselves, sorted by file. */
export interface Dataset {
  selection: DataSelection;
  report: AuditReport;
  images: DatasetImage[];
  /** Class names, or labels, in ascending order; the index is the label in training. */
  classes: string[];
  /** Imported: its groups were hashed by another workspace, and are none of those that are read here. */
  foreign?: boolean;
  /** Of each image, where the files were read just now: it is not stored with the list. */
  levels?: ImageLevels[];
}

/** What is known of an image beside what training needs. */
export interface ImageDetails {
  /** Bits of a sample that count. */
  bits: number;
  frames: number;
  /** Manufacturer and model, where DICOM knows them. */
  scanner: string | null;
  /** Codes of what was noticed on this image. */
  findings: string[];
}

export interface ScannedDataset extends Dataset {
  /** Of each image. */
  details: ImageDetails[];
  /** Sets of images that look the same although their files differ, by their indices. */
  alike: number[][];
  /** Of each image. */
  looks: Look[];
  /** Indices of the images as they are shown: those of one DICOM series by their slices. */
  order: number[];
  /** Files that a person left out, with their labels. */
  leftOut: { file: string; label: string }[];
}

export type SplitName = SplitPart;

/** Images decoded once, at training resolution: 8-bit RGB. */
export interface ImageCache {
  readonly count: number;
  readonly size: number;
  /** Copies image `index` into `into` at `offset`: size × size × 3 bytes, row after row. */
  read(index: number, into: Uint8Array, offset: number): void;
  close(): void;
}
