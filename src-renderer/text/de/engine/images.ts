import type { Phrases } from '../../phrasebook.ts';

/** What is said of image files, and of how one was read. */
export default {
  // Counted over a folder
  '{1} had the file extension of another format; they were read by their content.':
    '{1} mit der Endung eines anderen Formats; nach dem Inhalt gelesen.',
  '{1} had transparent parts; they are shown on black.': '{1} mit durchsichtigen Teilen; auf Schwarz gezeigt.',
  '{1} had several pages; the first is used.': '{1} mit mehreren Seiten; die erste wird verwendet.',
  '{1} had several frames; the middle one is used, or the first where the header does not count them.':
    '{1} mit mehreren Einzelbildern; verwendet wird das mittlere, oder das erste, wo der Kopf sie nicht zählt.',
  '{1} had no window; each is shown from its own darkest to its own brightest value. Where brightness distinguishes the classes, choose one scale for the folder.':
    '{1} ohne Fenster; jedes wird von seinem dunkelsten bis zu seinem hellsten Wert gezeigt. Wo Helligkeit die Klassen unterscheidet, wählen Sie eine Skala für den Ordner.',
  '{1} had no window; they are shown on one scale.': '{1} ohne Fenster; auf einer gemeinsamen Skala gezeigt.',
  '{1} had no window, and values from {2} to {3}; the grey scale used is: {4}.':
    '{1} ohne Fenster, mit Werten von {2} bis {3}; die verwendete Grauskala: {4}.',
  '{1} had no window, and values from {2} to {3}; the grey scale shown is: {4}. A run fits its own to its training images.':
    '{1} ohne Fenster, mit Werten von {2} bis {3}; die gezeigte Grauskala: {4}. Ein Lauf passt seine eigene an seine Trainingsbilder an.',
  '{1} had values outside the grey scale that is shown.': '{1} mit Werten außerhalb der gezeigten Grauskala.',
  '{1} are almost black on the grey scale that is shown.': '{1} auf der gezeigten Grauskala fast schwarz.',
  '{1} had values outside the grey scale; they are clipped.':
    '{1} mit Werten außerhalb der Grauskala; sie werden begrenzt.',
  '{1} are almost black on the grey scale that is used.': '{1} auf der verwendeten Grauskala fast schwarz.',
  '{1} had a window that does not follow the standard; look at the previews.':
    '{1} mit einem Fenster, das nicht dem Standard folgt; sehen Sie sich die Vorschau an.',
  '{1} had a lookup table or palette whose depth is not the one it claims; the depth of its entries was used.':
    '{1} mit einer Umsetzungstabelle oder Palette, deren Tiefe nicht die angegebene ist; verwendet wurde die Tiefe ihrer Einträge.',
  '{1} became one uniform level through the window or lookup table of the file, although the samples differ; look at the previews.':
    '{1} durch Fenster oder Umsetzungstabelle der Datei einförmig, obwohl die Werte verschieden sind; sehen Sie sich die Vorschau an.',
  '{1} had a header that contradicts the depth or position of the samples; the samples were followed.':
    '{1} mit einem Kopf, der Tiefe oder Lage der Werte widerspricht; maßgeblich waren die Werte.',
  '{1} had a header that contradicts itself about the sign of the samples.':
    '{1} mit einem Kopf, der sich über das Vorzeichen der Werte widerspricht.',
  '{1} had a header that contradicts itself about colours or brightness; look at the previews.':
    '{1} mit einem Kopf, der sich über Farben oder Helligkeit widerspricht; sehen Sie sich die Vorschau an.',
  '{1} had channels besides their colours; those are not used.':
    '{1} mit Kanälen neben den Farben; diese werden nicht verwendet.',
  '{1} are screen captures; they may contain text.': '{1} als Bildschirmaufnahme; sie können Text enthalten.',
  '{1} had a colour profile; 8-bit images were converted to sRGB with it, others are taken as they are.':
    '{1} mit einem Farbprofil; 8-Bit-Bilder wurden damit in sRGB umgewandelt, andere bleiben, wie sie sind.',
  'Images without a window: {1}. As in training: {2}.': 'Bilder ohne Fenster: {1}. Wie im Training: {2}.',
  'Of these, {1} have values outside that scale, which are clipped.':
    'Davon mit Werten außerhalb dieser Skala, die begrenzt werden: {1}.',
  'Of these, {1} are almost black on that scale.': 'Davon auf dieser Skala fast schwarz: {1}.',
  'each image from its own darkest to its own brightest value':
    'jedes Bild von seinem dunkelsten bis zu seinem hellsten Wert',
  'the whole depth of each file': 'die ganze Tiefe jeder Datei',
  'each image the middle {1} % of its own values': 'jedes Bild mit den mittleren {1} % seiner Werte',
  'CT images from {1} to {2} Hounsfield units, whatever window they bring; others each from its own darkest to its own brightest value':
    'CT-Bilder von {1} bis {2} Hounsfield-Einheiten, welches Fenster sie auch mitbringen; andere jeweils von ihrem dunkelsten bis zu ihrem hellsten Wert',
  'CT images: {1}. As in training: {2}.': 'CT-Bilder: {1}. Wie im Training: {2}.',
  '{1} had no window; each is shown by the middle {2} % of its own values. Where brightness distinguishes the classes, choose one scale for the folder.':
    '{1} ohne Fenster; jedes wird mit den mittleren {2} % seiner Werte gezeigt. Wo Helligkeit die Klassen unterscheidet, wählen Sie eine Skala für den Ordner.',
  '{1} are shown by the window in Hounsfield units that was chosen.':
    '{1} mit dem gewählten Fenster in Hounsfield-Einheiten gezeigt.',
  '{1} have an overlay (text or drawings), which is not used.':
    '{1} mit einem Overlay (Text oder Zeichnungen), das nicht verwendet wird.',
  '{1} is black and {2} is white in all images': '{1} ist in allen Bildern schwarz und {2} weiß',

  // Of one image
  'The image has no window; the middle of its values is shown as black to white.':
    'Das Bild hat kein Fenster; die Mitte seiner Werte wird als Schwarz bis Weiß gezeigt.',
  'The image is shown from {1} to {2} Hounsfield units, as was chosen.':
    'Das Bild wird von {1} bis {2} Hounsfield-Einheiten gezeigt, wie gewählt.',
  'The image has an overlay (text or drawings), which is not used.':
    'Das Bild hat ein Overlay (Text oder Zeichnungen), das nicht verwendet wird.',
  'The name ends in .{1}, but the content is {2}; it is read as {3}.':
    'Der Name endet auf .{1}, aber der Inhalt ist {2}; gelesen wird die Datei als {3}.',
  'The image has no window; its darkest to brightest value is shown as black to white.':
    'Das Bild hat kein Fenster; sein dunkelster bis hellster Wert wird als Schwarz bis Weiß gezeigt.',
  'The image has no window; {1} to {2} is shown as black to white.':
    'Das Bild hat kein Fenster; {1} bis {2} wird als Schwarz bis Weiß gezeigt.',
  'Its values from {1} to {2} reach beyond that and are clipped.':
    'Seine Werte von {1} bis {2} reichen darüber hinaus und werden begrenzt.',
  'Its values from {1} to {2} are all almost black there.': 'Seine Werte von {1} bis {2} sind dort alle fast schwarz.',
  'The image’s colour palette claims {#1} bits, but its entries have {2}; {3} were used.':
    'Die Farbpalette des Bildes gibt {1} Bit an, ihre Einträge haben {2}; verwendet wurden {3}.',
  'Its colour profile was applied.': 'Sein Farbprofil wurde angewandt.',
  'Its colour profile was not applied.': 'Sein Farbprofil wurde nicht angewandt.',
  'Its colour profile was not applied: its colours have more than 8 bits.':
    'Sein Farbprofil wurde nicht angewandt: Die Farben haben mehr als 8 Bit.',
  'Its colour profile cannot be read and was not applied.':
    'Sein Farbprofil ist nicht lesbar und wurde nicht angewandt.',
  'The file has {#1} pages; the first is used.': 'Die Datei hat {1} Seiten; die erste wird verwendet.',
  'The image has {#1} channels; those besides its colours are not used.':
    'Das Bild hat {1} Kanäle; die neben seinen Farben werden nicht verwendet.',
  'The image has transparent parts; they are shown on black.':
    'Das Bild hat durchsichtige Teile; sie werden auf Schwarz gezeigt.',
  'The image’s VOI lookup table is empty and was not used.':
    'Die VOI-Umsetzungstabelle des Bildes ist leer und wurde nicht verwendet.',
  'The image’s VOI lookup table claims {#1} bits, but its entries have {2}; {3} were used.':
    'Die VOI-Umsetzungstabelle des Bildes gibt {1} Bit an, ihre Einträge haben {2}; verwendet wurden {3}.',
  'The header calls the samples unsigned, but gives a negative one as the smallest; they were read as unsigned.':
    'Der Kopf nennt die Werte vorzeichenlos, als kleinsten aber einen negativen; sie wurden als vorzeichenlos gelesen.',
  'The image’s samples differ, but its window or lookup table shows all of them as level {1}.':
    'Die Werte des Bildes sind verschieden, aber Fenster oder Umsetzungstabelle zeigt alle als Stufe {1}.',
  'The file has {#1} frames; frame {2} is used.': 'Die Datei hat {1} Einzelbilder; verwendet wird Nr. {2}.',
  'The pixel data have room for {#1} frames, of which the header says nothing; the first is used.':
    'Die Pixeldaten fassen {1} Einzelbilder, von denen der Kopf nichts sagt; das erste wird verwendet.',
  'The header allocates {#1} bits to a sample, the compressed image has {2}; {3} were used.':
    'Der Kopf sieht {1} Bit je Wert vor, das komprimierte Bild hat {2}; verwendet wurden {3}.',
  'The header puts the highest bit at {1}, but the samples lie at the low end; they were taken as they lie.':
    'Der Kopf nennt {1} als höchstes Bit, aber die Werte liegen am unteren Ende; sie wurden genommen, wie sie liegen.',
  'Samples have more bits than the {1} that the header says are stored; those were left out, as the standard requires.':
    'Werte haben mehr als die {1} Bit, die laut Kopf gespeichert sind; die übrigen wurden weggelassen, wie der Standard es verlangt.',
  'The image is a screen capture; it may contain text.':
    'Das Bild ist eine Bildschirmaufnahme; es kann Text enthalten.',
  'The header’s way of storing colours does not fit its samples; they were read as {=1}.':
    'Was der Kopf über die Farben sagt, passt nicht zu den Werten; gelesen wurden sie als {1}.',
  grey: 'Grau',
  RGB: 'RGB',
  'The header says both {1} and {2} about what is bright; {3} was used, as viewers do.':
    'Der Kopf sagt {1} und zugleich {2} darüber, was hell ist; verwendet wurde {3}, wie Bildbetrachter es tun.',
  'The image’s window is incomplete or not a number and was not used.':
    'Das Fenster des Bildes ist unvollständig oder keine Zahl und wurde nicht verwendet.',
  'The image’s window has a width of {1} and was not used.':
    'Das Fenster des Bildes hat die Breite {1} und wurde nicht verwendet.',
  'The image’s window does not follow the standard; it was read as centre {1}, width {2}, {3}.':
    'Das Fenster des Bildes folgt nicht dem Standard; gelesen wurde es mit Mitte {1}, Breite {2}, {3}.',
  linear: 'linear',
  'linear exact': 'genau linear',
  sigmoid: 'Sigmoid',

  // The header of one that is no DICOM
  Width: 'Breite',
  Height: 'Höhe',
  Channels: 'Kanäle',
  Bits: 'Bit',
  'Colour space': 'Farbraum',
  Density: 'Auflösung',
  Compression: 'Kompression',
  Transparency: 'Transparenz',
  'Colour profile': 'Farbprofil',
  Orientation: 'Ausrichtung',
  Pages: 'Seiten',

  // Why one cannot be read
  'The file is empty (0 bytes).': 'Die Datei ist leer (0 Byte).',
  'Copy or export the file again from its source.':
    'Kopieren oder exportieren Sie die Datei noch einmal von ihrer Quelle.',
  'The file is larger than 1 GB.': 'Die Datei ist größer als 1 GB.',
  'Export single images instead of whole series.': 'Exportieren Sie einzelne Bilder statt ganzer Serien.',
  'You have no permission to read the file.': 'Sie dürfen die Datei nicht lesen.',
  'The file does not exist.': 'Die Datei gibt es nicht.',
  'The file cannot be read.': 'Die Datei ist nicht lesbar.',
  'Ask for read permission, or copy the file.': 'Bitten Sie um Leserechte, oder kopieren Sie die Datei.',
  'Check the path and the disk.': 'Prüfen Sie den Pfad und den Datenträger.',
  'The file {1} cannot be read.': 'Die Datei {1} ist nicht lesbar.',
  'The image has {#1} × {#2} pixels; Cutpoint reads up to {3} million.':
    'Das Bild hat {1} × {2} Bildpunkte; Cutpoint liest bis zu {3} Millionen.',
  'The image has {#1} MB of samples; Cutpoint reads up to {2} MB.':
    'Das Bild hat {1} MB an Werten; Cutpoint liest bis zu {2} MB.',
  'Save a smaller copy of the image.': 'Speichern Sie eine kleinere Kopie des Bildes.',
  'The file is damaged or incomplete: {=1}.': 'Die Datei ist beschädigt oder unvollständig: {1}.',
  'Copy or export it again from its source, or leave it out.':
    'Kopieren oder exportieren Sie sie noch einmal von ihrer Quelle, oder lassen Sie sie aus.',
  'Convert it to uncompressed DICOM or to PNG, or leave it out.':
    'Wandeln Sie sie in unkomprimiertes DICOM oder PNG um, oder lassen Sie sie aus.',
  'The file has {=1}, and no frame {2}.': 'Die Datei hat {1}, und keines mit der Nr. {2}.',
  'one frame': 'ein Einzelbild',
  'Reading the file took longer than {1} seconds and was stopped.':
    'Das Lesen der Datei dauerte länger als {1} Sekunden und wurde abgebrochen.',
  'Reading the images was cancelled.': 'Das Lesen der Bilder wurde abgebrochen.',
  'Leave the file out, or convert it.': 'Lassen Sie die Datei aus, oder wandeln Sie sie um.',
  'Reading the file made the reader stop.': 'Beim Lesen der Datei brach der Leser ab.',
  'Reading the file takes more memory than an image of any size needs.':
    'Das Lesen der Datei braucht mehr Speicher, als ein Bild gleich welcher Größe braucht.',
  'Leave the file out, or export the image again.':
    'Lassen Sie die Datei aus, oder exportieren Sie das Bild noch einmal.',
  'The image readers could not be started.': 'Die Leser der Bilder ließen sich nicht starten.',
  'The BMP file is of the OS/2 type, which Cutpoint does not read.':
    'Die BMP-Datei ist von der Art OS/2, die Cutpoint nicht liest.',
  'The BMP file is compressed in a way Cutpoint does not read.':
    'Die BMP-Datei ist auf eine Art komprimiert, die Cutpoint nicht liest.',
  'The compressed DICOM file unpacks to more than 256 MB, or to more than its image needs.':
    'Die komprimierte DICOM-Datei wird entpackt größer als 256 MB oder als ihr Bild es braucht.',
  'The DICOM image uses {1} bits per sample, which Cutpoint does not read.':
    'Das DICOM-Bild hat {1} Bit je Wert; das liest Cutpoint nicht.',
  'The DICOM image has {1} samples per pixel, which Cutpoint does not read.':
    'Das DICOM-Bild hat {1} Werte je Bildpunkt; das liest Cutpoint nicht.',
  'The colours of the DICOM image are stored in a way Cutpoint does not read.':
    'Die Farben des DICOM-Bildes sind auf eine Art gespeichert, die Cutpoint nicht liest.',
  'This is {=1}, not an image.': 'Das ist {1}, kein Bild.',
  'This is {=1} without an image.': 'Das ist {1} ohne Bild.',
  'Leave it out, or choose the images of the same DICOM study.':
    'Lassen Sie es aus, oder wählen Sie die Bilder derselben Untersuchung.',
  'This is {=1}, which Cutpoint does not read.': 'Das ist {1}; das liest Cutpoint nicht.',
  'The DICOM image is compressed in a way Cutpoint does not read ({1}).':
    'Das DICOM-Bild ist auf eine Art komprimiert, die Cutpoint nicht liest ({1}).',
  'The TIFF has several grey channels one after the other, which Cutpoint does not read.':
    'Das TIFF hat mehrere Graukanäle hintereinander; das liest Cutpoint nicht.',
  'Of a TIFF with signed or half-precision samples, only the first page is read.':
    'Von einem TIFF mit vorzeichenbehafteten Werten oder halber Genauigkeit wird nur die erste Seite gelesen.',
  'The TIFF has 16-bit floating-point samples stored as differences, which Cutpoint does not read.':
    'Das TIFF speichert 16-Bit-Gleitkommawerte als Differenzen; das liest Cutpoint nicht.',
  'The name ends in {1}, but the content is {=2}, not an image that Cutpoint reads.':
    'Der Name endet auf {1}, aber der Inhalt ist {2}, kein Bild, das Cutpoint liest.',
  'The file is {=1}, not an image that Cutpoint reads.': 'Die Datei ist {1}, kein Bild, das Cutpoint liest.',
  'The name ends in {1}, but the content is not an image that Cutpoint knows.':
    'Der Name endet auf {1}, aber der Inhalt ist kein Bild, das Cutpoint kennt.',
  'The file is not an image that Cutpoint knows.': 'Die Datei ist kein Bild, das Cutpoint kennt.',
  'Use DICOM, PNG, JPEG, TIFF, BMP or WebP.': 'Verwenden Sie DICOM, PNG, JPEG, TIFF, BMP oder WebP.',
  '{=1}, which Cutpoint does not read.': '{1}; das liest Cutpoint nicht.',
  'This is an image in JPEG-LS': 'Das ist ein Bild in JPEG-LS',
  'The JPEG uses arithmetic coding': 'Das JPEG ist arithmetisch kodiert',
  'The JPEG is lossless': 'Das JPEG ist verlustfrei',
  'The JPEG is hierarchical': 'Das JPEG ist hierarchisch',
  'The JPEG has {#1} bits per sample': 'Das JPEG hat {1} Bit je Wert',
  'The PNG has the form that Apple’s tools make for apps':
    'Das PNG hat die Form, die Apples Werkzeuge für Apps schreiben',
  'The TIFF is compressed with {1}': 'Das TIFF ist mit {1} komprimiert',
  'The TIFF has complex numbers as samples': 'Das TIFF hat komplexe Zahlen als Werte',
  'The TIFF has {#1} bits per sample': 'Das TIFF hat {1} Bit je Wert',
  'The TIFF has colours in Lab': 'Das TIFF hat Farben in Lab',
  'old-style JPEG': 'JPEG alter Art',
  'the lossy JPEG of DNG': 'dem verlustbehafteten JPEG von DNG',

  // What is damaged about one
  'it declares an image without pixels': 'sie gibt ein Bild ohne Bildpunkte an',
  'it cannot be decoded': 'sie lässt sich nicht dekodieren',
  'its header cannot be read': 'ihr Kopf ist nicht lesbar',
  'its pixels cannot be decoded': 'ihre Bildpunkte lassen sich nicht dekodieren',
  'its header ends early': 'ihr Kopf endet zu früh',
  'it ends before its last row': 'sie endet vor ihrer letzten Zeile',
  'its colour table ends early': 'ihre Farbtabelle endet zu früh',
  'it uses colours that its table does not have': 'sie verwendet Farben, die ihre Tabelle nicht hat',
  'its run lengths do not fit its depth': 'ihre Lauflängen passen nicht zu ihrer Tiefe',
  'its run-length data end early': 'ihre Lauflängendaten enden zu früh',
  'its run-length data should have {#1} segments': 'ihre Lauflängendaten müssten {1} Segmente haben',
  'its compressed image and its header disagree about the size':
    'ihr komprimiertes Bild und ihr Kopf widersprechen sich in der Größe',
  'its compressed image decodes to an unexpected size': 'ihr komprimiertes Bild hat eine unerwartete Größe',
  'its JPEG data cannot be decoded': 'ihre JPEG-Daten lassen sich nicht dekodieren',
  'its {1} data cannot be decoded': 'ihre {1}-Daten lassen sich nicht dekodieren',
  'its JPEG markers are broken': 'ihre JPEG-Marken sind beschädigt',
  'its JPEG data have no image': 'ihre JPEG-Daten haben kein Bild',
  'its JPEG-LS data end early': 'ihre JPEG-LS-Daten enden zu früh',
  'its JPEG 2000 data have no image': 'ihre JPEG-2000-Daten haben kein Bild',
  'its colour palette is missing': 'ihre Farbpalette fehlt',
  'its pixel data are missing': 'ihre Pixeldaten fehlen',
  'its pixel data end early': 'ihre Pixeldaten enden zu früh',
  'its compressed pixel data are empty': 'ihre komprimierten Pixeldaten sind leer',
  'its compressed pixel data end early': 'ihre komprimierten Pixeldaten enden zu früh',
  'it should hold {#1} frames, but {#2} were found': 'sie müsste {1} Einzelbilder enthalten, gefunden wurden {2}',
  'its DICOM elements cannot be read to the end': 'ihre DICOM-Elemente sind nicht bis zum Ende lesbar',
  'it has more elements than an image can have': 'sie hat mehr Elemente, als ein Bild haben kann',
  'its copy in the archive cannot be unpacked': 'ihre Kopie im Archiv lässt sich nicht entpacken',
  'its compressed data cannot be unpacked': 'ihre komprimierten Daten lassen sich nicht entpacken',
  'its DICOM header cannot be read': 'ihr DICOM-Kopf ist nicht lesbar',
  'its header does not say how large the image is': 'ihr Kopf sagt nicht, wie groß das Bild ist',
  'its header says {1}, and {#2} samples per pixel': 'ihr Kopf sagt {1} und {2} Werte je Bildpunkt',
  'a segment of its lookup table cannot be read': 'ein Segment ihrer Umsetzungstabelle ist nicht lesbar',

  // What else a file is
  'a DICOM directory (DICOMDIR)': 'ein DICOM-Verzeichnis (DICOMDIR)',
  'a radiotherapy dose grid': 'eine Dosisverteilung der Strahlentherapie',
  'a radiotherapy structure set': 'ein Struktursatz der Strahlentherapie',
  'a radiotherapy plan': 'ein Bestrahlungsplan',
  'a radiotherapy treatment record': 'ein Bestrahlungsprotokoll',
  'a structured report': 'ein strukturierter Befund',
  'a waveform (such as an ECG)': 'eine Kurve (etwa ein EKG)',
  'a presentation state': 'ein Darstellungszustand (Presentation State)',
  'an encapsulated document (such as a PDF)': 'ein eingebettetes Dokument (etwa ein PDF)',
  'a segmentation': 'eine Segmentierung',
  'a registration or raw data object': 'eine Registrierung oder Rohdaten',
  'a table of real-world values': 'eine Tabelle realer Werte',
  'a surface scan': 'eine Oberflächenaufnahme',
  'a parametric map': 'eine parametrische Karte',
  'a table of ophthalmic measurements': 'eine Tabelle augenärztlicher Messungen',
  'a content assessment': 'eine Bewertung des Inhalts',
  'a protocol or inventory': 'ein Protokoll oder Verzeichnis',
  'a hanging protocol': 'ein Hängeprotokoll',
  'a colour palette': 'eine Farbpalette',
  'an implant template': 'eine Implantatvorlage',
  'a plan': 'ein Plan',
  'a report': 'ein Befund',
  'a document': 'ein Dokument',
  'a selection of key objects': 'eine Auswahl von Schlüsselobjekten',
  'a registration': 'eine Registrierung',
  'a list of fiducials': 'eine Liste von Bezugspunkten',
  'a sound': 'eine Tonaufnahme',
  'a stereometric relationship': 'eine stereometrische Beziehung',
  'a texture map': 'eine Textur',
  'a model for printing': 'ein Modell zum Drucken',
  'a DICOM file': 'eine DICOM-Datei',
  'a DICOM file of modality {1}': 'eine DICOM-Datei der Modalität {1}',
  'a video (MPEG-2)': 'ein Video (MPEG-2)',
  'a video (MPEG-4)': 'ein Video (MPEG-4)',
  'a video (HEVC)': 'ein Video (HEVC)',
  'a video (SMPTE ST 2110)': 'ein Video (SMPTE ST 2110)',
  'a video (RFC 2557)': 'ein Video (RFC 2557)',
  'a reference to an image on a server (JPIP)': 'ein Verweis auf ein Bild auf einem Server (JPIP)',
  'an image in JPEG 2000 part 2': 'ein Bild in JPEG 2000, Teil 2',
  'an image in JPEG XL': 'ein Bild in JPEG XL',
  'an image in deflated frames': 'ein Bild in komprimierten Einzelbildern',
  'a GIF': 'ein GIF',
  'a PDF document': 'ein PDF-Dokument',
  'a ZIP archive or office document': 'ein ZIP-Archiv oder Office-Dokument',
  'a compressed file (gzip, perhaps NIfTI)': 'eine komprimierte Datei (gzip, vielleicht NIfTI)',
  'an AVIF image': 'ein AVIF-Bild',
  'a HEIC image': 'ein HEIC-Bild',
  'a video, or an image of a related format': 'ein Video, oder ein Bild eines verwandten Formats',
  'a bare JPEG 2000 image': 'ein bloßes JPEG-2000-Bild',
  'a volume (NIfTI)': 'ein Volumen (NIfTI)',
  'a volume (NRRD)': 'ein Volumen (NRRD)',
  'a volume (MetaImage)': 'ein Volumen (MetaImage)',
  'an array (NumPy)': 'eine Matrix (NumPy)',
  'a file of arrays (HDF5 or MATLAB)': 'eine Datei mit Matrizen (HDF5 oder MATLAB)',
  'a Photoshop document': 'ein Photoshop-Dokument',
  'a JPEG XL image': 'ein JPEG-XL-Bild',
  'a PNM image': 'ein PNM-Bild',
  text: 'Text',
} satisfies Phrases;
