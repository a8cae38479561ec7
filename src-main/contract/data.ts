import { z } from 'zod';
import { bytes } from './bytes.ts';
import { finding } from './findings.ts';
import { groupBy, grouping } from './groups.ts';
import { appliedScale, greyScale } from './greyScale.ts';
import { answered, asked } from './job.ts';
import { foundLayout, layoutChoice } from './layout.ts';
import { method } from './method.ts';
import { resolutions } from './resolutions.ts';
import { shortcuts } from './shortcuts.ts';

/** What a value that says neither yes nor no counts as: nothing is known of the label, it has it not, or it has it. */
export const labelPolicy = z.enum(['ignore', 'zeros', 'ones']);
export type LabelPolicy = z.infer<typeof labelPolicy>;

/** How a table says of each image which of several labels it has. */
export const severalLabels = z.object({
  /** One column a label, of 0, 1, uncertain (−1, as CheXpert writes it) and empty; left out: the label column has names. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** Between the names in the label column. */
  separator: z.string().min(1).max(5).default('|'),
  /** Of uncertain values in columns of labels. */
  uncertain: labelPolicy.default('ignore'),
  /**
   * Of empty values. Left out: in columns of labels they are zeros, for findings that nobody mentions; an empty cell in place
   * of names says nothing, and the image is not used.
   */
  empty: labelPolicy.optional(),
  /** The same of single labels. */
  perLabel: z
    .record(z.string().min(1), z.object({ uncertain: labelPolicy.optional(), empty: labelPolicy.optional() }))
    .optional(),
});
export type SeveralLabels = z.infer<typeof severalLabels>;

/**
 * Which images, which labels, whose images. Without `labels`, the class is the name of the first folder below `folder`,
 * or below the only one in it.
 */
export const dataSelection = z.object({
  folder: z.string().min(1),
  labels: z
    .object({
      csv: z.string().min(1),
      fileColumn: z.string().default('file'),
      labelColumn: z.string().default('label'),
      /**
       * Column of patient (group) identifiers. Left out: one whose name says that it holds patients, or `group` where
       * it does not look like a site or an arm; null: none.
       */
      groupColumn: z.string().nullable().optional(),
      /** Files may be found by the end of the path, where it is that of one only. */
      match: z.literal('end').optional(),
      /** Columns of 0 and 1 in place of the label column: the class is the one that has a 1. */
      oneHot: z.array(z.string().min(1)).min(2).optional(),
      /** Labels that stand for none; left out: those that tables usually write so. An empty cell always does. */
      missing: z.array(z.string()).optional(),
      /** Images with several labels in their cell are left out; not said: each combination is a class, once accepted. */
      several: z.literal('leave-out').optional(),
      /** An image may have several labels, and each is learnt on its own; left out: it has one class. */
      multi: severalLabels.optional(),
      /** Column that says of each image whether it is to train, to validate or to test. */
      partColumn: z.string().min(1).optional(),
    })
    .optional(),
  /** In place of folders and a table: the class is the value of this DICOM tag, by its keyword or number. */
  labelTag: z.string().trim().min(1).max(100).optional(),
  /**
   * Regular expression on the relative path; its first capture group is the patient. Takes precedence over DICOM
   * PatientID.
   */
  groupPattern: z.string().max(1000).optional(),
  /** Of DICOM files without a column or a pattern: the identifier that groups them; left out: the patient. */
  groupBy: groupBy.optional(),
  /** How images with more than 8 bits and no window become levels; of data that were read, what was found for them. */
  greyScale: greyScale.optional(),
  /** Files, relative to the folder, and classes that a person left out. */
  leaveOut: z
    .object({
      files: z.array(z.string().min(1)).default([]),
      classes: z.array(z.string().min(1)).default([]),
      /** With all that is in them, relative to the folder. */
      folders: z.array(z.string().min(1)).optional(),
      /** Masks and other companions of images, as their names say. */
      masks: z.boolean().optional(),
    })
    .optional(),
  /** Patients (or groups) with images that are equal or look the same are counted as one. */
  copiesTogether: z.boolean().optional(),
  /** Class to the one that it is counted as: classes of the same new name are joined. */
  join: z.record(z.string().min(1), z.string().min(1)).optional(),
  /** Which folders are classes, and which are parts of a split. */
  layout: layoutChoice.optional(),
  /** Of files with several frames or pages, each is an image; left out: the middle one of DICOM, else the first page. */
  frames: z.literal('each').optional(),
  /** What a person decided about single images; `leaveOut.files` are files left out without a word about them. */
  resolutions: resolutions.optional(),
});
export type DataSelection = z.infer<typeof dataSelection>;

/** Where the grouping by patient came from; `none`: every image counts as its own patient. */
export const groupSource = z.enum(['csv', 'pattern', 'dicom', 'none']);
export type GroupSource = z.infer<typeof groupSource>;

/** Of two classes, the one that sensitivity, specificity and AUPRC refer to; see `positiveClass`. */
export const positiveRecord = z.object({ positive: z.string(), certain: z.boolean(), why: z.string() });

export const fileProblem = z.object({ file: z.string(), code: z.string(), message: z.string() });
export type FileProblem = z.infer<typeof fileProblem>;

const counted = z.array(z.object({ value: z.string(), images: z.int() }));

/** How DICOM images are stored, each way with the number of images, the most frequent first. */
export const dicomCounts = z.object({
  images: z.int(),
  photometric: counted,
  /** By name: `JPEG Baseline`. */
  transferSyntax: counted,
  bitsStored: counted,
  /** `none`, `one`, `several`, `table`: what the files say of how they are to be shown. */
  windows: counted,
  manufacturer: counted,
  /** Left out in reports of earlier versions, like what follows. */
  modality: counted.optional(),
  view: counted.optional(),
  /** Of files with several windows: each place from 1, how many have it, and how they explain it. */
  severalWindows: z.array(z.object({ window: z.int(), images: z.int(), names: z.array(z.string()) })).optional(),
  /** Of pixels, in millimetres. */
  spacing: counted.optional(),
  /** How many are in Hounsfield units. */
  hounsfield: z.int().optional(),
  /** In years, 90 for 90 and over; left out where no header says. Of people and times only counts are told. */
  age: z.object({ images: z.int(), min: z.number(), median: z.number(), max: z.number(), decades: counted }).optional(),
  /** `F`, `M`, `O`. */
  sex: counted.optional(),
  /** In which they were made, ascending. */
  year: counted.optional(),
  /** By a number in place of the name. */
  station: counted.optional(),
  /** Median age and sexes of each class. */
  classes: z
    .array(z.object({ name: z.string(), images: z.int(), age: z.number().nullable(), sex: counted }))
    .optional(),
});
export type DicomCounts = z.infer<typeof dicomCounts>;

/** What the headers of DICOM files say, before any pixels are read. */
export const headerCounts = z.object({
  /** That were looked at. */
  files: z.int(),
  /** Of which DICOM. */
  dicom: z.int(),
  patients: z.int(),
  series: z.int(),
  /** The most frequent first. */
  modality: counted,
});
export type HeaderCounts = z.infer<typeof headerCounts>;

export const auditReport = z.object({
  folder: z.string(),
  /** Files looked at; images that are readable and labelled; patients among them. */
  files: z.int(),
  images: z.int(),
  groups: z.int(),
  groupSource,
  /** What the groups are; left out in reports of earlier versions, see `groupingOf`. */
  grouping: grouping.optional(),
  /** What else the files could be grouped by, the best first. */
  groupChoices: z.array(z.object({ by: z.enum(['study', 'series']), groups: z.int() })).optional(),
  classes: z.array(
    z.object({
      name: z.string(),
      images: z.int(),
      groups: z.int(),
      /** Where an image may have several labels: of how many it is not known whether they have this one. */
      unknown: z.int().optional(),
      /** A few files of the class, relative to the folder, for a preview. */
      examples: z.array(z.string()).optional(),
    }),
  ),
  /** An image may have several labels, which `classes` are; `none`: images that have none of them. Left out: one class each. */
  several: z.object({ none: z.int(), most: z.int() }).optional(),
  /** Of two classes the positive one by their names; null for more or fewer. */
  positive: positiveRecord.nullable().optional(),
  formats: z.array(z.object({ format: z.string(), images: z.int() })),
  /** Smallest, median and largest image side lengths in pixels. */
  sizes: z
    .object({
      smallest: z.tuple([z.int(), z.int()]),
      median: z.tuple([z.int(), z.int()]),
      largest: z.tuple([z.int(), z.int()]),
    })
    .nullable(),
  /** Images with more than 8 bits and no window: how many, their values, and what is done. Null: there are none. */
  greyScale: z
    .object({
      images: z.int(),
      low: z.number(),
      high: z.number(),
      applied: appliedScale,
      /** What is applied is of all images, to look at; a run fits its scale to its training images. */
      preview: z.boolean().optional(),
    })
    .nullish(),
  /** Images without colour, whether they are stored so or not; left out in reports of earlier versions. */
  grey: z.int().optional(),
  /** Left out in reports of earlier versions, and without DICOM files. */
  dicom: dicomCounts.optional(),
  /** Files left out, each with a reason. */
  problems: z.array(fileProblem),
  /** Sentences about the data as a whole (no patient grouping, identical files, imbalance, …). */
  warnings: z.array(finding),
  /** Why training cannot start on this selection as it is (one class, too few patients, …). Empty: it can. */
  obstacles: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() })),
  /** Images of each part, where folders or a column give it. */
  parts: z.object({ train: z.int(), validation: z.int(), test: z.int() }).optional(),
  /** Whether the label can be told without the image; left out in reports of earlier versions, and without classes. */
  shortcuts: shortcuts.optional(),
  /** SHA-256 over the sorted content hashes, labels and groups. */
  fingerprint: z.string(),
  /** CSV files found in the folder, offered as labels. */
  csvFiles: z.array(z.object({ path: z.string(), columns: z.array(z.string()) })),
  /**
   * DICOM series, of which at least one has several images; images in them; images of each. `byPosition`: series whose
   * images all say where they lie, of which some have gaps, and some several images at one place.
   */
  series: z
    .object({
      ...{ count: z.int(), images: z.int() },
      slices: z.object({ smallest: z.int(), median: z.int(), largest: z.int() }),
      ...{ byPosition: z.int(), gaps: z.int(), repeated: z.int() },
    })
    .optional(),
  /** Files with several frames or pages, all frames of them, and whether each is an image; left out: there are none. */
  frames: z.object({ files: z.int(), frames: z.int(), each: z.boolean() }).optional(),
  /** Left out in reports of earlier versions, and where the folders offer nothing. */
  layout: foundLayout.optional(),
});
export type AuditReport = z.infer<typeof auditReport>;

/** One image of a list, by its place from 0; or why it cannot be read. */
export const thumbnail = z.union([
  z.object({
    index: z.int(),
    image: bytes,
    /** Of the image itself, in pixels. */
    width: z.int(),
    height: z.int(),
    notes: z.array(z.string()),
  }),
  z.object({ index: z.int(), problem: fileProblem.omit({ file: true }) }),
]);
export type Thumbnail = z.infer<typeof thumbnail>;

/** How the samples of a DICOM image are shown. */
export const dicomValues = z.object({
  /** Values are Hounsfield units. */
  hounsfield: z.boolean().optional(),
  /** Of the samples as they are sent: colours are RGB. MONOCHROME1: low values are bright. */
  photometric: z.string(),
  /** Samples become values by slope and intercept; null: they are the values, or a table gives them. */
  rescale: z.object({ slope: z.number(), intercept: z.number() }).nullable(),
  /** Windows of values in the order of the file, each by one of the functions of PS3.3, C.11.2.1. */
  windows: z.array(
    z.object({
      centre: z.number(),
      width: z.number(),
      kind: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
      /** As the file explains it: `LUNG`. */
      name: z.string().optional(),
    }),
  ),
  /**
   * Lookup tables of the file in place of a rescale, and before its windows. They are not sent: only with them it looks
   * right.
   */
  tables: z.object({ modality: z.boolean(), voi: z.boolean() }),
});
export type DicomValues = z.infer<typeof dicomValues>;

/** An image as its file stores it, before rescale and window; what the file does not say is null. */
export const imagePixels = z.object({
  /** `DICOM`, `PNG`, … */
  format: z.string(),
  width: z.int(),
  height: z.int(),
  /** 1: grey; 3: red, green and blue, whatever colours the file has. */
  channels: z.union([z.literal(1), z.literal(3)]),
  type: z.enum(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64']),
  /** width × height × channels numbers of `type`, little-endian: row after row, channels interleaved. */
  samples: bytes,
  /** Bits of each sample that count. */
  bitsStored: z.int().nullable(),
  /** Null: the file is no DICOM. */
  dicom: dicomValues.nullable(),
  /** Frames or pages of the file, and which of them this is, from 0. */
  frames: z.int(),
  frame: z.int(),
  notes: z.array(z.string()),
});
export type ImagePixels = z.infer<typeof imagePixels>;

/** Folders to which the images of a run or a comparison, and those of its test folder, were moved. */
export const movedFolders = z.object({ data: z.string().min(1).optional(), test: z.string().min(1).optional() });
export type MovedFolders = z.infer<typeof movedFolders>;

export const dataMethods = {
  'data.audit': method({
    input: dataSelection.extend(asked),
    output: auditReport.extend(answered),
    /** `headers`: of many files that were not read before, as soon as it is known. */
    progress: z.object({ done: z.int(), total: z.int(), headers: headerCounts.optional() }),
  }),
  /** An image as the network will see it: letterboxed to `size`, as a PNG. `file` is relative to the folder. */
  'data.preview': method({
    input: z.object({
      folder: z.string(),
      file: z.string(),
      size: z.int().min(16).max(1024),
      greyScale: appliedScale.optional(),
    }),
    output: z.object({ png: bytes, width: z.int(), height: z.int(), notes: z.array(z.string()) }),
  }),
  /** Many images in the same way; each is told as soon as it is read, in any order. */
  'data.thumbnails': method({
    input: z.object({
      folder: z.string().min(1),
      /** Relative to the folder. */
      files: z.array(z.string()).max(10_000),
      /** Side of the square, in pixels. */
      size: z.int().min(16).max(1024).default(128),
      greyScale: appliedScale.optional(),
      /** PNG has every level as it is; JPEG is about a tenth of its size and looks the same. */
      format: z.enum(['jpeg', 'png']).default('jpeg'),
    }),
    output: z.object({ images: z.int(), problems: z.int() }),
    progress: thumbnail,
  }),
  /** An image at full depth, for who shows it with another window. */
  'data.pixels': method({
    input: z.object({
      folder: z.string().min(1),
      file: z.string(),
      /** Of several frames or pages, from 0; left out: the one that is trained on, the middle one of DICOM or the first. */
      frame: z.int().min(0).optional(),
    }),
    output: imagePixels,
  }),
  /** Writes the synthetic sample data (DICOM and PNG, several patients). */
  'data.sample': method({
    input: z.object({ folder: z.string() }),
    output: z.object({ folder: z.string(), images: z.int(), patients: z.int(), labels: z.string() }),
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** Unpacks a zip archive of images into the workspace, once; `problems` are its files that were left out. */
  'data.unpack': method({
    input: z.object({ file: z.string().min(1) }),
    output: z.object({ folder: z.string(), files: z.int(), bytes: z.int(), problems: z.array(fileProblem) }),
    /** In bytes. */
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /**
   * Notes that the images of a run or a comparison (or those of its test folder) were moved, once each was found there
   * unchanged. Whatever reads them later, of this and of all that is on the same data, reads them there; splits and
   * numbers stay.
   */
  'data.move': method({
    input: movedFolders
      .extend({
        of: z.union([z.strictObject({ run: z.string().min(1) }), z.strictObject({ comparison: z.string().min(1) })]),
      })
      .refine(({ data, test }) => data !== undefined || test !== undefined, { message: 'a folder is missing' }),
    output: movedFolders,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
};
