import type en from '../en/tables.ts';
import type { Translation } from '../index.ts';

export default {
  take: 'Die Klassen aus {name} nehmen',
  takeLayout: '{name} als Tabelle von {layout} nehmen',
  takeOneHot: 'Die Klassen aus den Spalten {columns} von {name} nehmen',
  byEnd:
    '{what}, dabei {n} Zeile nach dem Ende ihres Pfads zuordnen | {what}, dabei {n} Zeilen nach den Enden ihrer Pfade zuordnen',
  reading: 'Wie die Tabelle gelesen wird',
  match: 'Nach den Enden der Pfade zuordnen',
  matchHint:
    'Für eine Tabelle von einem anderen Rechner: Genommen wird die Datei, deren Pfad das längste Ende gemeinsam hat. Haben es mehrere, so keine.',
  oneHot: 'Spalten aus 0 und 1',
  oneHotHint: 'Anstelle der Spalte der Klasse, durch Kommas getrennt: Die Klasse ist die Spalte, die eine 1 hat.',
  missing: 'Fehlende Werte',
  missingHint:
    'Angaben, die für keine Klasse stehen, durch Kommas getrennt; "", wenn nur eine leere Zelle dafür steht. Leer: NA, nan, null, - und ?, und None unter Zahlen.',
  several: 'Bilder mit mehreren Klassen in einer Zelle auslassen',
  act: {
    matchEnds: 'Nach den Enden der Pfade zuordnen',
    leaveOutSeveral: 'Bilder mit mehreren Klassen auslassen',
  },
  takenColumns: 'Die Klassen kommen aus der Tabelle {name} in diesem Ordner, Spalten {columns}.',
} satisfies Translation<typeof en>;
