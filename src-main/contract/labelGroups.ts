/** Labels of a published table that are learnt together. */
export interface LabelGroup {
  /** `chexpert-low`. */
  name: string;
  title: string;
  /** Columns of the table. */
  labels: readonly string[];
}

const LOW = ['Lung Opacity', 'Consolidation', 'Pneumonia', 'Pneumothorax', 'Pleural Effusion', 'Pleural Other'];
const LOW_AND_HIGH = ['Enlarged Cardiomediastinum', 'Cardiomegaly', 'Lung Lesion', 'Edema', 'Atelectasis', 'Fracture', 'Support Devices']; // prettier-ignore

/**
 * Groups of the findings of CheXpert (Irvin et al. 2019) by the features that show them: Peng et al. 2023, table 4. "No
 * Finding" is in neither, for it shows by no feature of its own.
 */
export const LABEL_GROUPS: readonly LabelGroup[] = [
  { name: 'chexpert-low', title: 'CheXpert, low-level features', labels: LOW },
  { name: 'chexpert-high', title: 'CheXpert, low- and high-level features', labels: LOW_AND_HIGH },
  { name: 'chexpert', title: 'CheXpert, all findings', labels: [...LOW, ...LOW_AND_HIGH] },
];
