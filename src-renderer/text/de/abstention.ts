import type { Translation } from '../index.ts';
import type en from '../en/abstention.ts';

export default {
  title: 'Was an Menschen abgegeben würde',
  lead: 'Jedes Bild bekommt die Menge der Klassen, die es haben kann. Eine Klasse: Das Netz entscheidet. Mehrere oder keine: Ein Mensch entscheidet.',
  alpha: 'Eine Klasse darf fehlen bei',
  alphaHint: 'Anteil je Klasse ({groups}), von 0,005 bis 0,4.',
  refused: 'Mengen werden nicht gezeigt',
  promise:
    'Bei mindestens {share} jeder Klasse ({groups}) haben alle Bilder der wahren Klasse diese in ihrer Menge, wenn sie so zustande kommen wie die Validierungsbilder.',
  images: 'An Menschen abgegebene Bilder',
  groups: 'Mit einem solchen Bild: {groups}',
  one: 'Entschieden',
  several: 'Mehrere Klassen',
  none: 'Keine Klasse',
  of: '{count} von {of}',
  interval: '{low} bis {high}',
  classes: 'Jede Klasse',
  columns: {
    class: 'Klasse',
    calibration: 'Kalibriert an',
    from: 'In der Menge ab',
    coverage: 'Klasse in allen ihren Mengen',
    images: 'Klasse in der Menge, Bilder',
    decided: 'Richtig entschieden',
  },
  here: 'Die Mengen sind an eben diesen Bildern kalibriert und halten das Versprechen hier von selbst. Wie sie anderswo abschneiden, zeigen die Testdaten oder ein anderer Ordner.',
  basis:
    'Klassenweise konforme Vorhersage mit geteilten Daten (Vovk 2012). Die Einheiten ({groups}): Von jeder zählt das Bild, das am wenigsten zu seiner Klasse passt, damit mehrere Bilder nicht mehrfach zählen. Die Epoche wurde an denselben Validierungsbildern gewählt; darum gilt das Versprechen ungefähr, nicht genau. {percent}-Intervalle nach Wilson.',
} satisfies Translation<typeof en>;
