import type en from '../en/jobs.ts';
import type { Translation } from '../index.ts';

export default {
  title: 'Aufträge',
  lead: 'Sichtungen, Sonden, Karten, Auswertungen, Exporte und Downloads laufen weiter, wenn dieses Fenster geschlossen wird. Was sie ergaben, bleibt, außer Antworten mit Bildern von Patienten: Die gleiche Frage zu unveränderten Daten wird damit beantwortet, und es steht dabei, von wann die Antwort ist.',
  none: 'Noch keine.',
  took: 'dauerte {time}',
  notKept: 'die Antwort wird nicht aufbewahrt',
  showAll: 'Alle {n} zeigen',
  showFewer: 'Weniger zeigen',
  cancel: 'Abbrechen: {title}',
  job: 'den Auftrag „{title}“',
  status: {
    queued: 'Wartet',
    running: 'Läuft',
    completed: 'Fertig',
    failed: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
    interrupted: 'Unterbrochen',
  },
} satisfies Translation<typeof en>;
