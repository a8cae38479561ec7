/** Words of the tab Subgroups of the room of results. */
export default {
  title: 'Figures by subgroup',
  lead: 'Does the network do as well for everyone? Its figures by age, sex, scanner or any column of a table beside the images. Values are read now and not stored.',
  nothing:
    'Nothing more is known of these images: no table lies beside them, and they are no DICOM files. Put a CSV file with a column of file names into their folder and audit it again.',
  by: 'Divide by',
  column: '{name} ({table})',
  header: '{value} (DICOM header)',
  values: {
    age: 'Age in years',
    sex: 'Sex',
    scanner: 'Scanner',
    site: 'Site, by number',
    'body-part': 'Body part',
    view: 'View',
  },
  tag: 'Another DICOM tag',
  tagName: 'Tag',
  tagHint:
    'Its keyword or number, such as StationName or (0018,1030). Those that may say who a patient is are refused.',
  bands: 'Edges of bands',
  bandsHint: 'For columns of numbers, such as 40, 65. Empty: ages at 18, 40 and 65, other numbers in thirds.',
  bandsWrong: 'Numbers, separated by commas.',
  least: 'Fewest patients of a subgroup',
  leastHint: 'Of fewer only the count is told.',
  ask: 'Show the subgroups',
  asking: 'Reading what is known of the images',
  groups: {
    patient: 'Patients',
    study: 'Imaging studies',
    series: 'Series',
    group: 'Groups',
    image: 'Images',
  },
  caption: '{by}: {of}',
  captionUnknown: '{by}: {of}; without a value {unknown}',
  without: 'Without {label}',
  missing: {
    few: '– too few',
    class: '– a class is missing',
  },
  noInterval: '(no interval at 0 or 1)',
  basis:
    '{percent} intervals, each of its subgroup alone: AUROC by DeLong and shares by Wilson where nobody has several images in the subgroup, else by {resamples} draws of those that the images belong to. Of fewer than {least} only the count is told.',
  gaps: 'Largest gaps',
  gap: '{measure}: ‘{highest}’ against ‘{lowest}’, {difference} ({low} to {high}).',
  chance: 'Chance alone makes {typical} of it in half of the draws, and {most} or more in one of twenty (p = {p}).',
  chanceUnknown: 'What chance alone makes is not told: some patients have images of several values.',
  beyondChance: 'beyond chance',
  gapsNote:
    'Each pair was chosen as the farthest apart, which its interval does not know. Chance is judged by dealing the values out anew among patients of the same classes, 1,000 times; several figures are several looks.',
};
