import type { Phrases } from '../../phrasebook.ts';

/** What is said of how a folder is laid out, and of what lies in it beside images. */
export default {
  'The folder "{1}" is the only one and was looked through: the classes are the folders in it.':
    'Der Ordner „{1}“ ist der einzige und wurde durchgesehen: Die Klassen sind die Ordner darin.',
  'As chosen, folders are the parts of the split: {1}.': 'Wie gewählt sind Ordner die Teile der Aufteilung: {1}.',
  'What lies beside them is not used: {1}.': 'Was daneben liegt, bleibt ungenutzt: {1}.',
  'The folders {1} look like parts of a split, which is not used.':
    'Die Ordner {1} sehen nach Teilen einer Aufteilung aus, die nicht genutzt wird.',
  'They can be taken as the split: `--split-folders`, or in the window.':
    'Sie können als Aufteilung genommen werden: `--split-folders`, oder im Fenster.',
  'Several folders hold folders of the same names, {1}: are these the classes? `--class-folder last` takes them, `--class-folder first` does not; or choose in the window.':
    'Mehrere Ordner enthalten Ordner gleichen Namens, {1}: Sind das die Klassen? `--class-folder last` nimmt sie, `--class-folder first` nicht; oder wählen Sie im Fenster.',
  'Several folders of "{2}" hold folders of the same names, {1}: are these the classes? `--class-folder last` takes them, `--class-folder first` does not; or choose in the window.':
    'Mehrere Ordner in „{2}“ enthalten Ordner gleichen Namens, {1}: Sind das die Klassen? `--class-folder last` nimmt sie, `--class-folder first` nicht; oder wählen Sie im Fenster.',
  'The folder "{1}" holds no image: there is no class of that name.':
    'Der Ordner „{1}“ enthält kein Bild: Eine Klasse dieses Namens gibt es nicht.',
  'The folder "{1}" is a second copy of what lies beside it: {=2} of the same names and sizes. Leave it out: `--leave-out {3}/`, or in the window.':
    'Der Ordner „{1}“ ist eine zweite Kopie dessen, was neben ihm liegt: {2} mit gleichen Namen und Größen. Lassen Sie ihn aus: `--leave-out {3}/`, oder im Fenster.',
  'Some images lie in the folder a second time.': 'Manche Bilder liegen ein zweites Mal im Ordner.',
  'Some files are masks or other companions of images by their names.':
    'Manche Dateien sind den Namen nach Masken oder andere Beigaben von Bildern.',
  'The folder {1} may hold masks, not images of a class.':
    'Der Ordner {1} enthält vielleicht Masken, keine Bilder einer Klasse.',
  'The folders {1} may hold masks, not images of a class.':
    'Die Ordner {1} enthalten vielleicht Masken, keine Bilder einer Klasse.',
  '{=1} may be a mask by its name, such as {2}.': '{1}, dem Namen nach vielleicht eine Maske: {2}.',
  '{=1} may be masks by their names, such as {2}.': '{1}, den Namen nach vielleicht Masken, etwa {2}.',
  'Leave them out: `--leave-out-masks`, or in the window.': 'Lassen Sie sie aus: `--leave-out-masks`, oder im Fenster.',
  'The classes {1} differ in case, blanks or accents only. If they are one: `--join {2}`, or join them in the window.':
    'Die Klassen {1} unterscheiden sich nur in Groß- und Kleinschreibung, Leerzeichen oder Akzenten. Wenn sie eine sind: `--join {2}`, oder fassen Sie sie im Fenster zusammen.',
  'What systems leave behind was passed over: {1}.': 'Was Betriebssysteme hinterlassen, wurde übergangen: {1}.',
  'Archives are not read: {1}.': 'Archive werden nicht gelesen: {1}.',
  'Unpack it, and choose the folder that comes out of it.':
    'Entpacken Sie es, und wählen Sie den Ordner, der dabei entsteht.',
  'What is in {1} lies unpacked beside it, where it is read; the archive itself is not.':
    'Was in {1} ist, liegt entpackt daneben und wird dort gelesen; das Archiv selbst nicht.',
  'What is in an archive of the folder lies unpacked beside it.':
    'Was in einem Archiv des Ordners ist, liegt entpackt daneben.',
  'In {#1} of {#2} DICOM series, some neighbouring slices lie more than one and a half times as far apart as is usual there: slices may be missing.':
    'In {1} von {2} DICOM-Serien liegen manche benachbarten Schichten mehr als anderthalbmal so weit auseinander wie dort üblich: Vielleicht fehlen Schichten.',
  'In {#1} of {#2} DICOM series, several images lie at one position, as several times, echoes or copies do.':
    'In {1} von {2} DICOM-Serien liegen mehrere Bilder an einer Stelle, wie mehrere Zeitpunkte, Echos oder Kopien es tun.',
  'As chosen, each frame of a file with several is an image of its own: {#1} in all. The frames of a file have its label, stay on one side of every split, and are not compared with one another.':
    'Wie gewählt ist jedes Einzelbild einer Datei mit mehreren ein Bild für sich: insgesamt {1}. Die Einzelbilder einer Datei haben deren Klasse, bleiben auf einer Seite jeder Aufteilung und werden nicht miteinander verglichen.',
  'As chosen, {#1} frame is left out.': 'Wie gewählt ist {1} Einzelbild ausgelassen.',
  'As chosen, {#1} frames are left out.': 'Wie gewählt sind {1} Einzelbilder ausgelassen.',
  'The file has {#1} frames; Cutpoint takes up to {#2} of a file as images of their own.':
    'Die Datei enthält {1} Einzelbilder; Cutpoint nimmt bis zu {2} aus einer Datei als eigene Bilder.',
  'There are no images in {1}: {2} cannot be read.': 'In {1} sind keine Bilder: {2} lässt sich nicht lesen.',
  'The DICOMDIR cannot be read: it is damaged, or no index of a DICOM disc.':
    'Das DICOMDIR lässt sich nicht lesen: Es ist beschädigt oder kein Verzeichnis einer DICOM-CD.',
  'Choose the folder that it lies in: the files beside it are read themselves.':
    'Wählen Sie den Ordner, in dem es liegt: Die Dateien daneben werden selbst gelesen.',
  'The DICOMDIR names a file outside of its folder, which is not read.':
    'Das DICOMDIR nennt eine Datei außerhalb seines Ordners, die nicht gelesen wird.',
  'The DICOMDIR names this file, and it is not there.': 'Das DICOMDIR nennt diese Datei, und sie ist nicht da.',
  'The archive cannot be opened.': 'Das Archiv lässt sich nicht öffnen.',
  'You have no permission to read the archive.': 'Sie dürfen das Archiv nicht lesen.',
  'This is no zip archive, or its end is missing.': 'Das ist kein Zip-Archiv, oder sein Ende fehlt.',
  'The archive holds more than 200,000 files, or would be far larger unpacked than images are; it is not read.':
    'Das Archiv enthält mehr als 200.000 Dateien, oder es wäre entpackt viel größer, als Bilder es sind; es wird nicht gelesen.',
  'The archive is damaged, or holds files that would lead out of its folder; it is not read.':
    'Das Archiv ist beschädigt, oder es enthält Dateien, die aus seinem Ordner hinausführen; es wird nicht gelesen.',
  'This is a link in an archive, which is not followed.':
    'Das ist eine Verknüpfung in einem Archiv, der nicht gefolgt wird.',
  'The archive has two files of this name; the first is read.':
    'Das Archiv enthält zwei Dateien dieses Namens; die erste wird gelesen.',
  'The archive has a file and a folder of this name; the file is not read.':
    'Das Archiv enthält eine Datei und einen Ordner dieses Namens; die Datei wird nicht gelesen.',
  'The name of the file in the archive is not one that can be opened.':
    'Der Name der Datei im Archiv lässt sich nicht öffnen.',
  '{1} is an archive, not a folder.': '{1} ist ein Archiv, kein Ordner.',
  'There are no images in {1}, but archives: {2}.': 'In {1} sind keine Bilder, aber Archive: {2}.',
  '{1} is the index of a DICOM disc, not an image; the files beside it are read themselves.':
    '{1} ist das Verzeichnis einer DICOM-CD, kein Bild; die Dateien daneben werden selbst gelesen.',
  '{1} are indexes of a DICOM disc, not an image; the files beside it are read themselves.':
    '{1} sind Verzeichnisse von DICOM-CDs, keine Bilder; die Dateien daneben werden selbst gelesen.',
  'This leads to the same folder as ‘{1}’, where its images are read; here they are not.':
    'Das führt zum selben Ordner wie „{1}“, wo seine Bilder gelesen werden; hier nicht.',
  'The folder lies more than {#1} folders deep; what is in it was left out.':
    'Der Ordner liegt mehr als {1} Ordner tief; was darin ist, wurde ausgelassen.',
  'The name of the file is not one that can be opened: it is written in another encoding. Rename it, or copy the folder with a program that mends names.':
    'Der Name der Datei lässt sich nicht öffnen: Er ist in einer anderen Kodierung geschrieben. Benennen Sie sie um, oder kopieren Sie den Ordner mit einem Programm, das Namen berichtigt.',
  'No folders are named as the parts of a split, such as train and test.':
    'Keine Ordner heißen wie Teile einer Aufteilung, etwa train und test.',
  'Leave it out that folders are the split, or name the folders so.':
    'Wählen Sie die Ordner nicht als Aufteilung, oder benennen Sie sie so.',
  '{1} cannot be opened as a zip archive.': '{1} lässt sich nicht als Zip-Archiv öffnen.',
  '{1} would be far larger unpacked than images are: it was not unpacked.':
    '{1} wäre entpackt viel größer, als Bilder es sind: Es wurde nicht entpackt.',
  '{1} is damaged, or holds files that would lead out of its folder: it was not unpacked.':
    '{1} ist beschädigt, oder es enthält Dateien, die aus seinem Ordner hinausführen: Es wurde nicht entpackt.',
  'Unpack it with another program, and choose the folder that comes out of it.':
    'Entpacken Sie es mit einem anderen Programm, und wählen Sie den Ordner, der dabei entsteht.',
  'There is not enough space in the workspace to unpack the archive.':
    'Im Arbeitsbereich ist nicht genug Platz, um das Archiv zu entpacken.',
  'Free some space, or unpack it on a larger disk and choose the folder that comes out of it.':
    'Schaffen Sie Platz, oder entpacken Sie es auf einem größeren Datenträger, und wählen Sie den Ordner, der dabei entsteht.',
  'Unpacking was cancelled.': 'Das Entpacken wurde abgebrochen.',
  'the unpacked archive': 'das entpackte Archiv',
  'This is a link, which is not unpacked.': 'Das ist eine Verknüpfung, die nicht entpackt wird.',
  'This is packed in a way that Cutpoint does not read, or protected by a password.':
    'Das ist auf eine Weise gepackt, die Cutpoint nicht liest, oder mit einem Kennwort geschützt.',
  'This was not unpacked: it is damaged in the archive, or its name is one that this machine cannot store or has twice.':
    'Das wurde nicht entpackt: Es ist im Archiv beschädigt, oder sein Name lässt sich auf diesem Rechner nicht speichern oder kommt zweimal vor.',
  '{#1} mask': '{1} Maske',
  '{#1} masks': '{1} Masken',
  '{#1} mask and {=2}': '{1} Maske und {2}',
  '{#1} masks and {=2}': '{1} Masken und {2}',
  'what lies in {1}': 'was in {1} liegt',
  'what lies in {1} and {=2}': 'was in {1} liegt und {2}',
} satisfies Phrases;
