/** Words for how the folders of the data are understood. */
export default {
  part: { train: 'Training', validation: 'Validation', test: 'Test' },
  split: {
    take: 'Take them as the split',
    untake: 'Do not take the folders as the split',
    part: '{part}: {folders} ({n} file) | {part}: {folders} ({n} files)',
    classes: 'Classes: {names}',
    beside: 'Not used: {names}',
  },
  inner: 'The inner folders are the classes: {names}',
  outer: 'The outer folders are the classes',
  copy: 'Leave out the copy {names}',
  masks: 'Leave out the masks',
  alike: 'Join classes whose names are alike',
  done: {
    split: 'The folders are the parts of the split.',
    classes: 'The classes are taken from these folders.',
    folders: '{n} folder is left out. | {n} folders are left out.',
    masks: 'The masks are left out.',
    joined: 'Classes whose names are alike are joined.',
  },
  unpack: {
    title: 'An archive',
    lead: 'Cutpoint can unpack the archive into the workspace, where Settings and `cutpoint clean` remove it again. The archive itself stays as it is.',
    now: 'Unpack it, and look at the images',
    running: 'Unpacking',
    unit: 'MB',
    done: '{n} file was unpacked. | {n} files were unpacked.',
    left: '{n} was left out: `cutpoint unpack` says why. | {n} were left out: `cutpoint unpack` says why.',
  },
  frames: {
    title: 'Several frames',
    found:
      '{n} file has several frames or pages, {frames} in all. | {n} files have several frames or pages, {frames} in all.',
    label: 'What is an image',
    middle: 'One of each file: the middle frame, or the first page',
    each: 'Each frame, and each page',
    together: 'The frames of a file have its class and stay on one side of every split.',
  },
  series: {
    found: '{n} DICOM series with {images} images. | {n} DICOM series with {images} images.',
    each: 'Images of a series: {smallest} to {largest}, median {median}.',
    byPosition: 'In each, the images follow one another by their position.',
    byNumber: 'In {n} of them the images follow one another by their position, else by their number.',
  },
  choice: {
    label: 'Folder that is the class',
    first: 'The first below the data folder',
    last: 'The last, in which the image lies',
  },
};
