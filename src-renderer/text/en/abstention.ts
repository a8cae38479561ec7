/** Words of what a run would leave to a person. */
export default {
  title: 'What would be handed to a person',
  lead: 'Each image gets the set of classes that it may have. One class: the network decides. Several, or none: a person does.',
  alpha: 'A class may be missed',
  alphaHint: 'Share of the {groups} of each class, from 0.005 to 0.4.',
  refused: 'No sets are shown',
  promise:
    'All images of the true class have it in their sets for at least {share} of the {groups} of each class, if they come about as those of the validation images did.',
  images: 'Images handed to a person',
  groups: 'With such an image: {groups}',
  one: 'Decided',
  several: 'Several classes',
  none: 'No class',
  of: '{count} of {of}',
  interval: '{low} to {high}',
  classes: 'Each class',
  columns: {
    class: 'Class',
    calibration: 'Calibrated on',
    from: 'In the set from',
    coverage: 'Class in all their sets',
    images: 'Class in the set, images',
    decided: 'Decided rightly',
  },
  here: 'The sets are calibrated on these very images, so they keep the promise here by themselves. How they do elsewhere is seen on the test set or on another folder.',
  basis:
    'Class-conditional split conformal prediction (Vovk 2012). The units are {groups}: of each the image counts that fits its class least, so that several images of one do not count as many. The epoch was chosen on the same validation images, so the promise holds nearly, not exactly. {percent} intervals by Wilson.',
};
