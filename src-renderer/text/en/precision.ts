/** Before training: what the test set can show, and how many patients would show more. */
export default {
  title: 'What this test set can show',
  counted: 'Of {images} images of {groups} {many} in the test part, {what}.',
  countedImages: 'Of {images} images in the test part, {what}.',
  cases: '{n} is of {class} ({share}) | {n} are of {class} ({share})',
  rarest:
    '{n} is of {class}, the rarest class ({share}), against the rest | {n} are of {class}, the rarest class ({share}), against the rest',
  noData: 'Once images are chosen, how sure each figure of their test part will be stands here.',
  noTest: 'The test part has no two classes to tell apart: no figure can be measured on it.',
  elsewhere: 'The test images come from a folder of their own: enter below how many there are.',
  own: 'The figures are for the numbers entered below.',
  setBack: 'Back to what was counted',
  span: '{low} to {high}, if it is {value}',
  few: 'Fewer than ten images with or without the class are to be expected as independent ones: formulas that hold for many are a rough guide.',
  reasons: {
    'no-case': 'less than one image with or without the class is to be expected',
    'too-many': 'more than a billion would be needed',
  },
  figures: {
    auroc: 'AUROC',
    sensitivity: 'Sensitivity',
    specificity: 'Specificity',
    'calibration-slope': 'Calibration slope',
    'observed-expected': 'Observed / expected',
    'net-benefit': 'Net benefit, standardised',
  },
  how: 'How many {many} do I need?',
  howLead:
    'Nobody knows beforehand what a network will reach: guess it, better too low than too high. Counts are those of the test part, until you change them.',
  fields: {
    auroc: { label: 'AUROC, guessed', means: 'Above 0.5 and below 1.', needs: 'Enter a number above 0.5 and below 1.' },
    sensitivity: {
      label: 'Sensitivity, guessed',
      means: 'Above 0 and below 1.',
      needs: 'Enter a number above 0 and below 1.',
    },
    specificity: {
      label: 'Specificity, guessed',
      means: 'Above 0 and below 1.',
      needs: 'Enter a number above 0 and below 1.',
    },
    width: {
      label: 'Wanted: ±',
      means: 'Half of the 95 % interval.',
      needs: 'Enter a number above 0 and below 0.5.',
    },
    patients: {
      label: 'To be tested: {many}',
      means: 'As the split has them, or as you say.',
      needs: 'Enter a whole number, at least 1.',
    },
    imagesPerPatient: {
      label: 'Images of each',
      means: 'On average.',
      needs: 'Enter a number, at least 1.',
    },
    icc: {
      label: 'Intraclass correlation',
      means: 'How alike the images of one are: with 1, all of them tell no more than one image.',
      needs: 'Enter a number from 0 to 1.',
    },
    prevalence: {
      label: 'Share of the class',
      means: 'Of the images that are tested.',
      needs: 'Enter a number above 0 and below 1.',
    },
    threshold: {
      label: 'Threshold',
      means: 'Probability from which on somebody is treated, for net benefit; the share of the class at first.',
      needs: 'Enter a number above 0 and below 1.',
    },
  },
  columns: {
    figure: 'Figure',
    value: 'Guessed',
    half: 'With {n} {many}',
    needed: 'Needed for ± {width}: {many}',
    source: 'Formula',
  },
  worth:
    'Together worth {n} independent images, {cases} of the class: the images of one count as alike with an intraclass correlation of {icc} (design effect {effect}; {source}).',
  table: 'What each figure will show, by formula',
  notes:
    'Slope and observed / expected are those of a model that is calibrated; of a slope ± 0.2 and more is usual. Net benefit is that of the threshold, as a share of the highest possible.',
};
