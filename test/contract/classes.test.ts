import { describe, expect, it } from 'vitest';
import { orderClasses, positiveClass, positiveOf } from '../../src-main/contract/classes.ts';

/** Two classes as public data sets name them, and the one that a reader of sensitivity means. */
const PUBLIC: readonly (readonly [negative: string, positive: string])[] = [
  // chest
  ['NORMAL', 'PNEUMONIA'],
  ['Normal', 'Lung_Opacity'],
  ['No Finding', 'Cardiomegaly'],
  ['No_Finding', 'Finding'],
  ['nofinding', 'finding'],
  ['OTHER', 'COVID'],
  ['Others', 'COVID'],
  ['normal', 'covid'],
  ['nonCOVID', 'COVID'],
  ['non-COVID', 'COVID'],
  ['CT_NonCOVID', 'CT_COVID'],
  ['noncovid', 'covid'],
  ['COVID19 negative', 'COVID19 positive'],
  ['COVID-', 'COVID+'],
  ['Negative for Pneumonia', 'Typical Appearance'],
  ['Normal', 'Tuberculosis'],
  ['health', 'sick'],
  ['health', 'tb'],
  ['Normal cases', 'Malignant cases'],
  ['Bengin cases', 'Malignant cases'],
  ['Normal cases', 'Bengin cases'],
  ['lung_n', 'lung_aca'],
  ['no lung opacity', 'lung opacity'],
  ['without nodule', 'nodule'],
  ['nonodule', 'nodule'],
  ['NO', 'PNEUMOTHORAX'],
  // brain
  ['no', 'yes'],
  ['notumor', 'glioma'],
  ['no_tumor', 'meningioma_tumor'],
  ['Healthy', 'Brain Tumor'],
  ['NonDemented', 'Demented'],
  ['Non Demented', 'Very mild Dementia'],
  ['NonDemented', 'MildDemented'],
  ['CN', 'AD'],
  ['CN', 'MCI'],
  ['MCI', 'AD'],
  ['sMCI', 'pMCI'],
  ['HC', 'PD'],
  ['Control', 'Parkinson'],
  ['TD', 'ASD'],
  ['Non_Autistic', 'Autistic'],
  ['LGG', 'HGG'],
  ['low_grade', 'high_grade'],
  ['NORMAL', 'HEMORRHAGE'],
  ['unruptured', 'ruptured'],
  ['interictal', 'ictal'],
  // skin
  ['benign', 'malignant'],
  ['nevus', 'melanoma'],
  ['naevus', 'melanoma'],
  ['nv', 'mel'],
  ['bkl', 'mel'],
  ['NotMelanoma', 'Melanoma'],
  ['Others', 'Monkeypox'],
  ['non-melanoma', 'melanoma'],
  ['clear', 'nodular'],
  // blood, tissue, cells
  ['Uninfected', 'Parasitized'],
  ['uninfected', 'infected'],
  ['hem', 'all'],
  ['HEM', 'ALL'],
  ['0', '1'],
  ['0.0', '1.0'],
  ['-1', '1'],
  ['class0', 'class1'],
  ['IDC(-)', 'IDC(+)'],
  ['non_cancer', 'cancer'],
  ['Non-Cancerous', 'Cancerous'],
  ['NORM', 'TUM'],
  ['MSS', 'MSIMUT'],
  ['nonMSIH', 'MSIH'],
  ['NILM', 'HSIL'],
  ['LSIL', 'HSIL'],
  ['adenoma', 'carcinoma'],
  ['B', 'M'],
  ['wildtype', 'mutant'],
  ['unmethylated', 'methylated'],
  ['HER2-', 'HER2+'],
  // bones, breast, gut
  ['negative', 'positive'],
  ['not fractured', 'fractured'],
  ['notfractured', 'fractured'],
  ['Non-Fracture', 'Fracture'],
  ['healthy', 'fracture'],
  ['normal', 'benign'],
  ['no polyp', 'polyp'],
  ['normal-cecum', 'polyps'],
  ['hyperplastic', 'adenomatous'],
  ['bowel_healthy', 'bowel_injury'],
  ['KL1', 'KL3'],
  ['intact', 'torn'],
  // eyes
  ['No_DR', 'DR'],
  ['NoDR', 'DR'],
  ['nodr', 'dr'],
  ['No DR', 'Mild'],
  ['NRG', 'RG'],
  ['Glaucoma_Negative', 'Glaucoma_Positive'],
  ['non_glaucoma', 'glaucoma'],
  ['NORMAL', 'DRUSEN'],
  ['NonAMD', 'AMD'],
  // outcome, presence, others
  ['survived', 'died'],
  ['alive', 'dead'],
  ['nonresponder', 'responder'],
  ['no relapse', 'relapse'],
  ['stable', 'unstable'],
  ['healthy', 'unhealthy'],
  ['normal', 'abnormal'],
  ['Normal', 'HighNormal'],
  ['absent', 'present'],
  ['absence', 'presence'],
  ['clean', 'noisy'],
  ['background', 'lesion'],
  ['false', 'true'],
  ['n', 'y'],
  ['without_mask', 'with_mask'],
  ['WithoutMask', 'WithMask'],
  ['disease-free', 'diseased'],
  ['control', 'case'],
  ['Healthy', 'Other'],
  ['typical', 'atypical'],
  ['mild', 'severe'],
  ['sin_neumonia', 'neumonia'],
  ['gesund', 'krank'],
  ['ohne Befund', 'Pneumonie'],
  ['sano', 'enfermo'],
  ['sain', 'malade'],
  ['benign', 'non-benign'],
  ['Normal', 'Normal tension glaucoma'],
  ['normal', 'clear cell carcinoma'],
  ['N', 'AFIB'],
  ['nowildfire', 'wildfire'],
  ['benign', 'in situ carcinoma'],
  ['0_normal', '1_pneumonia'],
  ['inactive', 'active'],
  ['NoFlu', 'Flu'],
  ['non-neoplastic', 'neoplastic'],
  ['ok_front', 'def_front'],
  // numbered, and with signs and stems grown together
  ['0_no_tumor', '1_tumor'],
  ['1_normal', '0_pneumonia'],
  ['no_lesion_0', 'lesion_1'],
  ['HPVneg', 'HPVpos'],
  ['covidneg', 'covidpos'],
  ['seronegative', 'seropositive'],
  // what a denial is about
  ['BENIGN_WITHOUT_CALLBACK', 'MALIGNANT'],
  ['other', 'triple negative'],
  ['Other Diseases', 'Pneumonia'],
  ['Healthy', 'Other Disease'],
  ['early glaucoma', 'advanced glaucoma'],
  ['leaf', 'diseased leaf'],
  ['FP', 'TP'],
  ['wt', 'ko'],
  ['pass', 'fail'],
  ['euploid', 'aneuploid'],
  ['volunteers', 'patients'],
  // other languages, with and without their accents
  ['Gesunde', 'Kranke'],
  ['unauffaellig', 'auffaellig'],
  ['UNAUFFÄLLIG', 'AUFFÄLLIG'],
  ['bénin', 'malin'],
  ['aucune lésion', 'lésion'],
  ['non', 'oui'],
  ['assente', 'presente'],
  ['não', 'sim'],
  ['goedaardig', 'kwaadaardig'],
  ['geen afwijking', 'afwijking'],
];

describe('the positive class of two', () => {
  it('is told for more than a hundred public pairs', () => expect(PUBLIC.length).toBeGreaterThan(100));

  it.each(PUBLIC)('%s against %s: for certain, whichever comes first', (negative, positive) => {
    const sorted = [negative, positive].sort();
    expect(positiveClass(sorted)).toEqual({ positive, certain: true, why: expect.stringMatching(/^[^.]+$/) });
    expect(orderClasses(sorted, undefined)).toEqual([negative, positive]);
  });

  it.each([
    ['cat', 'dog'],
    ['bacteria', 'virus'],
    ['A', 'B'],
    ['female', 'male'],
    ['ischemic', 'hemorrhagic'],
    ['LUAD', 'LUSC'],
    ['NSCLC', 'SCLC'],
    ['non-small cell', 'small cell'],
    ['Hodgkin', 'Non-Hodgkin'],
    ['usual', 'unusual'],
    ['nevus', 'seborrheic_keratosis'],
    ['low', 'adequate'],
    ['missense', 'nonsense'],
    ['benign', 'nevus'],
    ['note', 'nodule'],
    ['nonspecific', 'usual interstitial pneumonia'],
    ['normocytic', 'macrocytic'],
    ['1', '2'],
    ['2', '4'],
    ['T1', 'T2'],
    ['left', 'right'],
    ['melanoma', 'basal cell carcinoma'],
    ['no 1', 'no 2'],
    ['differentiated', 'undifferentiated'],
    ['nevus', 'other'],
    ['BENIGN', 'BENIGN_WITHOUT_CALLBACK'],
    ['gradable', 'ungradable'],
    ['viable', 'non-viable'],
    ['Progression', 'Stable Disease'],
    ['Severe', 'Proliferate_DR'],
    ['Crohn disease', 'ulcerative colitis'],
    ['gram negative', 'gram positive'],
    ['low_quality', 'high_quality'],
    ['day0', 'day7'],
    ['TC', 'ET'],
    ['hem', 'isch'],
  ])('%s against %s: not for certain', (...pair) => {
    expect(positiveClass([...pair].sort())).toMatchObject({ certain: false });
  });

  it.each([
    ['dog', 'cat'],
    ['COVID', 'Viral Pneumonia'],
    ['4', '2'],
    ['nevus', 'other'],
    ['10', '9'],
  ])('where it is not certain: %s rather than %s', (positive, negative) => {
    expect(positiveClass([positive, negative].sort())).toMatchObject({ positive, certain: false });
  });

  it('is what the user says', () => {
    expect(orderClasses(['NORMAL', 'PNEUMONIA'], 'NORMAL')).toEqual(['PNEUMONIA', 'NORMAL']);
    expect(positiveOf(['PNEUMONIA', 'NORMAL'], 'NORMAL')).toMatchObject({ positive: 'NORMAL', certain: true });
    expect(positiveOf(['cat', 'dog'], undefined)).toMatchObject({ positive: 'dog', certain: false });
    // A model of an earlier version, which counted them the other way round.
    expect(positiveOf(['COVID', 'OTHER'], undefined)).toMatchObject({ positive: 'OTHER', certain: false });
  });

  it('there is none of three, and no other than these two', () => {
    expect(positiveClass(['a', 'b', 'normal'])).toBeUndefined();
    expect(positiveOf(['a', 'b', 'normal'], undefined)).toBeUndefined();
    expect(orderClasses(['a', 'b', 'normal'], undefined)).toEqual(['a', 'b', 'normal']);
    expect(() => orderClasses(['a', 'b', 'c'], 'b')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    expect(() => orderClasses(['a', 'b'], 'x')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', details: { valid: ['a', 'b'] } }),
    );
  });
});
