import type en from '../en/decisions.ts';
import type { Translation } from '../index.ts';

export default {
  title: 'Entscheidungen ({n})',
  hint: 'Was über einzelne Bilder entschieden wurde, der Reihe nach. Es ist Teil des Fingerabdrucks jedes Laufs und steht ohne Dateinamen in Modellkarte und Bericht.',
  merge: {
    patient: 'Patienten zusammenlegen',
    study: 'Untersuchungen zusammenlegen',
    series: 'Serien zusammenlegen',
    group: 'Gruppen zusammenlegen',
    image: 'Als von einem Patienten zählen',
  },
  relabel: 'Andere Klasse…',
  keep: 'Behalten',
  relabelTitle: 'Einem Bild eine andere Klasse geben',
  relabelLead: 'Die Datei und ihr Ordner oder ihre Tabelle bleiben, wie sie sind.',
  image: 'Bild mit anderer Klasse',
  class: 'Neue Klasse',
  relabelNow: 'Klasse ändern',
  done: {
    merge: '{n} Satz Bilder zählt als von je einem. | {n} Sätze Bilder zählen als von je einem.',
    relabel: '{name} ist jetzt „{label}“.',
    keep: 'Der Befund ist erledigt.',
  },
  what: {
    exclude: 'Ausgelassen: {names}',
    merge: 'Als eins gezählt: die von {names}',
    relabel: '{names}: „{label}“',
    relabelFrom: '{names}: „{from}“ → „{label}“',
    keep: 'Behalten, wie es ist',
  },
  names: '{names} und {n} weitere',
  why: 'Antwort auf {code}',
  reason: 'Grund der Entscheidung {n}',
  reasonHint: 'Grund; nennen Sie keinen Patienten',
  undo: 'Entscheidung {n} zurücknehmen',
  save: 'Als Datei sichern',
  settled: 'Erledigt ({n})',
  reasonGiven: 'Grund: {reason}',
} satisfies Translation<typeof en>;
