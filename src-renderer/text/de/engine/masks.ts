import type { Phrases } from '../../phrasebook.ts';

/** What is said of masks, how they were read and what they agree on. */
export default {
  // Why there is no number
  'Neither mask has a pixel of the class.': 'Keine der beiden Masken hat ein Pixel dieser Klasse.',
  'One of the masks has no pixel of the class.': 'Eine der Masken hat kein Pixel dieser Klasse.',
  'The truth has no pixel of the class.': 'Die wahre Maske hat kein Pixel dieser Klasse.',
  'All pixels of the truth are of the class.': 'Alle Pixel der wahren Maske sind von dieser Klasse.',
  // Masks that are left out
  'Masks are read from PNG and TIFF files, which keep every value; this one is {1}.':
    'Masken werden aus PNG- und TIFF-Dateien gelesen, die jeden Wert bewahren; diese ist {1}.',
  'The file has {#1} pages; a mask has one.': 'Die Datei hat {1} Seiten; eine Maske hat eine.',
  'The mask has transparent parts, which change its values.':
    'Die Maske hat durchsichtige Teile, die ihre Werte ändern.',
  'The mask has a colour profile, which may change its values.':
    'Die Maske hat ein Farbprofil, das ihre Werte ändern kann.',
  'The TIFF has a palette; save the mask as PNG, or its values as grey levels.':
    'Das TIFF hat eine Palette; speichern Sie die Maske als PNG, oder ihre Werte als Graustufen.',
  'The TIFF stores white as 0; save the mask with black as 0.':
    'Das TIFF speichert Weiß als 0; speichern Sie die Maske mit Schwarz als 0.',
  'The TIFF is compressed with JPEG, which changes values.': 'Das TIFF ist mit JPEG komprimiert, was Werte ändert.',
  'The mask is in colour, without a palette; a mask has one value for each pixel.':
    'Die Maske ist farbig, ohne Palette; eine Maske hat einen Wert für jedes Pixel.',
  'The mask has values that are not whole numbers from 0 to {#1}.':
    'Die Maske hat Werte, die keine ganzen Zahlen von 0 bis {1} sind.',
  'The PNG has a palette and is interlaced, which Cutpoint does not read.':
    'Das PNG hat eine Palette und ist verschachtelt gespeichert (interlaced); Cutpoint liest das nicht.',
  'its parts are not in order': 'seine Teile sind nicht in Ordnung',
  'Save the mask again as PNG, a value for each class.':
    'Speichern Sie die Maske erneut als PNG, mit einem Wert für jede Klasse.',
  'The mask has {#1} × {#2} pixels, the one that it is compared with {#3} × {#4}.':
    'Die Maske hat {1} × {2} Pixel, die, mit der sie verglichen wird, {3} × {4}.',
  // Pairs
  'The folder has {#1} files of this name, with several endings.':
    'Der Ordner hat {1} Dateien dieses Namens, mit verschiedenen Endungen.',
  'The other folder has no mask that this one could be compared with.':
    'Der andere Ordner hat keine Maske, mit der diese verglichen werden könnte.',
  'A table of pairs has the columns file, other, and one of the patient, if it is known.':
    'Eine Tabelle von Paaren hat die Spalten file, other und eine mit dem Patienten, wenn er bekannt ist.',
  'Row {#1} of the table does not name two files.': 'Zeile {1} der Tabelle nennt keine zwei Dateien.',
  'Row {#1} of the table names a pair that an earlier row has.':
    'Zeile {1} der Tabelle nennt ein Paar, das eine frühere Zeile hat.',
  'There is no pair of masks that could be compared.': 'Es gibt kein Paar von Masken, das verglichen werden könnte.',
  'Masks are paired by their paths without the ending; a table with the columns file and other pairs them otherwise.':
    'Masken werden nach ihren Pfaden ohne die Endung gepaart; eine Tabelle mit den Spalten file und other paart sie anders.',
  'Nothing says which images are of the same patient. Each image counts on its own: where several are of one patient, intervals are too narrow.':
    'Nichts sagt, welche Bilder vom selben Patienten sind. Jedes Bild zählt für sich: Wo mehrere von einem Patienten sind, sind Intervalle zu schmal.',
  // Values
  'Nobody named these values of the masks: {1}.': 'Diese Werte der Masken hat niemand benannt: {1}.',
  '{#1} ({#2} px)': '{1} ({2} px)',
  'Name each with --class, such as `--class 1=lung 2=heart`; values of one name are one class. 0 is background.':
    'Benennen Sie jeden mit --class, etwa `--class 1=Lunge 2=Herz`; Werte eines Namens sind eine Klasse. 0 ist Hintergrund.',
  'All masks are 0 everywhere: there is no class to compare.':
    'Alle Masken sind überall 0: Es gibt keine Klasse, die verglichen werden könnte.',
  'Choose folders with masks that are not empty.': 'Wählen Sie Ordner mit Masken, die nicht leer sind.',
} satisfies Phrases;
