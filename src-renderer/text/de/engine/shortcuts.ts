import type { Phrases } from '../../phrasebook.ts';

/** What is said of what predicts the class without the image. */
export default {
  'the scanner': 'das Aufnahmegerät',
  'the station': 'die Station',
  'the date of the examination': 'das Datum der Untersuchung',
  'the size in pixels': 'die Größe in Bildpunkten',
  'the border pixels': 'die Bildpunkte am Rand',
  'the file type and depth': 'Dateityp und Bittiefe',
  'the file size per pixel': 'die Dateigröße je Bildpunkt',
  'the number in the file name': 'die Zahl im Dateinamen',
  '{=1} with an AUROC of {#2} ({#3} to {#4})': '{1} mit einer AUROC von {2} ({3} bis {4})',
  'Without a look at the whole image, the class is predicted by {=1}, cross-validated by {=2}; the intervals hold together for all that was tried. Unless what is sought shows there itself, a network can learn that in its place: crop borders, take sites and scanners apart, or test on a site of its own.':
    'Ohne einen Blick auf das ganze Bild sagt schon dies die Klasse voraus: {1}; kreuzvalidiert nach {2}, und die Intervalle gelten gemeinsam für alles, was versucht wurde. Wenn sich das Gesuchte nicht selbst dort zeigt, kann ein Netz dies an seiner Stelle lernen: Schneiden Sie Ränder ab, betrachten Sie Standorte und Geräte getrennt, oder testen Sie an einem eigenen Standort.',
} satisfies Phrases;
