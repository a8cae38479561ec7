/** In front of a DICOM tag that stands in the place of a column: `tag:StationName`, `tag:(0018,0015)`. */
const PREFIX = 'tag:';

/** The tag that is named in the place of a column; undefined for a column of a table. */
export const tagNamed = (column: string): string | undefined =>
  column.startsWith(PREFIX) ? column.slice(PREFIX.length).trim() : undefined;

export const columnOfTag = (tag: string): string => PREFIX + tag;

/** Tags that images are often divided by, to choose from. */
export const USUAL_TAGS = [
  ...['Manufacturer', 'ManufacturerModelName', 'StationName', 'InstitutionName'],
  ...['StudyDate', 'AcquisitionDate', 'PatientSex', 'PatientAge'],
  ...['Modality', 'BodyPartExamined', 'ViewPosition', 'StudyDescription', 'SeriesDescription', 'ProtocolName'],
] as const;
