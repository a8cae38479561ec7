/** Wörter des Berichts für Gutachter. */
export default {
  title: 'Bericht',
  lead: 'Eine Seite für Gutachter: Weg der Bilder, Methoden, Ergebnisse mit Intervallen, Fehler, Karten und die Checklisten CLAIM 2024, TRIPOD+AI und METRICS, ausgefüllt, so weit diese App es weiß. Daneben liegen die Zahlen als JSON und eine Modellkarte.',
  destination: 'Datei des Berichts',
  file: 'Pfad der HTML-Datei, die geschrieben wird.',
  images: {
    label: 'Bilder von Patienten zeigen',
    about: 'Einige Fehler und Karten, ohne Namen. Der Bericht ist dann so zu hüten wie die Bilder.',
  },
  pdf: {
    label: 'Auch als PDF drucken',
    about: 'Mit einem Chromium dieses Rechners. Jeder Browser kann den Bericht ebenso als PDF drucken.',
  },
  sealed:
    'Der Testsatz ist versiegelt: Der Bericht wird die Zahlen der Validierungsbilder haben. Öffnen Sie zuerst den Testsatz, wenn dessen Zahlen hinein sollen.',
  act: 'Bericht schreiben',
  writing: 'Der Bericht wird geschrieben',
  done: 'Bericht nach {path} geschrieben.',
  written: 'Geschrieben: {path}',
  tested: 'Er hat die Zahlen der Testbilder.',
  validated: 'Er hat die Zahlen der Validierungsbilder.',
  filled: '{name}: {here} von {of} Punkten ausgefüllt, {author} für die Autoren',
  show: 'Im Ordner zeigen',
  copy: 'Adresse kopieren',
  copied: 'Die Adresse ist in der Zwischenablage: Fügen Sie sie in die Adresszeile eines Browsers ein.',
  exists: {
    title: 'Den früheren Bericht ersetzen?',
    text: '{path} ist ein früherer Bericht über dasselbe. Wird er ersetzt, dann auch sein JSON, seine Karte und sein PDF.',
    act: 'Ersetzen',
  },
};
