import { z } from 'zod';

/** What an audit noticed about the data as a whole. `grave`: training stops on it until it is accepted by its code. */
export const finding = z.object({
  code: z.string(),
  message: z.string(),
  grave: z.boolean().optional(),
  /** A person looked at it and keeps the data as they are. */
  kept: z.object({ reason: z.string().optional() }).optional(),
});
export type Finding = z.infer<typeof finding>;

/** `all`, or codes of findings, that a person has read and goes on with. */
export const accepted = z.array(z.string());
export const ACCEPT_ALL = 'all';

interface FindingRule {
  /** Share of the images from which it makes a study worthless; 0: always. Left out: never. */
  graveFrom?: number;
  /** The same without names of files, for what leaves the machine; left out: the message has none. */
  says?: string;
}

/** Rules for the findings that are grave, or whose messages hold names. */
export const FINDINGS: Readonly<Record<string, FindingRule>> = {
  // The network is taught both answers for the same pixels, and tested on what it was taught.
  DUPLICATE_LABELS: { graveFrom: 0.01, says: 'Some images are identical but have different labels.' },
  // What is trained on is tested on.
  DUPLICATE_GROUPS: { graveFrom: 0.01, says: 'Some images are identical but belong to different groups.' },
  NEAR_DUPLICATE_LABELS: { graveFrom: 0.01, says: 'Some images look the same but have different labels.' },
  NEAR_DUPLICATE_GROUPS: { graveFrom: 0.01, says: 'Some images look the same but belong to different groups.' },
  // The same on both sides of the split, be it one pair.
  LEAK_DUPLICATE: { graveFrom: 0, says: 'Some images are equal to one of another part of the split.' },
  LEAK_NEAR_DUPLICATE: { graveFrom: 0, says: 'Some images look the same as one of another part of the split.' },
  // The source was trained on what is tested on.
  SOURCE_OVERLAP: { graveFrom: 0 },
  NEAR_DUPLICATE: { says: 'Some images look the same as another.' },
  BLANK: { says: 'Some images are blank or almost.' },
  INVERTED: { says: 'Some images are dark where the others are bright, as a negative is.' },
  BURNED_TEXT: { says: 'Some images have what looks like text along the borders.' },
  // Another question is answered than the one that was asked.
  LOST_CLASS: { graveFrom: 0 },
  CLASS_MOSTLY_LOST: { graveFrom: 0 },
  SPLIT_FOLDERS: { graveFrom: 0 },
  INNER_CLASSES: { graveFrom: 0 },
  EMPTY_CLASS: { graveFrom: 0 },
  CLASS_NAMES_ALIKE: { graveFrom: 0 },
  // What is no image of a class is learnt as one; what is there twice is tested on.
  MASKS: { graveFrom: 0, says: 'Some files are masks or other companions of images by their names.' },
  NESTED_COPY: { graveFrom: 0, says: 'Some images lie in the folder a second time.' },
  ARCHIVE_UNPACKED: { says: 'What is in an archive of the folder lies unpacked beside it.' },
  // Rows of a label table that are not used, as of a download that is not whole.
  LABELS_FILE_MISSING: { graveFrom: 0, says: 'Some rows of the label table name files that are not in the folder.' },
  FOUND_BY_END: { says: 'Some rows of the label table name files that are found by the end of their paths only.' },
  MATCHED_BY_END: { says: 'As chosen, files of the label table were found by the end of their paths.' },
  MATCHED_BY_SPELLING: { says: 'Some files of the label table are written with another case or image format.' },
  TABLE_SHEETS: { says: 'Of the workbook of labels the first sheet was read.' },
  TABLE_NOT_OFFERED: { says: 'Some tables of the folder were not offered for labels.' },
  FILE_AMBIGUOUS: { says: 'Some rows of the label table name files for which several could be meant.' },
  // What is learnt would be combinations, or the doubt of whoever labelled.
  SEVERAL_LABELS: { graveFrom: 0 },
  UNCERTAIN_LABELS: { graveFrom: 0 },
  // The label can be read from how files were written, and will be.
  LABEL_IS_FORMAT: { graveFrom: 0 },
  LABEL_IS_SCANNER: { graveFrom: 0 },
  RESOLUTION_UNFIT: { says: 'Some decisions about images do not fit the data any more.' },
};

/** A finding, grave if its rule says so. @param share of the images that it concerns */
export function findingOf(code: string, message: string, share = 1): Finding {
  const from = FINDINGS[code]?.graveFrom;
  return from !== undefined && share >= from ? { code, message, grave: true } : { code, message };
}

/** A finding without names of files, for what leaves the machine. */
export const withoutNames = ({ code, message }: Finding): string => FINDINGS[code]?.says ?? message;

/** The grave ones that were not accepted. */
export const unaccepted = (findings: readonly Finding[], codes: readonly string[]): Finding[] =>
  findings.filter(({ grave, code }) => grave && !codes.includes(code) && !codes.includes(ACCEPT_ALL));
