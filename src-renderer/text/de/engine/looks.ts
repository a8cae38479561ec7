import type { Phrases } from '../../phrasebook.ts';

/** What is said of how images look. */
export default {
  '{1} that look the same have different labels: {2}.': '{1} sehen gleich aus, haben aber verschiedene Klassen: {2}.',
  '{1} that look the same are of different {=2}: {3}.': '{1} sehen gleich aus, aber verschiedene {2}: {3}.',
  '{1} look the same as another, although the files differ: {2}.':
    '{1} sehen aus wie ein anderes, obwohl die Dateien verschieden sind: {2}.',
  'Blank or almost: {1} of one level or hardly more, {2}.':
    'Leer oder fast leer: {1} mit nur einer Graustufe oder kaum mehr, {2}.',
  'Dark where the others are bright, as a negative is: {1}, {2}. Among chest X-rays, 98 of 100 negatives are found so.':
    'Dunkel, wo die anderen hell sind, wie ein Negativ: {1}, {2}. Unter Röntgenbildern der Lunge werden so 98 von 100 Negativen gefunden.',
  'What looks like text is along the borders of {1}: {2}. It may name a patient, and a network may learn it. Of lines of text in chest X-rays about 9 of 10 are found; text that runs upwards and single letters are not looked for.':
    'Was wie Text aussieht, steht am Rand von {1}: {2}. Er kann einen Patienten nennen, und ein Netz kann ihn lernen. Von Textzeilen in Röntgenbildern der Lunge werden etwa 9 von 10 gefunden; nach senkrechtem Text und einzelnen Buchstaben wird nicht gesucht.',
  'Some images look the same but have different labels.':
    'Einige Bilder sehen gleich aus, haben aber verschiedene Klassen.',
  'Some images look the same but belong to different groups.':
    'Einige Bilder sehen gleich aus, gehören aber zu verschiedenen Gruppen.',
  'Some images look the same as another.': 'Einige Bilder sehen aus wie ein anderes.',
  'Some images are blank or almost.': 'Einige Bilder sind leer oder fast leer.',
  'Some images are dark where the others are bright, as a negative is.':
    'Einige Bilder sind dunkel, wo die anderen hell sind, wie ein Negativ.',
  'Some images have what looks like text along the borders.': 'Einige Bilder haben am Rand, was wie Text aussieht.',
  '{#1} images are equal to one of another part of the split, under different {=2}: {3}. Leave all but one of them out, or keep copies together.':
    '{1} Bilder sind gleich einem aus einem anderen Teil der Aufteilung, verschiedene {2}: {3}. Lassen Sie alle bis auf eines aus, oder halten Sie Kopien zusammen.',
  '{#1} images look the same as one of another part of the split: {2}. Leave all but one of them out, or keep copies together.':
    '{1} Bilder sehen aus wie eines aus einem anderen Teil der Aufteilung: {2}. Lassen Sie alle bis auf eines aus, oder halten Sie Kopien zusammen.',
  'Some images to test on look the same as images to train on ({#1}): {2}. Leave them out of one of the two.':
    'Einige Testbilder sehen aus wie Bilder, mit denen trainiert wird ({1}): {2}. Lassen Sie sie in einem von beiden aus.',
  'As chosen, copies are kept together: {1} are counted as {#2}, since {=3} with images that are equal or look the same are one.':
    'Wie gewählt werden Kopien zusammengehalten: {1} zählen als {2}, denn {3} mit gleichen oder gleich aussehenden Bildern sind eins.',
  'Some images are equal to one of another part of the split.':
    'Einige Bilder sind gleich einem aus einem anderen Teil der Aufteilung.',
  'Some images look the same as one of another part of the split.':
    'Einige Bilder sehen aus wie eines aus einem anderen Teil der Aufteilung.',
} satisfies Phrases;
