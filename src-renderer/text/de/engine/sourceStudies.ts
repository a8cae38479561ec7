import type { Phrases } from '../../phrasebook.ts';

/** What is said of studies of sources. */
export default {
  'Correct the data. To continue all the same: "accept": [{1}] beside these data in the plan, or the box beside Start in the window.':
    'Berichtigen Sie die Daten. Um trotzdem weiterzumachen: "accept": [{1}] bei diesen Daten im Plan, oder das Kästchen neben „Beginnen“ im Fenster.',
  // Before anything is trained
  "There is no source study '{1}' in this workspace.":
    'In diesem Arbeitsbereich gibt es keinen Quellenvergleich „{1}“.',
  'No source study was started here yet.': 'Hier wurde noch kein Quellenvergleich begonnen.',
  'The newest source studies are {1}.': 'Die neuesten Quellenvergleiche sind {1}.',
  "None of the sources has weights for the network '{1}'.": 'Keine der Quellen hat Gewichte für das Netz „{1}“.',
  "Add weights for '{1}', or leave that network out.":
    'Fügen Sie Gewichte für „{1}“ hinzu, oder lassen Sie dieses Netz aus.',
  'The source ‘{1}’ has no weights for the network ‘{2}’.': 'Die Quelle „{1}“ hat keine Gewichte für das Netz „{2}“.',
  "The source '{1}' belongs to the network '{2}', and has no weights for {3}.":
    'Die Quelle „{1}“ gehört zum Netz „{2}“ und hat keine Gewichte für {3}.',
  "Choose sources for {1}, or study the network '{2}'.":
    'Wählen Sie Quellen für {1}, oder untersuchen Sie das Netz „{2}“.',
  'No source is left to be studied on the target ‘{1}’.': 'Für das Ziel „{1}“ bleibt keine Quelle zu untersuchen.',
  '{1} Add another source, or leave the target out.':
    '{1} Fügen Sie eine weitere Quelle hinzu, oder lassen Sie das Ziel aus.',
  "The {=1} '{2}' is there twice.": '{1} „{2}“ ist zweimal da.',
  'Name each only once.': 'Nennen Sie alles nur einmal.',
  target: 'Das Ziel',
  'Target ‘{1}’: {2}': 'Ziel „{1}“: {2}',
  'Source ‘{1}’: {2}': 'Quelle „{1}“: {2}',
  'The target ‘{1}’ is the source ‘{2}’ itself: it is not studied with it.':
    'Das Ziel „{1}“ ist die Quelle „{2}“ selbst: Es wird nicht mit ihr untersucht.',
  '{#1} of the {#2} images of the target ‘{3}’ are among those of the source ‘{4}’: it is not studied with it.':
    '{1} der {2} Bilder des Ziels „{3}“ sind unter denen der Quelle „{4}“: Es wird nicht mit ihr untersucht.',
  '{#1} of the {#2} images of the target ‘{3}’ are among those of the source ‘{4}’, which was accepted.':
    '{1} der {2} Bilder des Ziels „{3}“ sind unter denen der Quelle „{4}“, was hingenommen wurde.',

  // While it goes on
  'The source study {1} is not running; it is {=2}.': 'Der Quellenvergleich {1} läuft nicht; er ist {2}.',
  'The source study {1} is completed; there is nothing to resume.':
    'Der Quellenvergleich {1} ist fertig; es gibt nichts fortzusetzen.',
  'The source study {1} is running.': 'Der Quellenvergleich {1} läuft.',
  'Stop it first.': 'Halten Sie ihn zuerst an.',
  'Nothing was trained for the source study {1} yet.': 'Für den Quellenvergleich {1} wurde noch nichts trainiert.',
  'The test figures of the source study {1} are sealed: nobody has asked for them yet.':
    'Die Testwerte des Quellenvergleichs {1} sind versiegelt: Noch hat niemand nach ihnen gefragt.',
  'Open them under Sources, or with `cutpoint open-test {1} --reason "…"`; it is noted in the log.':
    'Öffnen Sie sie unter „Quellen“, oder mit `cutpoint open-test {1} --reason "…"`; es wird im Protokoll vermerkt.',

  // What comes of it
  'Runs that failed: {#1}; what they would have shown is not known.':
    'Fehlgeschlagene Läufe: {1}; was sie gezeigt hätten, ist nicht bekannt.',
  'Not all runs have ended: this is what those show that have.':
    'Nicht alle Läufe sind beendet: Dies zeigen die beendeten.',
  'On {1} with {2} validation prefers, from {3}.': 'Auf {1} mit {2} bevorzugt die Validierung, von {3}.',
  'On {1} with {2} validation prefers the same cut from every source ({3}).':
    'Auf {1} mit {2} bevorzugt die Validierung von jeder Quelle aus denselben Schnitt ({3}).',
  'On {1} with {2} the cut that validation prefers differs between sources ({3}); that this is more than the noise of these folds is not shown.':
    'Auf {1} mit {2} unterscheidet sich der Schnitt, den die Validierung bevorzugt, zwischen den Quellen ({3}); dass das mehr ist als das Rauschen dieser Faltungen, ist nicht gezeigt.',
} satisfies Phrases;
