import type { Phrases } from '../../phrasebook.ts';

/** What is said of sources that were trained here. */
export default {
  "The run {1} is to become the source '{2}'; it is {=3}.": 'Der Lauf {1} soll die Quelle „{2}“ werden; er ist {3}.',
  'Choose another name. Or resume that run: `cutpoint resume {1}`; removed, it frees the name.':
    'Wählen Sie einen anderen Namen. Oder setzen Sie jenen Lauf fort: `cutpoint resume {1}`; entfernt gibt er den Namen frei.',
  'The run {1} is {=2}: its best epoch may still change.':
    'Der Lauf {1} ist {2}: Seine beste Epoche kann sich noch ändern.',
  'Let it end, or end it with `cutpoint stop {1}`.':
    'Lassen Sie ihn enden, oder beenden Sie ihn mit `cutpoint stop {1}`.',
  "{#1} of the {#2} images to test on are among those that the weights of the source '{3}' were trained on: what is measured on them says nothing of new images. Leave them out, or begin with another source.":
    '{1} der {2} Bilder, auf denen getestet werden soll, sind unter denen, auf denen die Gewichte der Quelle „{3}“ trainiert wurden: Was auf ihnen gemessen wird, sagt nichts über neue Bilder. Lassen Sie sie aus, oder beginnen Sie mit einer anderen Quelle.',
  "The weights of the source '{1}' are {=2}: the workspace's file '{3}' {=4}, and the run {5}, which it was taken from, is not there or has other weights.":
    'Die Gewichte der Quelle „{1}“ sind {2}: Die Datei „{3}“ des Arbeitsbereichs {4}, und der Lauf {5}, aus dem sie stammt, ist nicht da oder hat andere Gewichte.',
  "Put '{1}' back from a backup. Or train it again with the same data, settings and seed.":
    'Legen Sie „{1}“ aus einer Sicherung zurück. Oder trainieren Sie sie noch einmal mit denselben Daten, Einstellungen und demselben Startwert.',
  'The run {1} cannot become a source: it {=2}.': 'Der Lauf {1} kann keine Quelle werden: Er {2}.',
  'trained no layer of its network: it has the weights of its source':
    'hat keine Schicht seines Netzes trainiert und hat die Gewichte seiner Quelle',
  'has no finished epoch': 'hat keine abgeschlossene Epoche',
  'has not the whole backbone, but {=1}: weights of a part of it fit no other cut':
    'hat nicht das ganze Netz ({1}): Gewichte eines Teils passen zu keinem anderen Schnitt',
  'Take a run that fine-tuned the whole network (strategy full), or train one with `cutpoint source train`.':
    'Nehmen Sie einen Lauf, der das ganze Netz trainiert hat (Strategie full), oder trainieren Sie einen mit `cutpoint source train`.',
  '{#1} of the {#2} images are among those that the source ‘{3}’ was trained or chosen on: it looks better on them than it would on new ones.':
    '{1} der {2} Bilder gehören zu denen, mit denen die Quelle „{3}“ trainiert oder ausgewählt wurde: Auf ihnen sieht sie besser aus, als sie es auf neuen täte.',
} satisfies Phrases;
