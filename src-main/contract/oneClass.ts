/** What is made for one class an image, and why several labels have none of it: said before it is asked for, and where it is. */
export const ONE_CLASS_ONLY = {
  calibration: 'Probabilities of several labels are not calibrated: a temperature or a line belongs to one of them.',
  abstention:
    'Nothing can be promised of several labels at once: a set of classes that holds the true one asks for one class an image.',
  'class order': 'Labels of which an image may have several are in no order.',
  svm: 'A support vector machine in place of the head is made for one class an image.',
  estimates: 'Estimates of transferability are of one class an image.',
  task2vec: 'Task2Vec embeds the task of telling classes apart, of which an image has one.',
} as const;
