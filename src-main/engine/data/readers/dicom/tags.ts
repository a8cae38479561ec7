import { CutpointError } from '../../../../contract/errors.ts';
import { looksLikeDicom, parseHeader } from './header.ts';
import { ofHeader } from './beginning.ts';
import { dictionaryEntry, tagOf } from './dictionary.ts';
import { isReadable, valueOf } from './value.ts';

/** An element of the header whose value may be told. */
export interface DicomTag {
  /** As the parser has it: `x00180015`. */
  tag: string;
  keyword: string;
  vr: string;
}

/**
 * Of what the confidentiality profile of PS3.15 removes, that which describes a kind of patient, a device, a place or an
 * examination: many images share it. All else that the profile removes says who somebody is, or may.
 */
const SHARED = new Set([
  ...['PatientSex', 'PatientAge', 'PatientSize', 'PatientWeight', 'PatientSexNeutered', 'EthnicGroup'],
  ...['SmokingStatus', 'PregnancyStatus', 'AdmittingDiagnosesDescription', 'TreatmentSite'],
  ...['InstitutionName', 'InstitutionalDepartmentName', 'StationName', 'PerformedStationName'],
  ...['DeviceSerialNumber', 'DetectorID', 'GantryID', 'AcquisitionDeviceProcessingDescription', 'ContrastBolusAgent'],
  ...['StudyDescription', 'SeriesDescription', 'ProtocolName'],
  ...['RequestedProcedureDescription', 'PerformedProcedureStepDescription'],
  ...['ClinicalTrialProtocolID', 'ClinicalTrialSiteID', 'ClinicalTrialSiteName', 'ClinicalTrialTimePointID'],
]);
/** Days of an examination: to divide images by time, and no classes. */
const DAYS = new Set(['StudyDate', 'SeriesDate', 'AcquisitionDate', 'ContentDate', 'AcquisitionDateTime']);
/** Value types that say who or when, whatever the element is. */
const TELLING = new Set(['PN', 'UI', 'DA', 'DT', 'TM']);

/**
 * The element that a person names by its keyword or number: `StationName`, `(0008,1010)`, `00081010`.
 * @param use as a class, whose names are stored and exported, or to divide images by
 * @throws CutpointError INPUT_INVALID where there is none, where it holds no text or numbers, and where it identifies a person
 */
export function dicomTag(text: string, use: 'class' | 'column'): DicomTag {
  const name = text.trim();
  const number = /^\(?([0-9a-f]{4}),? ?([0-9a-f]{4})\)?$/i.exec(name);
  const tag = number ? `${number[1]!}${number[2]!}`.toLowerCase() : tagOf(name);
  const known = tag === undefined ? undefined : dictionaryEntry(tag);
  if (tag === undefined || !known)
    throw refused(`The standard knows no DICOM tag "${name}".`, 'Name it by its keyword, as BodyPartExamined, or by its number, as (0018,0015). Private tags are not read.'); // prettier-ignore
  const { keyword, vr, confidential } = known;
  if (DAYS.has(keyword)) {
    if (use === 'column') return { tag: `x${tag}`, keyword, vr };
    throw refused(`The DICOM tag ${keyword} holds days, which are no classes.`, 'Choose another tag, or divide the images by it: `--split-date tag:StudyDate`.'); // prettier-ignore
  }
  if (TELLING.has(vr) || (confidential && !SHARED.has(keyword)))
    throw refused(`The DICOM tag ${keyword} may say who a patient is, and what is chosen here is stored and exported.`, 'Choose a tag that many patients share, such as BodyPartExamined or Manufacturer. Patients are kept together with `--group-by`.'); // prettier-ignore
  if (isReadable(vr)) return { tag: `x${tag}`, keyword, vr };
  throw refused(`The DICOM tag ${keyword} holds no text or number, but items or bytes.`, 'Choose another tag.');
}

const refused = (message: string, remedy: string): CutpointError =>
  new CutpointError('INPUT_INVALID', message, { remedy });

/**
 * The values of a file, '' where its header has none; ages in years. No more of the file is read than has to be.
 * Null of a file that is no DICOM file. Throws as `readImage` does.
 */
export const readTags = (path: string, tags: readonly DicomTag[]): Promise<string[] | null> =>
  ofHeader(path, (beginning) => {
    if (!looksLikeDicom(beginning)) return null;
    const { data } = parseHeader(beginning);
    return tags.map(({ tag, vr }) => {
      const element = data.elements[tag];
      const text = element ? valueOf(data, element, element.vr ?? vr) : '';
      return vr === 'AS' ? (yearsOf(text) ?? '') : text;
    });
  });

/** Parts of a year, as PS3.5 writes ages: `045Y`, `006M`. */
const YEARS: Readonly<Record<string, number>> = { Y: 1, M: 1 / 12, W: 7 / 365.25, D: 1 / 365.25 };

/** An age in years, to hundredths; undefined where it is none. */
export function yearsOf(text: string): string | undefined {
  const [, number, unit] = /^(\d{1,3})([YMWD])$/.exec(text) ?? [];
  return number === undefined ? undefined : String(Number((Number(number) * YEARS[unit!]!).toFixed(2)));
}
