import type { Phrases } from '../../phrasebook.ts';

/** What is said of a table of labels and how it was read. */
export default {
  // Which files its rows mean
  'Match them by the ends of their paths, if they are meant.':
    'Ordnen Sie sie nach den Enden der Pfade zu, wenn sie gemeint sind.',
  'As chosen, {=1} matched by the end of the path, such as {2} = {3}.':
    'Wie gewählt wurde nach dem Ende des Pfads zugeordnet: {1}, etwa {2} = {3}.',
  '{=1} found by the end of the path, such as {2} = {3}: `--match-ends` takes them, or ‘Match by the ends of paths’ in the window.':
    'Nur nach dem Ende des Pfads gefunden: {1}, etwa {2} = {3}. Zu übernehmen mit „Nach den Enden der Pfade zuordnen“ (Befehlszeile: `--match-ends`).',
  '{=1} not matched, because by the end of the path several files could be meant, or several rows would mean one file: {2}.':
    'Nicht zugeordnet: {1}. Nach dem Ende des Pfads kämen mehrere Dateien in Frage, oder mehrere Zeilen meinten eine Datei: {2}.',
  '{=1} matched with a file whose name differs in case or in the ending of its image format, such as {2} = {3}.':
    'Einer Datei zugeordnet, deren Name in Groß- und Kleinschreibung oder in der Endung des Bildformats abweicht: {1}, etwa {2} = {3}.',
  '{#1} row of the label file is': '{1} Zeile der Tabelle',
  '{#1} rows of the label file are': '{1} Zeilen der Tabelle',
  'Row {#1} of the label file names a file that is found by the end of its path only.':
    'Zeile {1} der Tabelle nennt eine Datei, die nur nach dem Ende des Pfads zu finden ist.',
  'Row {#1} of the label file names a file, and several could be meant.':
    'Zeile {1} der Tabelle nennt eine Datei, und mehrere kämen in Frage.',
  'Some rows of the label table name files that are not in the folder.':
    'Einige Zeilen der Tabelle nennen Dateien, die nicht im Ordner sind.',
  'Some rows of the label table name files that are found by the end of their paths only.':
    'Einige Zeilen der Tabelle nennen Dateien, die nur nach dem Ende ihrer Pfade zu finden sind.',
  'As chosen, files of the label table were found by the end of their paths.':
    'Wie gewählt wurden Dateien der Tabelle nach dem Ende ihrer Pfade gefunden.',
  'Some files of the label table are written with another case or image format.':
    'Einige Dateien stehen in der Tabelle in anderer Schreibweise oder mit anderem Bildformat.',
  'Some rows of the label table name files for which several could be meant.':
    'Einige Zeilen der Tabelle nennen Dateien, für die mehrere in Frage kommen.',

  'Of the workbook of labels the first sheet was read.':
    'Von der Arbeitsmappe mit den Klassen wurde das erste Blatt gelesen.',
  'Some tables of the folder were not offered for labels.':
    'Einige Tabellen des Ordners wurden nicht für die Klassen angeboten.',

  // What its rows say
  'Row {#1} of the label file says "{2}", which was taken for no label.':
    'In Zeile {1} der Tabelle steht „{2}“; das gilt als keine Klasse.',
  'Row {#1} of the label file has {#2} labels; as chosen, such images are left out.':
    'In Zeile {1} der Tabelle stehen {2} Klassen; wie gewählt werden solche Bilder ausgelassen.',
  'In the column ‘{1}’, {=2} taken for no label, not for a class: {3}. Those images are not used; where it is a class, say what stands for a missing value (`--missing`, or ‘Missing values’ in the window).':
    'In der Spalte „{1}“ gelten {2} als keine Klasse: {3}. Diese Bilder werden nicht verwendet; ist es doch eine Klasse, so sagen Sie unter „Fehlende Werte“, was für einen fehlenden Wert steht (Befehlszeile: `--missing`).',
  '1 value was': '1 Wert',
  '{#1} values were': '{1} Werte',
  'In the column ‘{1}’, {2} was taken for a class, as of images without a finding. Where it stands for a missing value, say so: `--missing None`, or ‘Missing values’ in the window.':
    'In der Spalte „{1}“ gilt {2} als Klasse, wie bei Bildern ohne Befund. Steht es für einen fehlenden Wert, so sagen Sie das unter „Fehlende Werte“ (Befehlszeile: `--missing None`).',
  'Row {#1} of the label file has a value that is neither 0 nor 1 in the columns of the classes.':
    'In Zeile {1} der Tabelle steht in den Spalten der Klassen ein Wert, der weder 0 noch 1 ist.',
  'Row {#1} of the label file has no 1 in the columns of the classes.':
    'In Zeile {1} der Tabelle steht in keiner Spalte der Klassen eine 1.',
  'Row {#1} of the label file has a 1 in several columns of the classes: {2}.':
    'In Zeile {1} der Tabelle steht in mehreren Spalten der Klassen eine 1: {2}.',
  '{=1} with several labels in one cell, such as {2}: each of the {=3} is a class of its own as it stands. Learn each label on its own (`--several-labels each`), leave these images out (`--several-labels leave-out`), both below ‘Findings’ in the window, or accept the combinations as classes.':
    'Mehrere Labels in einer Zelle, etwa {2}: {1}. So, wie es ist, ist jede Verbindung eine Klasse für sich ({3}). Lassen Sie jedes Label für sich lernen (`--several-labels each`), oder lassen Sie diese Bilder aus (`--several-labels leave-out`), beides im Fenster unter „Befunde“, oder nehmen Sie die Verbindungen als Klassen an.',
  '{#1} combination': '{1} Verbindung',
  '{#1} combinations': '{1} Verbindungen',
  '{=1} labelled "{2}" beside 0 and 1: tables such as that of CheXpert write so where the finding is uncertain, and it is a class of its own here. Leave it out (`--leave-out={3}`), join it with another (`--join {4}=1`), or accept it as a class.':
    'Neben 0 und 1 gibt es „{2}“: {1}. Tabellen wie die von CheXpert schreiben so, wo der Befund unsicher ist; hier ist es eine Klasse für sich. Lassen Sie sie aus (Befehlszeile: `--leave-out={3}`), verbinden Sie sie mit einer anderen (`--join {4}=1`), oder nehmen Sie sie als Klasse an.',

  // Workbooks of Excel
  '{1} has {#2} sheets; the first, ‘{3}’, is read.': '{1} hat {2} Blätter; gelesen wird das erste, „{3}“.',
  'it is larger than 50 MB': 'sie ist größer als 50 MB',
  'it is no Excel workbook': 'sie ist keine Arbeitsmappe von Excel',
  'it has more parts than a workbook of labels': 'sie hat mehr Teile als eine Arbeitsmappe mit Klassen',
  'unpacked it is larger than 200 MB': 'ausgepackt ist sie größer als 200 MB',

  // Which tables there are, and how they look
  '{1} is not offered as a table of labels: it has {#2} columns, and more than {#3} cannot be chosen from. Where it holds the labels, name it with its columns (`--labels`, `--file-column`, `--label-column`, or in the window).':
    '{1} wird nicht als Tabelle der Klassen angeboten: Sie hat {2} Spalten, und aus mehr als {3} lässt sich nicht wählen. Enthält sie die Klassen, so nennen Sie sie mit ihren Spalten unter „Zuordnung“ (Befehlszeile: `--labels`, `--file-column`, `--label-column`).',
  '{1} is not offered as a table of labels: no columns can be read from its first line.':
    '{1} wird nicht als Tabelle der Klassen angeboten: Aus der ersten Zeile lassen sich keine Spalten lesen.',
  '{#1} more {=2} of the folder {=3} not offered for labels; one that holds them can be named.':
    '{1} {2} mehr im Ordner {3} nicht für die Klassen angeboten; enthält eine sie, so lässt sie sich nennen.',
  table: 'Tabelle',
  tables: 'Tabellen',
  'Two columns of {1} are named ‘{2}’: which of them is meant cannot be told. Rename one of them in the table, or choose other columns.':
    'Zwei Spalten von {1} heißen „{2}“: Welche gemeint ist, lässt sich nicht sagen. Benennen Sie eine davon in der Tabelle um, oder wählen Sie andere Spalten.',
  'Rename one of the two in the table, so that it is clear which is meant, or choose another column.':
    'Benennen Sie eine der beiden in der Tabelle um, damit klar ist, welche gemeint ist, oder wählen Sie eine andere Spalte.',
  'In {1} each row has one 1 in the columns {2}: together they look like the class, each with a column of its own.':
    'In {1} hat jede Zeile eine 1 in den Spalten {2}: Zusammen sehen sie aus wie die Klasse, je eine Spalte für eine.',
  '{#1} of {#2} rows of {3} name a file by the end of its path only, such as {4} = {5}: `--match-ends` takes them, or ‘Match by the ends of paths’ in the window.':
    '{1} von {2} Zeilen von {3} nennen eine Datei nur nach dem Ende ihres Pfads, etwa {4} = {5}. Zu übernehmen mit „Nach den Enden der Pfade zuordnen“ (Befehlszeile: `--match-ends`).',
  '{1} has the columns of {2}: the image is ‘{3}’, the class {=4}, {=5}. {=6}':
    '{1} hat die Spalten von {2}: Das Bild ist „{3}“, die Klasse {4}, {5}. {6}',
  'the one of {1} that has a 1': 'die von {1}, die eine 1 hat',
  '‘{1}’': '„{1}“',
  'and the patient is in the path': 'und der Patient steht im Pfad',
  'and nothing says the patient': 'und den Patienten sagt nichts',
  'and the patient is ‘{1}’': 'und der Patient ist „{1}“',
  'and ‘{1}’ keeps images together': 'und „{1}“ hält Bilder zusammen',
  'Images of one lesion stay together; the table does not say which lesions are of one patient.':
    'Bilder einer Läsion bleiben zusammen; welche Läsionen von einem Patienten sind, sagt die Tabelle nicht.',
  'Few of its images are malignant: look at AUPRC.': 'Wenige ihrer Bilder sind bösartig: Achten Sie auf AUPRC.',
  'The table does not say which images are of one lesion or patient; the table of metadata of the same challenge does in part.':
    'Welche Bilder von einer Läsion oder einem Patienten sind, sagt die Tabelle nicht; zum Teil sagt es die Tabelle der Metadaten derselben Reihe.',
  'Each finding has a column of its own: one of them can be the class, or each is learnt on its own. In it 1 is present, 0 absent, -1 uncertain, and an empty cell is not mentioned.':
    'Jeder Befund hat eine eigene Spalte: Einer von ihnen kann die Klasse sein, oder jeder wird für sich gelernt. Darin bedeutet 1 vorhanden, 0 nicht vorhanden, -1 unsicher und eine leere Zelle nicht erwähnt.',
  'Many of its images have several labels in one cell.': 'Viele ihrer Bilder haben mehrere Klassen in einer Zelle.',
  'Its grades from 0 to 4 are learnt as classes, and their order is not used. The table does not say which eyes are of one patient.':
    'Ihre Grade von 0 bis 4 werden als Klassen gelernt, ohne ihre Reihenfolge. Welche Augen von einem Patienten sind, sagt die Tabelle nicht.',
  'It has a row for each box: rows of one image count once, and each image is a patient.':
    'Sie hat für jeden Rahmen eine Zeile: Zeilen eines Bildes zählen einmal, und jedes Bild ist ein Patient.',

  'The column ‘{1}’ keeps images together, by its name not those of a patient: images of one patient may be on two sides of a split.':
    'Die Spalte „{1}“ hält Bilder zusammen, dem Namen nach nicht die eines Patienten: Bilder eines Patienten können auf zwei Seiten einer Aufteilung liegen.',

  // Several labels an image
  'Row {#1} of the label file says of no label whether the image has it.':
    'Zeile {1} der Tabelle sagt von keinem Label, ob das Bild es hat.',
  'Row {#1} of the label file has "{2}" in the column "{3}", which is neither 0, 1, uncertain (−1) nor empty.':
    'Zeile {1} der Tabelle hat „{2}“ in der Spalte „{3}“; das ist weder 0, 1, unsicher (−1) noch leer.',
  'Row {#1} of the label file names no label.': 'Zeile {1} der Tabelle nennt kein Label.',
  'Row {#1} of the label file names "{2}" beside "{3}".': 'Zeile {1} der Tabelle nennt „{2}“ neben „{3}“.',
  '{1} in the column ‘{2}’ was taken for an image with none of the labels.':
    '{1} in der Spalte „{2}“ wurde als ein Bild ohne eines der Labels verstanden.',
  'A label cannot be called "{1}": several labels of an image are written with | between them, and ? before one that is not known.':
    'Ein Label kann nicht „{1}“ heißen: Mehrere Labels eines Bildes werden mit | dazwischen geschrieben, und mit ? vor einem, das nicht bekannt ist.',
  'Name the column otherwise, or choose another separator.':
    'Nennen Sie die Spalte anders, oder wählen Sie ein anderes Trennzeichen.',
  'Uncertain values of {1}: {2}. They are left out of what is learnt and measured.':
    'Unsichere Werte von {1}: {2}. Sie werden weder gelernt noch gemessen.',
  'Uncertain values of {1}: {2}. They count as 0.': 'Unsichere Werte von {1}: {2}. Sie zählen als 0.',
  'Uncertain values of {1}: {2}. They count as 1.': 'Unsichere Werte von {1}: {2}. Sie zählen als 1.',
  'Empty values of {1}: {2}. They are left out of what is learnt and measured.':
    'Leere Werte von {1}: {2}. Sie werden weder gelernt noch gemessen.',
  'Empty values of {1}: {2}. They count as 0.': 'Leere Werte von {1}: {2}. Sie zählen als 0.',
  'Empty values of {1}: {2}. They count as 1.': 'Leere Werte von {1}: {2}. Sie zählen als 1.',
  'Labels of which an image may have several are not changed here.':
    'Labels, von denen ein Bild mehrere haben kann, werden hier nicht geändert.',
  'Labels of which an image may have several are not joined here.':
    'Labels, von denen ein Bild mehrere haben kann, werden hier nicht zusammengefasst.',
  'Change the table, and read it again.': 'Ändern Sie die Tabelle, und lassen Sie sie neu lesen.',
  'Leave it out, or choose other columns.': 'Lassen Sie es weg, oder wählen Sie andere Spalten.',
  'Leave them out, or choose other columns.': 'Lassen Sie sie weg, oder wählen Sie andere Spalten.',
  'Of no image is it known whether it has {1}: there is nothing to learn.':
    'Von keinem Bild ist bekannt, ob es {1} hat: Da gibt es nichts zu lernen.',
  'All images whose value is known are alike in {1}: there is nothing to tell apart.':
    'Alle Bilder, deren Wert bekannt ist, sind in {1} gleich: Da gibt es nichts zu unterscheiden.',
  'Training, validation and test each need {=1} with and without each label, but there are fewer than {#2} with or without {3}.':
    'Training, Validierung und Test brauchen jeweils {1} mit und ohne jedes Label, und weniger als {2} gibt es mit oder ohne {3}.',
} satisfies Phrases;
