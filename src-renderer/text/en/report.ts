/** Words of the report for reviewers. */
export default {
  title: 'Report',
  lead: 'One page for reviewers: flow of images, methods, results with intervals, errors, maps, and the checklists CLAIM 2024, TRIPOD+AI and METRICS, filled as far as this app knows. Its figures lie beside it as JSON, with a model card.',
  destination: 'File of the report',
  file: 'Path of the HTML file to be written.',
  images: {
    label: 'Show images of patients',
    about: 'A few errors and maps, without names. The report is then to be kept as the images are.',
  },
  pdf: {
    label: 'Print it to PDF, too',
    about: 'With a Chromium of this machine. Any browser can print the report to PDF as well.',
  },
  sealed:
    'The test set is sealed: the report will have the figures of the validation images. Open the test set first if they are to be in it.',
  act: 'Write the report',
  writing: 'Writing the report',
  done: 'Report written to {path}.',
  written: 'Written: {path}',
  tested: 'It has the figures of the test images.',
  validated: 'It has the figures of the validation images.',
  filled: '{name}: {here} of {of} items filled, {author} for the author',
  show: 'Show in its folder',
  copy: 'Copy its address',
  copied: 'The address is in the clipboard: paste it into the address bar of a browser.',
  exists: {
    title: 'Replace the earlier report?',
    text: '{path} is an earlier report of the same. If it is replaced, so are its JSON, its card and its PDF.',
    act: 'Replace it',
  },
};
