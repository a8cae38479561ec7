import type { Phrases } from '../../phrasebook.ts';

/** What is said of distances between data sets. */
export default {
  'A subset of {#1} % of {#2} images has {#3}, fewer than the {#4} classes.':
    'Eine Teilmenge von {1} % von {2} Bildern hat {3}, weniger als die {4} Klassen.',
  'Take a share of {#1} % or more, or all images at once.':
    'Nehmen Sie einen Anteil von {1} % oder mehr, oder alle Bilder auf einmal.',
  "The embeddings of '{1}' and '{2}' have different settings or networks, so that their distance means nothing.":
    'Die Einbettungen von „{1}“ und „{2}“ haben verschiedene Einstellungen oder Netze, sodass ihr Abstand nichts bedeutet.',
  'Compute both with the same network, weights, input size, mode, draws and subsets.':
    'Berechnen Sie beide mit gleichem Netz, gleichen Gewichten, gleicher Bildgröße, Art, Ziehungen und Teilmengen.',
  "Two of the data sets are called '{1}'.": 'Zwei der Datensätze heißen „{1}“.',
  'Give each a name of its own.': 'Geben Sie jedem einen eigenen Namen.',
  "The network is so sure of every image of '{1}' that no Fisher information is left to compare it by.":
    'Das Netz ist sich bei jedem Bild von „{1}“ so sicher, dass keine Fisher-Information bleibt, an der man es vergleichen könnte.',
  'Choose another network or input size, or larger subsets.':
    'Wählen Sie ein anderes Netz, eine andere Bildgröße oder größere Teilmengen.',
  'Task2Vec embeds the task of telling classes apart, of which an image has one.':
    'Task2Vec bettet die Aufgabe ein, Klassen zu unterscheiden, von denen ein Bild eine hat.',
  'The job {1} has no embedding of a data set.': 'Der Auftrag {1} hat keine Einbettung eines Datensatzes.',
  'Compute it again.': 'Berechnen Sie sie noch einmal.',
  '{1} is not a file of an embedding that can be read.': '{1} ist keine Datei einer Einbettung, die sich lesen lässt.',
  'Name files that `cutpoint task2vec --out` wrote.':
    'Nennen Sie Dateien, die `cutpoint task2vec --out` geschrieben hat.',
  'There are answers on one data set only, and a distance is between two.':
    'Es gibt nur zu einem Datensatz Antworten, und ein Abstand ist zwischen zweien.',
  'Add answers on another data set.': 'Fügen Sie Antworten zu einem anderen Datensatz hinzu.',
  "The observer '{1}' answers twice on '{2}'.": 'Der Beobachter „{1}“ antwortet zweimal zu „{2}“.',
  'Leave one of the answers out, or tell the observers apart by their names.':
    'Lassen Sie eine der Antworten weg, oder unterscheiden Sie die Beobachter durch ihre Namen.',
  'Row {#1} of the table names no data set, or has a text too long.':
    'Zeile {1} der Tabelle nennt keinen Datensatz, oder hat einen zu langen Text.',
  'Each row is what one observer says of one data set.': 'Jede Zeile ist, was ein Beobachter von einem Datensatz sagt.',
  'A table of answers has the columns {1}.': 'Eine Tabelle mit Antworten hat die Spalten {1}.',
  'Task2Vec of {1} by {2}': 'Task2Vec von {1} durch {2}',
  'Measures of {1}': 'Maße von {1}',
} satisfies Phrases;
