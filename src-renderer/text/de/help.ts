import type en from '../en/help.ts';
import type { Translation } from '../index.ts';

export default {
  title: 'Hilfe',
  tabs: { tour: 'Fünf Minuten', glossary: 'Begriffe', keys: 'Tastatur' },
  tour: {
    lead: 'Von einem Ordner mit Bildern zu einem kleinen Netz, mit den Beispieldaten.',
    data: 'Beginnen Sie unter Start eine Studie. Cutpoint liest jede Datei und zeigt die Bilder, die Klassen und die Patienten, und jede unbrauchbare Datei mit dem Grund. Was gefunden wird, ist eine Liste von Aufgaben.',
    network:
      'Wählen Sie ein vortrainiertes Netz und verschieben Sie den Schnitt. Dahinter fällt alles weg: Parameter und Zeit folgen der Bewegung. „Schneller Blick“ misst an jedem Schnitt, wie nützlich seine Merkmale für Ihre Bilder sind.',
    train:
      'Wählen Sie eine Voreinstellung und starten Sie. Zeit und Speicher werden vorher geschätzt. Ein Lauf kann angehalten, beendet und fortgesetzt werden, auch nach einem Absturz des Rechners.',
    compare:
      'Ist das gekürzte Netz so gut wie das ganze? Ein Turnier trainiert beide an denselben Patienten und antwortet in einem Satz.',
    results:
      'Sehen Sie zuerst die Zahlen der Validierung an. Die Testdaten sind versiegelt, bis Sie sie öffnen: Je seltener man hinsieht, desto mehr sind ihre Zahlen wert.',
    explain: 'Sehen Sie, wohin das Netz schaut, und ob die Karte etwas sagt: Zu jeder gehört eine Prüfung.',
    export:
      'Schreiben Sie das kleine Netz in eine Datei. Sie wird an zurückgehaltenen Bildern ausgeführt und verworfen, wenn sie anderes berechnet.',
  },
  glossary: 'Begriffe durchsuchen',
  none: 'Kein Begriff heißt so.',
  keys: 'Jeder Raum hat eine Taste, und jeder Befehl steht in der Befehlsliste. Das Fragezeichen zeigt diese Tasten in jedem Raum; die der Räume gibt es, solange eine Studie geöffnet ist.',
  viewer: 'Im Bildbetrachter',
  documentation: 'Die Dokumentation liegt im Ordner docs der Installation.',
} satisfies Translation<typeof en>;
