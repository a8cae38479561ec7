import type en from '../en/common.ts';
import type { Translation } from '../index.ts';

export default {
  cancel: 'Abbrechen',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  save: 'Speichern',
  undo: 'Rückgängig',
  remove: 'Entfernen',
  removeAsk: 'Entfernen …',
  choose: 'Auswählen …',
  again: 'Noch einmal',
  open: 'Öffnen',
  copied: 'Kopiert.',
  copyTable: 'Tabelle kopieren',
  more: 'Mehr',
  none: 'Keine',
  unknown: 'nicht bekannt',
  details: 'Einzelheiten',
  of: '{done} von {total}',
  chart: {
    save: 'Diagramm speichern',
    png: 'PNG-Bild',
    svg: 'SVG-Zeichnung',
    csv: 'CSV-Tabelle',
    failed:
      'Das Diagramm konnte nicht geladen werden. Prüfen Sie, ob Cutpoint noch läuft, und laden Sie die Seite neu.',
  },
  sort: {
    by: 'Nach {column} sortieren',
  },
  data: 'Was ist mit meinen Daten geschehen?',
  keptFrom: '{what} am {at}; nichts, woraus es entstand, hat sich seitdem geändert.',
  problems: { title: 'Ausgelassene Dateien', file: 'Datei', reason: 'Grund', more: 'Mehr zeigen (noch {n})' },
  findings: { grave: 'Ernst', note: 'Hinweis' },
  groups: {
    patient: '{n} Patient | {n} Patienten',
    study: '{n} Bildstudie | {n} Bildstudien',
    series: '{n} Serie | {n} Serien',
    group: '{n} Gruppe | {n} Gruppen',
    image: '{n} Bild | {n} Bilder',
  },
  status: {
    queued: 'Wartet',
    running: 'Trainiert',
    paused: 'Angehalten',
    interrupted: 'Unterbrochen',
    stopped: 'Beendet',
    completed: 'Abgeschlossen',
    failed: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
  },
} satisfies Translation<typeof en>;
