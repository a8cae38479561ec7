/** A tour, the terms of the field, the keyboard. */
export default {
  title: 'Help',
  tabs: { tour: 'Five minutes', glossary: 'Terms', keys: 'Keyboard' },
  tour: {
    lead: 'From a folder of images to a small network, with the sample data.',
    data: 'Begin a study on Home. Cutpoint reads every file and shows the images, the classes and the patients, and each file it cannot use with the reason. What it finds is a list of things to do.',
    network:
      'Choose a pretrained network and move the cut. Behind it everything is left away: parameters and time follow as you move it. “Quick look” measures at every cut how useful its features are for your images.',
    train:
      'Choose a preset and start. Time and memory are estimated before. A run can be paused, stopped and resumed, also after the machine has crashed.',
    compare:
      'Is the truncated network as good as the whole one? A tournament trains both on the same patients and answers in one sentence.',
    results:
      'Look at the validation figures first. The test set is sealed until you open it: the less often one looks, the more its figures are worth.',
    explain: 'See where the network looks, and whether the map says anything: each comes with a check.',
    export: 'Write the small network to a file. It is run on held-out images and refused if it computes anything else.',
  },
  glossary: 'Search the terms',
  none: 'No term is called that.',
  keys: 'Every room has a key, and every command is found in the command palette. The question mark shows these keys in any room; those of the rooms are there while a study is open.',
  viewer: 'In the image viewer',
  documentation: 'The documentation lies in the folder docs of the installation.',
};
