/** How a table of labels is read, and what is asked about it. */
export default {
  take: 'Take the labels from {name}',
  takeLayout: 'Take {name} as that of {layout}',
  takeOneHot: 'Take the classes from the columns {columns} of {name}',
  byEnd: '{what}, matching {n} row by the end of its path | {what}, matching {n} rows by the ends of their paths',
  reading: 'How the table is read',
  match: 'Match by the ends of paths',
  matchHint:
    'For a table from another machine: the file that has the longest end of the path in common is taken. Where several have it, none is.',
  oneHot: 'Columns of 0 and 1',
  oneHotHint: 'In place of the label column, separated by commas: the class is the column that has a 1.',
  missing: 'Missing values',
  missingHint:
    'Labels that stand for none, separated by commas; "" if only an empty cell does. Left empty: NA, nan, null, - and ?, and None among numbers.',
  several: 'Leave out images with several labels in one cell',
  act: {
    matchEnds: 'Match by the ends of paths',
    leaveOutSeveral: 'Leave out images with several labels',
  },
  takenColumns: 'The classes are taken from the table {name} in this folder, columns {columns}.',
};
