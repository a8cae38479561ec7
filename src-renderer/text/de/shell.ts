import type en from '../en/shell.ts';
import type { Translation } from '../index.ts';

export default {
  skip: 'Zum Inhalt springen',
  rooms: {
    home: 'Start',
    data: 'Daten',
    network: 'Netz',
    train: 'Training',
    compare: 'Vergleich',
    results: 'Ergebnisse',
    explain: 'Erklärung',
    export: 'Export',
    sources: 'Quellen',
    settings: 'Einstellungen',
    activity: 'Verlauf',
    help: 'Hilfe',
  },
  rail: {
    rooms: 'Räume der Studie',
    noStudy: 'Keine Studie geöffnet',
    places: 'Anderswo',
    local: 'Nichts verlässt diesen Rechner.',
    sealed: 'Testdaten versiegelt',
    opened: 'Testdaten einmal eingesehen | Testdaten {n}-mal eingesehen',
  },
  engine: {
    lost: 'Nicht verbunden',
    starting: 'Rechenkern startet …',
    restarting: 'Rechenkern startet neu …',
    failed: 'Rechenkern ist nicht gestartet',
    ready: 'Rechenkern bereit',
    thisMachine: 'dieser Rechner',
  },
  bar: {
    search: 'Suchen oder Befehl ausführen',
    running: 'Was gerade läuft',
    idle: 'Es läuft nichts',
    jobs: '{n} Auftrag | {n} Aufträge',
    left: 'noch {time}',
  },
  title: {
    running: '{percent} · {what}',
  },
  room: {
    back: 'Zurück zu {room}',
    notLoaded: 'Dieser Raum konnte nicht geladen werden.',
    notLoadedRemedy:
      'Prüfen Sie, ob Cutpoint dort noch läuft, wo Sie es gestartet haben, und laden Sie die Seite neu. Fertige Epochen bleiben erhalten.',
    reload: 'Seite neu laden',
    lost: 'Unter dieser Adresse gibt es nichts',
    lostWhy:
      'Die Studie, der Lauf oder das Bild wurde vielleicht entfernt oder gehört zu einem anderen Arbeitsbereich.',
    toHome: 'Zu den Studien',
  },
  palette: {
    title: 'Befehle',
    placeholder: 'Befehl, Raum, Studie oder Lauf eingeben',
    nothing: 'Nichts hier heißt so.',
    go: 'Gehe zu {what}',
    study: 'Studie: {name}',
    run: 'Lauf: {name}',
    theme: 'Zwischen hell und dunkel wechseln',
    language: 'Show in English',
    shortcuts: 'Tastenkürzel zeigen',
    jobs: 'Aufträge zeigen',
    storage: 'Speicherplatz und Sicherung zeigen',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    close: 'Schließen, was oben liegt',
    then: 'dann',
  },
  announce: {
    runEnded: 'Der Lauf ist zu Ende: {status}.',
    comparisonEnded: 'Der Vergleich ist zu Ende: {status}.',
    jobEnded: '{what}: fertig.',
    jobFailed: '{what}: fehlgeschlagen. {why}',
  },
} satisfies Translation<typeof en>;
