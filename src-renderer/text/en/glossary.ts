/** One sentence per term of the field, shown where the term stands. */
export default {
  auroc: {
    term: 'AUROC',
    means:
      'Area under the ROC curve: how often the network gives a random positive image a higher score than a random negative one; 0.5 is chance, 1 is perfect.',
  },
  auprc: {
    term: 'AUPRC',
    means:
      'Area under the precision–recall curve; chance is the share of positive images, so it tells more than AUROC where positives are rare.',
  },
  auprcTrapezoidal: {
    term: 'AUPRC (trapezoidal)',
    means:
      'The same area with straight lines between the points, which is a little too large: in between, precision falls faster. Average precision has steps instead.',
  },
  sensitivity: { term: 'Sensitivity', means: 'Share of the positive images that are called positive.' },
  specificity: { term: 'Specificity', means: 'Share of the negative images that are called negative.' },
  accuracy: { term: 'Accuracy', means: 'Share of all images whose most probable class is the true one.' },
  balancedAccuracy: {
    term: 'Balanced accuracy',
    means: 'Mean over the classes of the share of its images that are recognised.',
  },
  ppv: {
    term: 'PPV',
    means: 'Positive predictive value, or precision: of what is called positive, the share that is.',
  },
  npv: { term: 'NPV', means: 'Negative predictive value: of what is called negative, the share that is.' },
  f1: { term: 'F1', means: 'Harmonic mean of sensitivity and PPV.' },
  mcc: {
    term: 'Matthews correlation',
    means: 'Correlation of the true and the predicted class: 1 is perfect, 0 is chance, and rare classes count fully.',
  },
  kappa: {
    term: 'Cohen’s kappa',
    means: 'How far true and predicted class agree beyond what chance would give: 1 is perfect, 0 is chance.',
  },
  kappaLinear: {
    term: 'Kappa, linear weights',
    means: 'Kappa of classes in an order, where a mistake counts by how many classes it is away.',
  },
  kappaQuadratic: {
    term: 'Kappa, quadratic weights',
    means: 'Kappa of classes in an order, where a mistake counts by the square of how many classes it is away.',
  },
  brier: {
    term: 'Brier score',
    means:
      'Mean squared distance between the probabilities and what was true; of several classes the sum over them. It says whether probabilities can be believed.',
  },
  subsetAccuracy: {
    term: 'Subset accuracy',
    means: 'Of several labels an image: the share of images of which every known label is called rightly.',
  },
  f1Micro: {
    term: 'F1 (micro)',
    means:
      'Of several labels an image: F1 of all known labels of all images together, so that frequent labels count most.',
  },
  labelRankingPrecision: {
    term: 'Label ranking average precision',
    means:
      'Of several labels an image: how many of the labels that rank as high as one which an image has, the image has too; 1 where its labels rank above all others.',
  },
  logLoss: {
    term: 'Log loss',
    means: 'Mean cross-entropy: how surprised the probabilities are by what was true. One sure mistake weighs much.',
  },
  calibration: {
    term: 'Calibration',
    means: 'How far probabilities can be believed: of all images given 0.8, eight in ten should be positive.',
  },
  calibrationSlope: {
    term: 'Calibration slope',
    means: 'Below 1, probabilities are too extreme; above 1, not extreme enough; 1 is right.',
  },
  calibrationIntercept: {
    term: 'Calibration intercept',
    means: 'Below 0, probabilities are too high on average; above 0, too low; 0 is right.',
  },
  ece: {
    term: 'ECE',
    means:
      'Expected calibration error: mean distance of the probabilities from what was observed, bin by bin. Chance alone makes it larger than 0.',
  },
  threshold: {
    term: 'Threshold',
    means: 'The probability from which an image is called positive; chosen on validation images and kept.',
  },
  netBenefit: {
    term: 'Net benefit',
    means:
      'True positives less false positives, these weighed by the odds of the threshold, per image: whether acting on the model does more good than treating all or nobody.',
  },
  abstention: {
    term: 'Abstention',
    means: 'The model names no single class where it is not sure enough, and a person decides.',
  },
  conformal: {
    term: 'Conformal prediction',
    means: 'Sets of classes that hold the true one as often as was promised, for images like those it was fitted on.',
  },
  confidenceInterval: {
    term: 'Interval',
    means:
      'Range that would hold the true value in 95 of 100 studies like this one; it is wider the fewer the patients.',
  },
  cut: {
    term: 'Cut',
    means:
      'The layer after which the network ends; everything behind it is left away, and a new classifier is put there.',
  },
  parameters: { term: 'Parameters', means: 'Numbers that are learnt; they decide how large the file is.' },
  macs: {
    term: 'MACs',
    means: 'Multiply-accumulate operations for one image; they decide most of the time that the network takes.',
  },
  receptiveField: {
    term: 'Receptive field',
    means: 'Side of the square of input pixels that one place of the layer can see.',
  },
  latency: { term: 'Latency', means: 'Time for one image on this machine, measured here.' },
  probe: {
    term: 'Linear probe',
    means:
      'A linear classifier trained on the frozen features at a cut: quick, and it tells where the useful features end before anything is fine-tuned.',
  },
  logme: {
    term: 'LogME',
    means:
      'How well a linear model could explain the labels from the features at a cut, without training one. It is meant to be higher where fine-tuning ends better; whether it is on your images has to be measured.',
  },
  hScore: {
    term: 'H-score',
    means:
      'How much of the spread of the features lies between the classes. It is meant to be higher where fine-tuning ends better; whether it is on your images has to be measured.',
  },
  leep: {
    term: 'LEEP',
    means:
      'How well the classes that the source has learned foretell the labels of your images; at most 0. N-LEEP takes groups of similar features in the place of those classes.',
  },
  parc: {
    term: 'PARC',
    means:
      'Whether images that differ in class differ in features, too: a rank correlation over pairs of images, from −1 to 1.',
  },
  rankCorrelation: {
    term: 'Rank correlation',
    means:
      'Whether two orders of the same things agree, from −1 (reversed) over 0 (nothing in common) to 1 (the same). Kendall’s τ counts pairs, Spearman’s ρ compares ranks, the weighted τ looks most at the best.',
  },
  svcca: {
    term: 'SVCCA',
    means:
      'How much of what a layer represents is the same in two networks, from 0 to 1; here before and after fine-tuning.',
  },
  cka: {
    term: 'CKA',
    means: 'Another measure of how alike two layers are, from 0 to 1, which looks at all directions at once.',
  },
  transfer: { term: 'Transfer learning', means: 'Starting from a network that has learnt from other images.' },
  strategy: { term: 'Strategy', means: 'What is kept, frozen, cut away or started afresh of the pretrained network.' },
  fineTuning: { term: 'Fine-tuning', means: 'Training the pretrained network further on your own images.' },
  frozen: { term: 'Frozen', means: 'Left as it was: these layers are not trained.' },
  epoch: { term: 'Epoch', means: 'One pass over all training images.' },
  batch: {
    term: 'Batch size',
    means: 'Images that are looked at together before the weights are changed; it decides the memory needed.',
  },
  learningRate: { term: 'Learning rate', means: 'How far the weights are moved at each step.' },
  earlyStopping: { term: 'Early stopping', means: 'Training ends when the validation score no longer improves.' },
  validation: {
    term: 'Validation',
    means:
      'Patients on whom choices are made (the best epoch, the best cut); not those on whom the result is measured.',
  },
  test: {
    term: 'Test set',
    means: 'Patients whom no choice has seen; looking at them often makes their figures look better than they are.',
  },
  fold: { term: 'Fold', means: 'One of several equal parts of the patients; each is the test set once.' },
  seed: { term: 'Seed', means: 'Number from which all that is random follows; the same seed gives the same run.' },
  nonInferior: {
    term: 'Not inferior',
    means:
      'Worse than the reference by less than the margin that was chosen before, with the confidence that was chosen.',
  },
  pareto: { term: 'Pareto front', means: 'The networks to which no other is both smaller and better.' },
  gradCam: {
    term: 'Grad-CAM',
    means: 'Map of the places in the image that raise the score of a class, from the gradients at the last layer.',
  },
  letterbox: { term: 'Letterbox', means: 'Fitted into the square whole, with bars at the sides; nothing is cropped.' },
  photometric: {
    term: 'Photometric interpretation',
    means:
      'Whether low values of a DICOM image are dark (MONOCHROME2) or bright (MONOCHROME1), or what its colours are.',
  },
  window: { term: 'Window', means: 'The range of values that is spread from black to white.' },
  fingerprint: {
    term: 'Fingerprint',
    means: 'A digest of all images, labels and patients: two studies with the same one used the same data.',
  },
  onnx: { term: 'ONNX', means: 'An open file format for networks that many programs can run.' },
};
