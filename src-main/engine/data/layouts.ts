import type { TableLayout } from '../../contract/images.ts';
import { LABEL_GROUPS } from '../../contract/labelGroups.ts';

/** A published table of labels, known by the columns of its header. */
interface Published {
  name: string;
  /** All of them are there. */
  header: readonly string[];
  /** One of them at the least. */
  oneOf?: readonly string[];
  file: string;
  /** The first of these that is there; or all of them, as columns of 0 and 1. */
  label?: readonly string[];
  oneHot?: readonly string[];
  /** Columns of labels of which an image may have several; those that are there are learnt each on its own. */
  several?: readonly string[];
  /** Or what stands between their names in the column of the label. */
  separator?: string;
  /** The column that keeps images together; null: none does. */
  group: string | null;
  /** Or what in the path does. */
  groupPattern?: string;
  /** What to know before it is taken; a sentence. */
  says: string;
}

const SKIN = ['MEL', 'NV', 'BCC', 'AK', 'AKIEC', 'BKL', 'DF', 'VASC', 'SCC', 'UNK'] as const;
const CHEXPERT = [
  ...['Pleural Effusion', 'Cardiomegaly', 'Edema', 'Consolidation', 'Atelectasis', 'Pneumonia', 'Pneumothorax'],
  ...['Lung Opacity', 'Lung Lesion', 'Enlarged Cardiomediastinum', 'Pleural Other', 'Fracture', 'Support Devices'],
  'No Finding',
] as const;

/** The most specific first. */
const PUBLISHED: readonly Published[] = [
  {
    name: 'HAM10000',
    header: ['lesion_id', 'image_id', 'dx'],
    ...{ file: 'image_id', label: ['dx'], group: 'lesion_id' },
    says: 'Images of one lesion stay together; the table does not say which lesions are of one patient.',
  },
  {
    name: 'ISIC 2020',
    header: ['image_name', 'patient_id', 'target'],
    ...{ file: 'image_name', label: ['benign_malignant', 'target'], group: 'patient_id' },
    says: 'Few of its images are malignant: look at AUPRC.',
  },
  {
    name: 'ISIC',
    header: ['image', 'MEL', 'NV'],
    ...{ file: 'image', oneHot: SKIN, group: null },
    says: 'The table does not say which images are of one lesion or patient; the table of metadata of the same challenge does in part.',
  },
  {
    name: 'CheXpert',
    header: ['Path', 'Sex', 'Age'],
    oneOf: CHEXPERT,
    ...{ file: 'Path', label: CHEXPERT, group: null, groupPattern: String.raw`(patient\d+)` },
    several: LABEL_GROUPS.find(({ name }) => name === 'chexpert')!.labels,
    says: 'Each finding has a column of its own: one of them can be the class, or each is learnt on its own. In it 1 is present, 0 absent, -1 uncertain, and an empty cell is not mentioned.',
  },
  {
    name: 'NIH ChestX-ray14',
    header: ['Image Index', 'Finding Labels', 'Patient ID'],
    ...{ file: 'Image Index', label: ['Finding Labels'], group: 'Patient ID', separator: '|' },
    says: 'Many of its images have several labels in one cell.',
  },
  {
    name: 'APTOS 2019',
    header: ['id_code', 'diagnosis'],
    ...{ file: 'id_code', label: ['diagnosis'], group: null },
    says: 'Its grades from 0 to 4 are learnt as classes, and their order is not used. The table does not say which eyes are of one patient.',
  },
  {
    name: 'RSNA Pneumonia',
    header: ['patientId', 'x', 'y', 'width', 'height', 'Target'],
    ...{ file: 'patientId', label: ['Target'], group: 'patientId' },
    says: 'It has a row for each box: rows of one image count once, and each image is a patient.',
  },
  {
    name: 'RSNA Pneumonia',
    header: ['patientId', 'class'],
    ...{ file: 'patientId', label: ['class'], group: 'patientId' },
    says: 'It has a row for each box: rows of one image count once, and each image is a patient.',
  },
];

/** The published table that has these columns, and how it is read; undefined: none that is known. */
export function layoutOf(columns: readonly string[], files: readonly string[]): TableLayout | undefined {
  const has = (name: string) => columns.includes(name);
  const found = PUBLISHED.find(({ header, oneOf }) => header.every(has) && (!oneOf || oneOf.some(has)));
  if (!found) return undefined;
  const { name, file, label, oneHot, several, separator, group, groupPattern, says } = found;
  const labels = several?.filter(has);
  // A pattern that no file has is none.
  const inPath = groupPattern !== undefined && files.some((path) => new RegExp(groupPattern).test(path));
  return {
    ...{ name, says, fileColumn: file, labelColumn: label?.find(has) ?? null, groupColumn: group },
    ...(oneHot && { oneHot: oneHot.filter(has) }),
    ...(labels && labels.length > 1 && { several: { columns: labels } }),
    ...(separator !== undefined && { several: { separator } }),
    ...(inPath && { groupPattern }),
  };
}
