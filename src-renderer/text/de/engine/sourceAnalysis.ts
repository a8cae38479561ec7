import type { Phrases } from '../../phrasebook.ts';

/** What is said of tables of results of several sources. */
export default {
  // What the numbers show
  'On ‘{1}’ several share the highest mean AUC.': 'Auf „{1}“ haben mehrere die höchste mittlere AUC.',
  'On ‘{1}’ training without transfer has the highest mean AUC.':
    'Auf „{1}“ hat das Training ohne Übertragung die höchste mittlere AUC.',
  'On ‘{1}’ the source ‘{2}’ has the highest mean AUC.': 'Auf „{1}“ hat die Quelle „{2}“ die höchste mittlere AUC.',
  'With one fold it is not known how certain that is.': 'Mit nur einem Fold ist nicht bekannt, wie sicher das ist.',
  'It is first in {#1} % of the draws of {#2} folds.': 'In {1} % der Ziehungen von {2} Folds ist es das erste.',
  'After Holm’s correction it differs from {#1} of {#2} others.':
    'Nach Holms Korrektur unterscheidet es sich von {1} der {2} anderen.',
  'The distance cannot be compared with the transferability. {1}':
    'Der Abstand lässt sich nicht mit der Übertragbarkeit vergleichen. {1}',
  'Fewer than 3 pairs of source and target have a distance and a transferability: {#1}.':
    'Weniger als 3 Paare aus Quelle und Ziel haben einen Abstand und eine Übertragbarkeit: {1}.',
  'More than {#1} pairs are not correlated.': 'Mehr als {1} Paare werden nicht korreliert.',
  'All distances are equal.': 'Alle Abstände sind gleich.',
  'All transferabilities are equal.': 'Alle Übertragbarkeiten sind gleich.',
  'Distance against transferability over {#1} pairs: Spearman’s ρ {2}; Kendall’s τ {3}.':
    'Abstand gegen Übertragbarkeit über {1} Paare: Spearmans ρ {2}; Kendalls τ {3}.',
  '{#1} ({#2} % interval {#3} to {#4}, p = {#5})': '{1} ({2}-%-Intervall {3} bis {4}, p = {5})',
  '{#1} (p = {#2})': '{1} (p = {2})',
  'Over {#1} pairs no interval can be told, so that nothing is shown of whether the distance tells which source is better.':
    'Über {1} Paare lässt sich kein Intervall angeben; ob der Abstand sagt, welche Quelle besser ist, bleibt offen.',
  'The interval of ρ holds 0: these results do not show that the distance tells which source is better.':
    'Das Intervall von ρ enthält 0: Diese Ergebnisse zeigen nicht, dass der Abstand sagt, welche Quelle besser ist.',
  'The p-value of ρ is not small enough: these results do not show that the distance tells which source is better.':
    'Der p-Wert von ρ ist nicht klein genug: Diese Ergebnisse zeigen nicht, dass der Abstand sagt, welche Quelle besser ist.',
  'In these results nearer sources rank higher; whether that holds for another target is not shown.':
    'In diesen Ergebnissen stehen nähere Quellen höher; ob das für ein anderes Ziel gilt, ist nicht gezeigt.',
  'In these results sources farther away rank higher; whether that holds for another target is not shown.':
    'In diesen Ergebnissen stehen entferntere Quellen höher; ob das für ein anderes Ziel gilt, ist nicht gezeigt.',
  'The pairs are of {=1}; those of one target share its images and its baseline and are not independent, so that the interval may be too narrow and p too small.':
    'Die Paare sind von {1}; die eines Ziels teilen dessen Bilder und Vergleich ohne Übertragung und sind nicht unabhängig, so dass das Intervall zu eng und p zu klein sein kann.',
  '{#1} target': '{1} Ziel',
  '{#1} targets': '{1} Zielen',

  // What was left out
  'Without a baseline there is no transferability to {1}.':
    'Ohne Vergleich ohne Übertragung gibt es keine Übertragbarkeit auf {1}.',
  'Left out of the transferability, as the baseline lacks them: {=1}, {2}.':
    'Bei der Übertragbarkeit ausgelassen, weil sie dem Vergleich ohne Übertragung fehlen: {1}, {2}.',
  'Left out of the correlation, without a distance: {=1}, {2}.':
    'Bei der Korrelation ausgelassen, weil der Abstand fehlt: {1}, {2}.',
  '1 fold': '1 Fold',
  '{#1} folds': '{1} Folds',
  '1 pair': '1 Paar',
  '{#1} pairs': '{1} Paare',
  '‘{1}’ to ‘{2}’': '„{1}“ auf „{2}“',
  '‘{1}’ to ‘{2}’ {3}': '„{1}“ auf „{2}“ {3}',
  'and {#1} more': 'und {1} weitere',
  'Distances without a transferability, and not used: {#1}.':
    'Abstände ohne Übertragbarkeit, die nicht verwendet wurden: {1}.',
  'Means are over {#1} networks.': 'Mittelwerte sind über {1} Netze.',
  'Means are over {#1} cuts.': 'Mittelwerte sind über {1} Schnitte.',
  'Means are over {#1} seeds.': 'Mittelwerte sind über {1} Startwerte.',
  'Over all targets only sources are ranked that each of them has; left out: {1}.':
    'Über alle Ziele stehen nur Quellen in der Rangfolge, die jedes hat; ausgelassen: {1}.',

  // What is wrong with the tables
  'The table {1} cannot be read: {=2}.': 'Die Tabelle {1} ist nicht lesbar: {2}.',
  '{1} has no column {2}. Its columns are: {3}.': '{1} hat keine Spalte {2}. Die Spalten sind: {3}.',
  'Name its columns {1}.': 'Nennen Sie die Spalten {1}.',
  '{1} has no rows below its header.': '{1} hat keine Zeilen unter der Kopfzeile.',
  'Row {#1} of {2} has no {3}.': 'Zeile {1} von {2} hat keinen Wert für {3}.',
  'Row {#1} of {2} has an AUC of {3}; it lies between 0 and 1.':
    'Zeile {1} von {2} hat eine AUC von {3}; sie liegt zwischen 0 und 1.',
  'Divide percentages by 100.': 'Teilen Sie Prozente durch 100.',
  'Row {#1} of {2} has "{3}" for {4}, which is no number.':
    'In Zeile {1} von {2} steht „{3}“ für {4}; das ist keine Zahl.',
  'Rows {1} of {2} are of the same source, target and fold.':
    'Zeilen {1} von {2} sind von derselben Quelle, demselben Ziel und demselben Fold.',
  '{#1} and {#2}': '{1} und {2}',
  'Keep one of them, or tell them apart by a column seed, backbone or cut.':
    'Behalten Sie eine davon, oder unterscheiden Sie sie durch eine Spalte seed, backbone oder cut.',
  'There is no baseline without transfer for {1}.': 'Ein Vergleich ohne Übertragung fehlt für {1}.',
  'Add its rows: with an empty source, or with the target as its own source.':
    'Ergänzen Sie die Zeilen: mit leerer Quelle, oder mit dem Ziel als eigener Quelle.',
  'The baseline of ‘{1}’ has an AUC of 0, of which no improvement is a share.':
    'Der Vergleich ohne Übertragung auf „{1}“ hat eine AUC von 0; davon ist keine Verbesserung ein Anteil.',
  'Rows {#1} and {#2} of {3} give two distances from ‘{4}’ to ‘{5}’: {6} and {7}.':
    'Zeilen {1} und {2} von {3} geben zwei Abstände von „{4}“ nach „{5}“: {6} und {7}.',
  'Keep the one that is meant.': 'Behalten Sie den gemeinten.',
  "The folder '{1}' is not empty.": 'Der Ordner „{1}“ ist nicht leer.',
  'Name a new folder with --out: nothing is overwritten.':
    'Nennen Sie einen neuen Ordner: Es wird nichts überschrieben.',
  'Mend the table, then do it again.': 'Bessern Sie die Tabelle aus, und versuchen Sie es dann noch einmal.',
} satisfies Phrases;
