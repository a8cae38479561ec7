import { z } from 'zod';

/**
 * What the images that stay on one side of a split have in common. `image`: nothing is known, and each stands on its own.
 * `group`: something else than a patient, a study or a series, or patients for a part of the images only.
 */
export const grouping = z.enum(['patient', 'study', 'series', 'group', 'image']);
export type Grouping = z.infer<typeof grouping>;

/** What a person may choose where files carry the identifiers of DICOM; `none`: every image stands on its own. */
export const groupBy = z.enum(['patient', 'study', 'series', 'none']);
export type GroupBy = z.infer<typeof groupBy>;

/** The words for groups in every sentence of the program: nobody speaks of patients who are not known. */
export const GROUP_WORDS: Readonly<Record<Grouping, { one: string; many: string }>> = {
  patient: { one: 'patient', many: 'patients' },
  // Alone the word stands for a study of Cutpoint: a data selection and all that is done with it.
  study: { one: 'imaging study', many: 'imaging studies' },
  series: { one: 'series', many: 'series' },
  group: { one: 'group', many: 'groups' },
  image: { one: 'image', many: 'images' },
};

export const wordsFor = (kind: Grouping | undefined): { one: string; many: string } => GROUP_WORDS[kind ?? 'group'];

/** `1 imaging study`, `1,204 patients`. */
export const countedGroups = (count: number, kind: Grouping | undefined): string =>
  `${count.toLocaleString('en')} ${count === 1 ? wordsFor(kind).one : wordsFor(kind).many}`;

/** `125 images of 40 patients`; where every image stands on its own, `125 images`. */
export function cohortOf({ images, groups }: { images: number; groups: number }, kind: Grouping | undefined): string {
  const own = countedGroups(images, 'image');
  return kind === 'image' ? own : `${own} of ${countedGroups(groups, kind)}`;
}

/** What the groups of a report are; reports of earlier versions say only where they came from. */
export function groupingOf(report: { grouping?: Grouping | undefined; groupSource: string }): Grouping {
  return report.grouping ?? (report.groupSource === 'none' ? 'image' : 'patient');
}

/** Whether the name of a column says that it holds patients: `patient_id`, `Subject`, `MRN`, `caseid`, `ID_patient`. */
export const isPatientColumn = (name: string): boolean =>
  /^(?:(?:id|anon|anonymi[sz]ed|pseudo|hashed)[ _.-]*)?(?:patient|paciente|paziente|subject|participant|person|individual|case|mrn|pid|proband|donor|volunteer|animal|pat(?=[ _.-]*id))s?(?:[ _.-]*(?:id|ids|uid|no|nr|num|number|code|name|key|hash|identifier))*$/i.test(
    name.trim(),
  );

/** Whether a column may say what images have in common, if nobody knows whose they are: `study_id`, `exam`, `slide`. */
export const isGroupColumn = (name: string): boolean =>
  /^(study|series|exam|examination|visit|session|scan|slide|specimen|biopsy|lesion|eye|family|group)s?([ _-]?(instance)?[ _-]?u?(id|no|nr|number|code|key|hash))?$/i.test(
    name.trim(),
  );
