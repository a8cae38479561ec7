import type { Phrases } from '../../phrasebook.ts';

/** What is said of DICOM tags that are taken for classes or columns, and of the people that headers tell of. */
export default {
  'The labels of these images do not come from a table, so there are no columns.':
    'Die Klassen dieser Bilder kommen nicht aus einer Tabelle, also gibt es keine Spalten.',
  'Name the table that has the columns as the table of the labels, or a DICOM tag, as in tag:StationName.':
    'Nennen Sie die Tabelle mit den Spalten als die der Klassen, oder ein DICOM-Attribut, etwa tag:StationName.',
  'The labels come from a table or from a DICOM tag, not from both.':
    'Die Klassen kommen aus einer Tabelle oder aus einem DICOM-Attribut, nicht aus beiden.',
  'Leave one of them out.': 'Lassen Sie eines davon weg.',
  'The standard knows no DICOM tag "{1}".': 'Der Standard kennt kein DICOM-Attribut „{1}“.',
  'Name it by its keyword, as BodyPartExamined, or by its number, as (0018,0015). Private tags are not read.':
    'Nennen Sie seinen Namen, etwa BodyPartExamined, oder seine Nummer, etwa (0018,0015). Private Attribute werden nicht gelesen.',
  'The DICOM tag {1} holds days, which are no classes.':
    'Das DICOM-Attribut {1} enthält Tage, und die sind keine Klassen.',
  'Choose another tag, or divide the images by it: `--split-date tag:StudyDate`.':
    'Wählen Sie ein anderes Attribut, oder teilen Sie die Bilder danach auf: `--split-date tag:StudyDate`.',
  'The DICOM tag {1} may say who a patient is, and what is chosen here is stored and exported.':
    'Das DICOM-Attribut {1} kann sagen, wer ein Patient ist, und was hier gewählt wird, wird gespeichert und exportiert.',
  'Choose a tag that many patients share, such as BodyPartExamined or Manufacturer. Patients are kept together with `--group-by`.':
    'Wählen Sie ein Attribut, das viele Patienten gemeinsam haben, etwa BodyPartExamined oder Manufacturer. Patienten hält `--group-by` zusammen.',
  'The DICOM tag {1} holds no text or number, but items or bytes.':
    'Das DICOM-Attribut {1} enthält weder Text noch Zahl, sondern Einträge oder Bytes.',
  'Choose another tag.': 'Wählen Sie ein anderes Attribut.',
  'It is no DICOM file, and the class is that of a DICOM tag.':
    'Das ist keine DICOM-Datei, und die Klasse ist die eines DICOM-Attributs.',
  'Its header has no value of the DICOM tag {1}.': 'Ihr Kopf hat keinen Wert des DICOM-Attributs {1}.',
  'By the DICOM headers, the median age is {1} years in "{2}" and {3} years in "{4}". A network may learn age in place of what the classes mean; look at the results by age (subgroups, PatientAge).':
    'Nach den DICOM-Köpfen ist das mediane Alter {1} Jahre in „{2}“ und {3} Jahre in „{4}“. Ein Netz kann das Alter lernen statt dessen, was die Klassen bedeuten; sehen Sie die Ergebnisse nach Alter an (Untergruppen, PatientAge).',
  'By the DICOM headers, {1} of the images of "{2}" and {3} of "{4}" are of women. A network may learn sex in place of what the classes mean; look at the results by sex (subgroups, PatientSex).':
    'Nach den DICOM-Köpfen zeigen {1} der Bilder von „{2}“ und {3} von „{4}“ Frauen. Ein Netz kann das Geschlecht lernen statt dessen, was die Klassen bedeuten; sehen Sie die Ergebnisse nach Geschlecht an (Untergruppen, PatientSex).',
  // One window of several
  'files with several windows by window {1}, others by their first; those without one each from its own darkest to its own brightest value':
    'Dateien mit mehreren Fenstern mit Fenster {1}, andere mit ihrem ersten; die ohne Fenster jeweils von ihrem dunkelsten bis zu ihrem hellsten Wert',
  '{1} are shown by the window of the file that was chosen among several.':
    '{1} mit dem Fenster der Datei gezeigt, das unter mehreren gewählt wurde.',
  'The image is shown by its window {1}, as was chosen.': 'Das Bild wird mit seinem Fenster {1} gezeigt, wie gewählt.',
  'Images with several windows: {1}. As in training: {2}.': 'Bilder mit mehreren Fenstern: {1}. Wie im Training: {2}.',
} satisfies Phrases;
