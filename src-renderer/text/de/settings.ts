import type en from '../en/settings.ts';
import type { Translation } from '../index.ts';

export default {
  title: 'Einstellungen',
  sections: { look: 'Darstellung', engine: 'Rechenkern', storage: 'Platte und Sicherung', privacy: 'Datenschutz' },
  language: 'Sprache',
  languageHint: 'Wörter des Fensters, und wie Zahlen und Zeiten geschrieben werden.',
  system: 'Wie das System',
  theme: 'Farben',
  light: 'Hell',
  dark: 'Dunkel',
  notifications: 'Benachrichtigungen',
  notificationsHint: 'Wenn ein Lauf endet, während dieses Fenster nicht vorne ist.',
  notificationsAllow: 'Benachrichtigungen erlauben',
  notificationsOn: 'Sie sind erlaubt.',
  another: {
    title: 'Ein anderer Browser',
    hint: 'Ein Link für einen weiteren Browser auf diesem Rechner. Er gilt einmal.',
    make: 'Link erzeugen',
    copied:
      'Der Link wurde kopiert: Öffnen Sie ihn im anderen Browser. Er gilt einmal; frühere unbenutzte gelten nicht mehr.',
  },
  engines: {
    title: 'Was hier rechnen kann',
    engine: 'Rechenkern',
    device: 'Rechnet auf',
    version: 'Version',
    state: 'Zustand',
    chosen: 'benutzt',
    ready: 'bereit',
    missing: 'nicht vorhanden',
  },
  limits: {
    title: 'Was Cutpoint nehmen darf',
    lead: 'Lassen Sie anderen Programmen etwas übrig. Eine Änderung gilt sofort, oder sobald zu Ende ist, was gerade rechnet.',
    threads: 'Prozessor-Threads',
    threadsHint:
      'So viele rechnen, und höchstens so viele lesen Bilder. Mit weniger dauert es länger; die letzten Stellen der Zahlen eines Laufs können andere sein.',
    all: 'Wie der Rechner hat ({n})',
    memory: 'Arbeitsspeicher',
    unit: 'GB',
    memoryHint:
      'Was nach der Schätzung mehr braucht, wird abgelehnt, mit der Stapelgröße, die passt. {range} Leer: keine Grenze.',
    range: '{low} bis {high} GB.',
    available: 'was frei ist',
    applying: 'Der rechnende Prozess beginnt neu …',
    waiting: 'Gilt, wenn zu Ende ist, was gerade rechnet.',
    inForce: 'In Kraft: {n} Thread; | In Kraft: {n} Threads;',
    anyMemory: 'aller freie Arbeitsspeicher.',
    memoryInForce: '{size} Arbeitsspeicher.',
  },
  cores: '{n} Prozessorkern | {n} Prozessorkerne',
  memory: '{size} Arbeitsspeicher',
  precision: 'Alles Training rechnet mit 32-Bit-Zahlen.',
  privacy: {
    title: 'Was gespeichert wird, und wo',
    network: 'Es wird kein Netzwerk benutzt, außer wenn Sie Gewichte herunterladen lassen.',
    patients:
      'Kennungen von Patienten werden nur als gesalzene Hashes gespeichert; das Salz verlässt den Arbeitsbereich nie.',
    files: 'Dateinamen stehen neben Vorhersagen: Behandeln Sie den Arbeitsbereich wie die Bilder.',
    exports:
      'Exporte enthalten Klassennamen, Einstellungen und einen Fingerabdruck der Daten; keine Dateinamen, keine Kennungen.',
    private: 'Nur Ihr Benutzerkonto kann den Arbeitsbereich lesen.',
  },
  show: 'Ordner zeigen',
} satisfies Translation<typeof en>;
