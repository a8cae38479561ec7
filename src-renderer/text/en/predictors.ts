/** What predicts the class without a look at the whole image. */
export default {
  title: 'What predicts the class without the image',
  by: 'Predicted by',
  interval: 'Interval',
  range: '{low} to {high}',
  warning: 'warning',
  how: 'Cross-validated by {by} on {n} image; 95 % intervals that hold together. | Cross-validated by {by} on {n} images; 95 % intervals that hold together.',
  some: '{n} of {all} classes are large enough.',
  below: 'Below 0.5, what holds for some does not hold for others.',
  few: 'Not judged: fewer than two classes have {images} images of {many}.',
  fewImages: 'Not judged: fewer than two classes have {images} images.',
  same: 'Nothing that is known of the files differs among them.',
};
