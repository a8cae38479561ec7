/** How images are divided into training, validation and test. */
export default {
  title: 'What is tested on',
  way: 'The test images are',
  ways: {
    drawn: 'a share of the patients, drawn at random',
    given: 'given: folders or a column say the part of each image',
    column: 'those with certain values of a column, such as sites',
    date: 'all from a day on',
  },
  choose: 'Choose…',
  noTable: 'Columns and dates can be chosen where the labels come from a table.',
  partColumn: 'Column with the part',
  partHint: 'train, validation or test for each image',
  column: 'Column',
  testValues: 'Values to test on',
  valuesHint: 'separated by commas',
  validationValues: 'Values to validate on',
  validationHint: 'left empty, a share of the other patients is drawn',
  from: 'Test from',
  fromHint: 'such as 2019-05-31 or 31.05.2019',
  strata: 'Stratify by columns',
  strataHint: 'beside the class, where parts are drawn; names separated by commas',
  open: 'Not complete yet: until then the parts are drawn at random.',
  lead: {
    given:
      'The parts are given with the data. Where none is given for validation, {validation} of the patients that are not tested are drawn.',
    column: 'Tested on images whose column ‘{column}’ is {values}.',
    date: 'Tested on all images from {from} on, by the column ‘{column}’.',
  },
};
