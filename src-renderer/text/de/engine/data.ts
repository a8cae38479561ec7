import type { Phrases } from '../../phrasebook.ts';

/** What is said of a folder, its labels, its patients and how it is divided. */
export default {
  // Folders and tables
  'There are no images in {1}.': 'In {1} sind keine Bilder.',
  'Choose a folder with DICOM, PNG, JPEG, TIFF, BMP or WebP files.':
    'Wählen Sie einen Ordner mit DICOM-, PNG-, JPEG-, TIFF-, BMP- oder WebP-Dateien.',
  'There is no image in this folder.': 'In diesem Ordner ist kein Bild.',
  'The folder {1} does not exist.': 'Den Ordner {1} gibt es nicht.',
  'Check the path; a network or removable drive may not be connected.':
    'Prüfen Sie den Pfad; vielleicht ist ein Netz- oder Wechsellaufwerk nicht verbunden.',
  '{1} is a file, not a folder.': '{1} ist eine Datei, kein Ordner.',
  'Choose the folder that holds the images.': 'Wählen Sie den Ordner, in dem die Bilder liegen.',
  'You have no permission to read the folder {1}.': 'Sie dürfen den Ordner {1} nicht lesen.',
  'Ask for read permission, or copy the images to a folder of your own.':
    'Bitten Sie um Leserechte, oder kopieren Sie die Bilder in einen eigenen Ordner.',
  'You have no permission to read this folder; what is in it was left out.':
    'Sie dürfen diesen Ordner nicht lesen; was darin ist, wurde ausgelassen.',
  'The folder cannot be reached: its name or its path is not one that can be opened, or it was removed. What is in it was left out.':
    'Der Ordner ist nicht zu erreichen: Sein Name oder Pfad lässt sich nicht öffnen, oder er wurde entfernt. Was darin ist, wurde ausgelassen.',
  'This is not a file but a pipe, a socket or a device; it was left out.':
    'Das ist keine Datei, sondern eine Pipe, ein Socket oder ein Gerät; es wurde ausgelassen.',
  'The link leads nowhere.': 'Die Verknüpfung führt ins Leere.',
  'Reading the folder was cancelled.': 'Das Lesen des Ordners wurde abgebrochen.',
  'The file is not in the data folder.': 'Die Datei ist nicht im Ordner der Daten.',
  '{#1} files were dropped, and not one.': 'Es wurden {1} Dateien abgelegt, und nicht eine.',
  'Drop the one file; of a model in several, drop all with {1}.':
    'Legen Sie die eine Datei ab; bei einem Modell aus mehreren alle zusammen mit {1}.',
  'Enter its path instead.': 'Geben Sie stattdessen ihren Pfad ein.',
  'Drop the folder again.': 'Legen Sie den Ordner noch einmal ab.',
  'The copy in the workspace is not what was dropped: it was damaged or changed. Drop it again.':
    'Die Kopie im Arbeitsbereich ist nicht, was abgelegt wurde: Sie wurde beschädigt oder geändert. Legen Sie es noch einmal ab.',
  '{1}: The copy in the workspace is not what was dropped: it was damaged or changed. Drop it again.':
    '{1}: Die Kopie im Arbeitsbereich ist nicht, was abgelegt wurde: Sie wurde beschädigt oder geändert. Legen Sie es noch einmal ab.',
  'The folder has {1} files, but none is in a class folder or has a label.':
    'Dateien im Ordner: {1}, aber keine liegt in einem Klassenordner oder hat eine Klasse.',
  'None of the files can be used: each is listed with its reason.':
    'Keine der Dateien ist verwendbar: Jede ist mit ihrem Grund aufgeführt.',
  'Put the images into one folder for each class, or choose a label file.':
    'Legen Sie die Bilder in je einen Ordner pro Klasse, oder wählen Sie eine Tabelle mit den Klassen.',
  'All {#1} images are of one class, "{2}"; a classifier needs at least two.':
    'Alle {1} Bilder gehören zu einer Klasse, „{2}“; ein Klassifikator braucht mindestens zwei.',
  'Choose the folder above, with one folder for each class, or a label file with two or more labels.':
    'Wählen Sie den Ordner darüber, mit je einem Ordner pro Klasse, oder eine Tabelle mit zwei oder mehr Klassen.',
  'The images have {#1} different labels, such as {2}; Cutpoint trains up to {3} classes.':
    'Die Bilder haben {1} verschiedene Klassen, etwa {2}; Cutpoint trainiert bis zu {3} Klassen.',
  'Choose the column that holds the class; this one may hold names or identifiers.':
    'Wählen Sie die Spalte mit der Klasse; diese enthält vielleicht Namen oder Kennungen.',
  'Left out as chosen; its label is "{1}".': 'Wie gewählt ausgelassen; die Klasse ist „{1}“.',
  'As chosen, {#1} {=2} left out: {3}.': 'Wie gewählt: {1} {2} ausgelassen, und zwar {3}.',
  'As chosen, images labelled {1} are counted as "{2}".': 'Wie gewählt zählen Bilder der Klasse {1} als „{2}“.',
  'The file format alone tells the classes apart: each of the {1} that occur goes with one class only. A network learns that instead of what the images show.':
    'Schon das Dateiformat unterscheidet die Klassen: Jedes der {1} vorkommenden gehört zu nur einer Klasse. Ein Netz lernt das, statt zu lernen, was die Bilder zeigen.',
  'The scanner alone tells the classes apart: each of the {1} that occur goes with one class only. A network learns that instead of what the images show.':
    'Schon das Aufnahmegerät unterscheidet die Klassen: Jedes der {1} vorkommenden gehört zu nur einer Klasse. Ein Netz lernt das, statt zu lernen, was die Bilder zeigen.',
  'The size in pixels alone tells the classes apart: each of the {1} that occur goes with one class only. A network learns that instead of what the images show.':
    'Schon die Größe in Bildpunkten unterscheidet die Klassen: Jede der {1} vorkommenden gehört zu nur einer Klasse. Ein Netz lernt das, statt zu lernen, was die Bilder zeigen.',
  'The column ‘{1}’ of {2} has {3} values in {4} rows: those look like names or notes, not like classes.':
    'Die Spalte „{1}“ von {2} hat {3} Werte in {4} Zeilen: Das sieht nach Namen oder Notizen aus, nicht nach Klassen.',
  '{1} names no file of this folder in its column ‘{2}’.': '{1} nennt in der Spalte „{2}“ keine Datei dieses Ordners.',
  '{#1} of the {#2} folders hold one file each: they look like patients or studies, not like classes. A table can say the class of each file.':
    '{1} der {2} Ordner enthalten je eine Datei: Sie sehen nach Patienten oder Untersuchungen aus, nicht nach Klassen. Eine Tabelle kann die Klasse jeder Datei angeben.',
  'The folders {1} look like parts of a split, not like classes.':
    'Die Ordner {1} sehen nach Teilen einer Aufteilung aus, nicht nach Klassen.',
  'The class folders are named {1}: they look like parts of a split, not like classes. Choose one of them, or use a label file.':
    'Die Klassenordner heißen {1}: Sie sehen nach Teilen einer Aufteilung aus, nicht nach Klassen. Wählen Sie einen davon, oder verwenden Sie eine Tabelle.',
  'The files are in no folders that could say their class, and no table names them.':
    'Die Dateien liegen in keinen Ordnern, aus denen die Klasse hervorginge, und keine Tabelle nennt sie.',
  'The folder {1} may hold masks, not images of a class: leave it out?':
    'Der Ordner {1} enthält vielleicht Masken, keine Bilder einer Klasse: auslassen?',
  'The folders {1} may hold masks, not images of a class: leave them out?':
    'Die Ordner {1} enthalten vielleicht Masken, keine Bilder einer Klasse: auslassen?',
  '{#1} {2} may be masks by their names, such as {3}.': '{1} {2}, dem Namen nach vielleicht Masken, etwa {3}.',
  'The classes are very unequal: {1}. Look at AUPRC and balanced accuracy, not at accuracy.':
    'Die Klassen sind sehr ungleich: {1}. Achten Sie auf AUPRC und ausgewogene Genauigkeit, nicht auf die Genauigkeit.',
  'The class "{1}" is lost: none of its {2} can be read.': 'Die Klasse „{1}“ ist verloren: {2}, davon lesbar: keine.',
  'Of the class "{1}" only {2} of {3} files can be read.': 'Von der Klasse „{1}“ sind nur {2} von {3} Dateien lesbar.',
  '{1} with identical files under different labels: {2}.': '{1} mit gleichem Inhalt unter verschiedenen Klassen: {2}.',
  '{1} with identical files under different {=2}: {3}.': '{1} mit gleichem Inhalt, verschiedene {2}: {3}.',
  'Some images are identical but have different labels.': 'Einige Bilder sind gleich, haben aber verschiedene Klassen.',
  'Some images are identical but belong to different groups.':
    'Einige Bilder sind gleich, gehören aber zu verschiedenen Gruppen.',

  'A path is empty.': 'Ein Pfad ist leer.',
  'Name the file or folder; a variable in its place may have no value. The working directory is `.`.':
    'Nennen Sie Datei oder Ordner; vielleicht hat eine Variable an ihrer Stelle keinen Wert. Das Arbeitsverzeichnis ist `.`.',
  "Cutpoint does not know where the home folder '~{1}' is.":
    'Cutpoint weiß nicht, wo der persönliche Ordner „~{1}“ ist.',
  'Write the path in full. Your own home folder is {1}, or `~`.':
    'Schreiben Sie den Pfad ganz aus. Ihr persönlicher Ordner ist {1}, oder `~`.',
  "'{1}' is a path of {2}, and Cutpoint runs on {3} here.":
    '„{1}“ ist ein Pfad von {2}, und Cutpoint läuft hier auf {3}.',
  'Write it as this machine has it, such as {1}. A folder of another machine has to be copied or mounted first.':
    'Schreiben Sie ihn, wie er auf diesem Rechner ist, etwa {1}. Ein Ordner eines anderen Rechners muss zuerst kopiert oder eingebunden werden.',
  "'{1}' is not a full path, so it does not say where it is.": '„{1}“ ist kein ganzer Pfad; er sagt nicht, wo das ist.',
  'Write it in full, such as {1}, or choose it.': 'Schreiben Sie ihn ganz aus, etwa {1}, oder wählen Sie ihn.',
  'Nothing of what was dropped arrived.': 'Nichts von dem, was abgelegt wurde, kam an.',
  'Drop the folder again, or enter its path.': 'Legen Sie den Ordner noch einmal ab, oder geben Sie seinen Pfad ein.',
  'This was refused: {1} is not allowed.': 'Das wurde abgewiesen: {1} ist nicht erlaubt.',
  'Enter the path of the folder instead of dropping it.': 'Geben Sie den Pfad des Ordners ein, statt ihn abzulegen.',
  '{1} is larger than {2}.': '{1} ist größer als {2}.',
  'Enter the path of the folder instead: then nothing needs to be copied.':
    'Geben Sie stattdessen den Pfad des Ordners ein: Dann muss nichts kopiert werden.',
  'The disk of the workspace is full: the dropped files were not all copied.':
    'Der Datenträger des Arbeitsbereichs ist voll: Nicht alle abgelegten Dateien wurden kopiert.',
  'Free some space, or enter the path of the folder: then nothing needs to be copied.':
    'Schaffen Sie Platz, oder geben Sie den Pfad des Ordners ein: Dann muss nichts kopiert werden.',
  'Dropped files cannot be written to the workspace.':
    'Abgelegte Dateien lassen sich nicht in den Arbeitsbereich schreiben.',
  'Check the permissions of the workspace folder, or enter the path of the folder.':
    'Prüfen Sie die Rechte des Arbeitsbereichs, oder geben Sie den Pfad des Ordners ein.',

  // Labels
  'The image is in no class folder, so it has no label.':
    'Das Bild liegt in keinem Klassenordner und hat darum keine Klasse.',
  'Row {#1} of the label file names a file that is not in the folder.':
    'Zeile {1} der Tabelle nennt eine Datei, die nicht im Ordner ist.',
  'The label file names this file {#1} times (rows {2}), and not always with the same label and patient.':
    'Die Tabelle nennt diese Datei {1}-mal (Zeilen {2}), und nicht immer mit gleicher Klasse und gleichem Patienten.',
  'Row {#1} of the label file has no label.': 'Zeile {1} der Tabelle hat keine Klasse.',
  'The label file names {#1} of {#2} files that are not in the folder: {3}.':
    'Von {2} Dateien, die die Tabelle nennt, sind {1} nicht im Ordner: {3}.',
  'Names must be relative to {1}, such as "NORMAL/0001.png". Correct or remove these rows.':
    'Namen müssen von {1} aus gelten, etwa „NORMAL/0001.png“. Berichtigen oder entfernen Sie diese Zeilen.',
  'The label file names {1} more than once, with different labels or patients: {2}.':
    'Mehrfach in der Tabelle, mit verschiedenen Klassen oder Patienten: {1}, und zwar {2}.',
  'Keep the row that is right for each file.': 'Behalten Sie zu jeder Datei die richtige Zeile.',
  '{#1} {=2} of the label file {=3} a file without its folder or file type; each was matched with the only file of that name.':
    '{1} {2} der Tabelle {3} eine Datei ohne Ordner oder Endung; zugeordnet wurde jeweils die einzige Datei dieses Namens.',
  '{#1} {=2} of the folder {=3} not in the label file and {=4} not used.':
    '{1} {2} des Ordners {3} nicht in der Tabelle und {4} darum ungenutzt.',
  'The label file has no column {1}; its columns are {2}.': 'Die Tabelle hat keine Spalte {1}; ihre Spalten sind {2}.',
  'Choose the columns of the file, the label and the patient.': 'Wählen Sie die Spalten für Datei, Klasse und Patient.',
  'The label file {1} cannot be read: {=2}.': 'Die Tabelle {1} ist nicht lesbar: {2}.',
  'Save the table as CSV (UTF-8) with a header row.': 'Speichern Sie die Tabelle als CSV (UTF-8) mit einer Kopfzeile.',
  'it is larger than 200 MB': 'sie ist größer als 200 MB',
  'it has more than 1,000,000 rows': 'sie hat mehr als 1.000.000 Zeilen',
  'two of its columns are named "{1}"': 'zwei ihrer Spalten heißen „{1}“',
  'row {#1} has a cell of {#2} characters in "{3}"': 'Zeile {1} hat in „{3}“ eine Zelle mit {2} Zeichen',
  'it is empty': 'sie ist leer',
  'it is not a table': 'sie ist keine Tabelle',
  'its quotes do not match at line {#1}': 'ihre Anführungszeichen passen in Zeile {1} nicht zusammen',
  'it does not exist': 'es gibt sie nicht',
  'it is damaged in its archive': 'sie ist in ihrem Archiv beschädigt',
  'you have no permission to read it': 'Sie dürfen sie nicht lesen',
  'the disk gave an error': 'der Datenträger meldet einen Fehler',
  'line {#1} is longer than 4 MB': 'Zeile {1} ist länger als 4 MB',
  'reading it took more {=1} than a table of its size should':
    'das Lesen brauchte mehr {1}, als eine Tabelle dieser Größe brauchen sollte',
  'row {#1} (no file name)': 'Zeile {1} (ohne Dateiname)',
  '{1} (rows {2})': '{1} (Zeilen {2})',

  // Patients and other groups
  'The file-name pattern matches none of the {#1} images, for example {2}.':
    'Das Muster passt auf keinen der Dateinamen von {1} Bildern, zum Beispiel {2}.',
  'The file-name pattern was stopped: on {1} it took more {=2} than any pattern should.':
    'Das Muster wurde abgebrochen: Es brauchte mehr {2}, als ein Muster brauchen sollte ({1}).',
  'Parts that can match the same text in many ways, such as (\\w+)+, take forever; write (\\w+) instead.':
    'Teile, die denselben Text auf viele Arten treffen, wie (\\w+)+, kommen nicht zum Ende; schreiben Sie (\\w+).',
  'For names such as person12_3.png the pattern is (person\\d+)_':
    'Für Namen wie person12_3.png ist das Muster (person\\d+)_',
  'The file-name pattern is not a regular expression: {1}.': 'Das Muster ist kein regulärer Ausdruck: {1}.',
  'The file-name pattern has no capture group (a part in parentheses), which is to be the patient.':
    'Das Muster hat keine Gruppe (einen Teil in Klammern), die den Patienten angibt.',
  'The column ‘{1}’ has {#2} values for {#3} images: it looks like a site, an arm or a fold, not like patients. Its values are called groups here; images of one patient may be on two sides of a split.':
    'Die Spalte „{1}“ hat {2} Werte für {3} Bilder: Das sieht nach einem Zentrum, einem Studienarm oder einer Faltung aus, nicht nach Patienten. Ihre Werte heißen hier Gruppen; Bilder eines Patienten können auf zwei Seiten einer Aufteilung liegen.',
  'The label file has a column ‘{1}’ with {#2} values for {#3} images. It looks like a site, an arm or a fold, and was not taken as the patient; if it is the patient, name it: `--group-column {4}`, or ‘Patient column’ in the window.':
    'Die Tabelle hat eine Spalte „{1}“ mit {2} Werten für {3} Bilder. Sie sieht nach einem Zentrum, einem Studienarm oder einer Faltung aus und wurde nicht als Patient genommen; ist sie der Patient, so wählen Sie sie als „Spalte des Patienten“ (Befehlszeile: `--group-column {4}`).',
  'The column ‘{1}’ of the label file was taken as the patient.':
    'Die Spalte „{1}“ der Tabelle wurde als Patient genommen.',
  'In {#1} of {#2} DICOM studies of several files, PatientID differs from file to file, although a DICOM study is of one patient: it was not taken as the patient.':
    'In {1} von {2} Untersuchungen mit mehreren Dateien ist die PatientID von Datei zu Datei verschieden, obwohl eine Untersuchung von einem Patienten ist: Sie wurde nicht als Patient genommen.',
  'As chosen, nothing groups the images.': 'Wie gewählt fasst nichts die Bilder zusammen.',
  'The files do not say which {=1} they are of.': 'Die Dateien sagen nicht, wozu sie gehören ({1}).',
  'Nothing says which images are of the same patient.': 'Nichts sagt, welche Bilder vom selben Patienten sind.',
  '{=1} Each image counts on its own: where several are of one patient, results will look better than they are.{2}':
    '{1} Jedes Bild zählt für sich: Wo mehrere von einem Patienten sind, werden die Ergebnisse besser aussehen, als sie sind.{2}',
  ' The files name {#1} DICOM studies, which is the next best: `--group-by study`, or under ‘Labels and patients’ in the window.':
    ' Die Dateien nennen {1} Untersuchungen, das Nächstbeste: unter „Zuordnung“ zu wählen (Befehlszeile: `--group-by study`).',
  ' The files name {#1} DICOM series, which is the next best: `--group-by series`, or under ‘Labels and patients’ in the window.':
    ' Die Dateien nennen {1} Serien, das Nächstbeste: unter „Zuordnung“ zu wählen (Befehlszeile: `--group-by series`).',
  ' The label file has a column ‘{1}’, which may be the next best: `--group-column {2}`, or ‘Patient column’ in the window.':
    ' Die Tabelle hat eine Spalte „{1}“, vielleicht das Nächstbeste: als „Spalte des Patienten“ zu wählen (Befehlszeile: `--group-column {2}`).',
  '{=1} {=2}, {=3}: it was not taken as the patient.': '{1} {2}, {3}: Sie wurde nicht als Patient genommen.',
  'All {#1} {=2} carry': 'Alle {1} {2} tragen',
  '{#1} of {#2} images carry': '{1} von {2} Bildern tragen',
  'one and the same PatientID': 'ein und dieselbe PatientID',
  'one and the same patient identifier': 'ein und dieselbe Patientenkennung',
  'the PatientID ‘{1}’': 'die PatientID „{1}“',
  'the patient identifier ‘{1}’': 'die Patientenkennung „{1}“',
  'although they are of several classes': 'obwohl sie zu mehreren Klassen gehören',
  'which is a placeholder': 'einen Platzhalter',
  '{#1} of {#2} images {=3} no {=4} identifier. Each counts on its own, although it may belong to one that is known.':
    '{1} von {2} Bildern {3} keine Kennung ({4}). Jedes davon zählt für sich, obwohl es zu einer bekannten gehören kann.',
  'Of the {=1} identifiers, {=2}. Correct them if that is wrong.':
    'Von den Kennungen ({1}) gilt: {2}. Berichtigen Sie sie, wenn das falsch ist.',
  '{#1} that differ from another in case or spaces only were treated as the same':
    '{1} unterscheiden sich von einer anderen nur in Groß- und Kleinschreibung oder Leerzeichen und gelten als gleich',
  '{#1} differ from another in leading zeros only and were treated as different ones':
    '{1} unterscheiden sich von einer anderen nur in führenden Nullen und gelten als verschieden',
  'The names {1} do not say for certain which class is the finding: {2} is taken as the positive class, to which sensitivity, specificity and AUPRC refer.':
    'Die Namen {1} sagen nicht sicher, welche Klasse der Befund ist: {2} gilt als positive Klasse, auf die sich Sensitivität, Spezifität und AUPRC beziehen.',
  '{=1} These numbers were measured and stored before.': '{1} Diese Zahlen wurden zuvor gemessen und gespeichert.',
  "'{1}' cannot be the positive class: there is no class of that name.":
    '„{1}“ kann nicht die positive Klasse sein: Es gibt keine Klasse dieses Namens.',
  'A positive class can be chosen between two classes, and there are {#1}.':
    'Eine positive Klasse lässt sich zwischen zwei Klassen wählen, und es sind {1}.',
  'The classes are: {1}.': 'Die Klassen sind: {1}.',
  'it was chosen as the positive class': 'sie wurde als positive Klasse gewählt',
  'nothing in the names says so': 'die Namen sagen es nicht',
  '{1} denotes more than {2}': '{1} bedeutet mehr als {2}',
  '{1} is the larger number': '{1} ist die größere Zahl',
  'of ‘{1}’ and ‘{2}’ it is the finding': 'von „{1}“ und „{2}“ ist sie der Befund',
  '‘{1}’ names what is healthy or absent': '„{1}“ nennt, was gesund oder nicht vorhanden ist',
  '‘{1}’ names what is harmless': '„{1}“ nennt, was harmlos ist',
  '‘{1}’ names what is less harmful': '„{1}“ nennt, was weniger schädlich ist',
  '‘{1}’ names no finding': '„{1}“ nennt keinen Befund',
  '‘{1}’ names a lesser finding': '„{1}“ nennt den geringeren Befund',
  '‘{1}’ names everything else': '„{1}“ nennt alles Übrige',

  // Dividing
  'Training, validation and test each need {=1} of every class, but there are fewer than {2} of {3}.':
    'Training, Validierung und Test brauchen von jeder Klasse mindestens {1}, aber weniger als {2} gibt es von {3}.',
  'Add {=1}, merge small classes, or leave the class out.':
    'Ergänzen Sie {1}, legen Sie kleine Klassen zusammen, oder lassen Sie die Klasse aus.',
  'Each of {=1} needs {=2} of every class, but {=3}.': '{1} brauchen von jeder Klasse mindestens {2}, aber {3}.',
  'the class "{1}" has only {2}': 'die Klasse „{1}“ hat nur {2}',
  'too many {=1} have images of several classes': 'zu oft sind Bilder mehrerer Klassen zusammen ({1})',
  'With {#1} folds {#2} of the {=3} are tested; a validation share of {4} leaves none to train on.':
    'Bei {1} Faltungen ist ein Anteil von {2} im Test ({3}); ein Validierungsanteil von {4} lässt nichts zum Trainieren.',
  'Choose a smaller validation share or more folds.':
    'Wählen Sie einen kleineren Validierungsanteil oder mehr Faltungen.',
  'Each of {#1} folds needs {=2} of every class to test on, but {=3}.':
    'Jede von {1} Faltungen braucht von jeder Klasse {2} für den Test, aber {3}.',
  'What works with these data: {#1} folds, or one fixed split.':
    'Mit diesen Daten gehen: {1} Faltungen, oder eine feste Aufteilung.',
  'What works with these images: {#1} folds.': 'Mit diesen Bildern gehen: {1} Faltungen.',
  'Choose one fixed split, add {=1}, merge small classes, or leave the class out.':
    'Wählen Sie eine feste Aufteilung, ergänzen Sie {1}, legen Sie kleine Klassen zusammen, oder lassen Sie die Klasse aus.',

  // Between the audit and the run
  '{1} changed after the audit.': '{1} hat sich nach der Prüfung geändert.',
  'Run the audit again.': 'Prüfen Sie die Bilder noch einmal.',
  'If the images are in another folder now, name it: `cutpoint resume ID --data NEW`, or ‘The folder was moved’ in the window.':
    'Liegen die Bilder jetzt in einem anderen Ordner, so nennen Sie ihn unter „Der Ordner wurde verschoben“ (Befehlszeile: `cutpoint resume ID --data NEW`).',
  'The file was readable in the audit. Look at it, and run the audit again.':
    'Bei der Prüfung war die Datei lesbar. Sehen Sie sie an, und prüfen Sie noch einmal.',
  'The decoded copy of image {#1} in the workspace is damaged.':
    'Die dekodierte Kopie von Bild {1} im Arbeitsbereich ist beschädigt.',
  'Try again, or resume the run: the image is decoded again from its file, and the numbers are the same.':
    'Versuchen Sie es noch einmal, oder setzen Sie den Lauf fort: Das Bild wird neu aus seiner Datei dekodiert, und die Zahlen sind dieselben.',
  'Correct the data. To continue all the same: --go-on {1}, or the box beside Start in the window.':
    'Berichtigen Sie die Daten. Um trotzdem fortzufahren: das Kästchen neben „Starten“ (Befehlszeile: --go-on {1}).',
  'Of the images of the run {1}, these files changed on the disk since it began: {2}.':
    'Von den Bildern des Laufs {1} haben sich diese Dateien seit seinem Beginn auf dem Datenträger geändert: {2}.',
  'Put back what they held, or begin a new run with them. Where the unchanged files lie elsewhere, name that folder.':
    'Stellen Sie ihren Inhalt wieder her, oder beginnen Sie mit ihnen einen neuen Lauf. Liegen die unveränderten Dateien anderswo, nennen Sie jenen Ordner.',
  '{#1} of the {#2} images are missing in {3} or are not what they were: {4}':
    '{1} der {2} Bilder fehlen in {3} oder sind nicht mehr, was sie waren: {4}',
  'Name the folder to which {1} was moved, with all files in it unchanged. With other images, start again from the beginning.':
    'Nennen Sie den Ordner, in den {1} verschoben wurde, mit allen Dateien unverändert. Mit anderen Bildern beginnen Sie von vorn.',
  'The {1} has no data yet.': 'Noch ohne Daten: {1}.',
  'The {1} has no test folder of its own.': 'Ohne eigenen Testordner: {1}.',
  'Name the folder of its images alone: its test images are among them.':
    'Nennen Sie nur den Ordner der Bilder: Die Testbilder sind darunter.',
  'None of the files to test on can be used.': 'Keine der Dateien für den Test ist verwendbar.',
  'None of the files to test on can be used; the first, {1}: {=2}':
    'Keine der Dateien für den Test ist verwendbar; die erste, {1}: {2}',
  'Run the audit on this folder: it lists each file with its reason.':
    'Prüfen Sie diesen Ordner: Jede Datei wird mit ihrem Grund aufgeführt.',
  'The data to test on have classes that the model does not know: {1}.':
    'Die Testdaten haben Klassen, die das Modell nicht kennt: {1}.',
  "Label them with the model's classes: {1}.": 'Geben Sie ihnen die Klassen des Modells: {1}.',
  '{#1} of the {#2} images to test on are also among those to train on: {3}':
    '{1} der {2} Testbilder sind auch unter den Trainingsbildern: {3}',
  '{#1} of the {#2} images to test on are also among those to train on, or are of the same {=3}: {4}':
    '{1} der {2} Testbilder sind auch unter den Trainingsbildern oder gehören zu denselben {3}: {4}',
  'Leave them out of one of the two, or name no separate test data: then a share is set aside.':
    'Lassen Sie sie auf einer der beiden Seiten aus, oder nennen Sie keine eigenen Testdaten: Dann wird ein Teil zurückgehalten.',
  '{#1} of the {#2} images were used for training or for choosing the epoch: these results are better than they would be on new {=3}.':
    '{1} der {2} Bilder dienten dem Training oder der Wahl der Epoche: Diese Ergebnisse sind besser, als sie an neuen Daten wären ({3}).',
  '{#1} of the {#2} images, or others of their {=3}, were used for training or for choosing the epoch: these results are better than they would be on new {=4}.':
    '{1} der {2} Bilder, oder andere derselben {3}, dienten dem Training oder der Wahl der Epoche: Diese Ergebnisse sind besser, als sie an neuen {4} wären.',
  'The run was imported from another workspace, which hashes patients in another way: equal images were looked for, but whether there are others of the same patients cannot be told.':
    'Der Lauf kommt aus einem anderen Arbeitsbereich, der Patienten anders verschlüsselt: Nach gleichen Bildern wurde gesucht; ob es andere derselben Patienten gibt, lässt sich nicht sagen.',
  'Some settings are missing or not allowed: {1}.': 'Einige Angaben fehlen oder sind nicht erlaubt: {1}.',
  'Correct the named settings and try again.':
    'Berichtigen Sie die genannten Angaben, und versuchen Sie es noch einmal.',
  'White is a higher value than black.': 'Weiß ist ein höherer Wert als Schwarz.',
  'A standard deviation is more than 0.': 'Eine Standardabweichung ist größer als 0.',

  // Splits
  'The column "{1}" holds no day for {#2} of the {#3} images: {4}.':
    'Die Spalte „{1}“ enthält für {2} der {3} Bilder keinen Tag: {4}.',
  'Days are written as 2019-05-31, 31.05.2019 or 20190531. Correct the table, or leave these images out.':
    'Tage schreibt man als 2019-05-31, 31.05.2019 oder 20190531. Berichtigen Sie die Tabelle, oder lassen Sie diese Bilder aus.',
  'The column "{1}" is empty for {#2} of the {#3} images: {4}.':
    'Die Spalte „{1}“ ist für {2} der {3} Bilder leer: {4}.',
  'Correct the table, or leave these images out.': 'Berichtigen Sie die Tabelle, oder lassen Sie diese Bilder aus.',
  'The column "{1}" holds patients, whose identifiers are not stored with a run.':
    'Die Spalte „{1}“ enthält Patienten, deren Kennungen nicht mit einem Lauf gespeichert werden.',
  'Say the parts in a column of their own, with train, validation or test for each image.':
    'Nennen Sie die Teile in einer eigenen Spalte, mit train, validation oder test für jedes Bild.',
  'No image has {1} in the column "{2}"; its values are {3}.':
    'Kein Bild hat {1} in der Spalte „{2}“; ihre Werte sind {3}.',
  'No image is from {1} or later; the column "{2}" ends with {3}.':
    'Kein Bild ist von {1} oder später; die Spalte „{2}“ endet mit {3}.',
  'Choose an earlier day.': 'Wählen Sie einen früheren Tag.',
  'Choose among them.': 'Wählen Sie unter ihnen.',
  'In folds every patient is tested once; the split says who is tested.':
    'In Faltungen wird jeder Patient einmal getestet; die Aufteilung sagt, wer getestet wird.',
  'Choose one fixed split instead of folds, or leave the rule of the split out.':
    'Wählen Sie eine feste Aufteilung statt Faltungen, oder lassen Sie die Regel der Aufteilung weg.',
  'Rows of the label file that name one file differ in {1}: {2}.':
    'Zeilen der Labeldatei, die eine Datei nennen, unterscheiden sich in {1}: {2}.',
  'The column "{1}" is to say the part of each image, and holds {2}.':
    'Die Spalte „{1}“ soll den Teil jedes Bildes nennen und enthält {2}.',
  'The column "{1}" is to say the part of each image, and is empty for {2}.':
    'Die Spalte „{1}“ soll den Teil jedes Bildes nennen und ist leer für {2}.',
  'Parts are called {1}. Correct the column, leave the images out, or choose another column.':
    'Teile heißen {1}. Berichtigen Sie die Spalte, lassen Sie die Bilder aus, oder wählen Sie eine andere Spalte.',
  'Of {#1} of the {#2} images it is not said in which part they are: {3}.':
    'Von {1} der {2} Bilder ist nicht gesagt, in welchem Teil sie sind: {3}.',
  'Say it for each image, or leave these out.': 'Sagen Sie es für jedes Bild, oder lassen Sie diese aus.',
  'The split says which images are tested, and there is a test folder besides.':
    'Die Aufteilung sagt, welche Bilder getestet werden, und daneben gibt es einen Testordner.',
  'Take one of them.': 'Nehmen Sie eines von beiden.',
  '{#1} images are in more than one part of the split, as identical files: {2}.':
    '{1} Bilder sind als gleiche Dateien in mehr als einem Teil der Aufteilung: {2}.',
  '{1} with images in more than one part of the split: {2}.':
    '{1} mit Bildern in mehr als einem Teil der Aufteilung: {2}.',
  'Leave these files out of one of the parts, or choose another split: what is tested must not be known from training.':
    'Lassen Sie diese Dateien in einem der Teile aus, oder wählen Sie eine andere Aufteilung: Was getestet wird, darf aus dem Training nicht bekannt sein.',
  'There is no image to train on of {1}.': 'Zum Trainieren gibt es kein Bild von {1}.',
  'There is no image to validate on of {1}.': 'Zum Validieren gibt es kein Bild von {1}.',
  'Choose another split, or leave the class out.': 'Wählen Sie eine andere Aufteilung, oder lassen Sie die Klasse aus.',

  // The sample data
  'Writing the sample data was cancelled.': 'Das Schreiben der Beispieldaten wurde abgebrochen.',
  "The folder '{1}' holds other files, for example '{2}'.":
    'Im Ordner „{1}“ liegen andere Dateien, zum Beispiel „{2}“.',
  'Choose an empty folder, or one that does not exist yet, for the sample data.':
    'Wählen Sie für die Beispieldaten einen leeren Ordner, oder einen, den es noch nicht gibt.',
  "'{1}' is a file or lies in one, not a folder.": '„{1}“ ist eine Datei oder liegt in einer, kein Ordner.',
  'Choose a folder in which you may create files.': 'Wählen Sie einen Ordner, in dem Sie Dateien anlegen dürfen.',
  "The disk is full: the sample data do not fit into '{1}'.":
    'Der Datenträger ist voll: Die Beispieldaten passen nicht in „{1}“.',
  'Free 5 MB, or choose a folder on another disk.':
    'Schaffen Sie 5 MB Platz, oder wählen Sie einen Ordner auf einem anderen Datenträger.',
  "The sample data cannot be kept in '{1}' ({2}).": 'Die Beispieldaten lassen sich in „{1}“ nicht ablegen ({2}).',
} satisfies Phrases;
