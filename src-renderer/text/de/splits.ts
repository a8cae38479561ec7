/** Wie Bilder auf Training, Validierung und Test verteilt werden. */
export default {
  title: 'Womit getestet wird',
  way: 'Die Testbilder sind',
  ways: {
    drawn: 'ein Anteil der Patienten, zufällig gezogen',
    given: 'vorgegeben: Ordner oder eine Spalte nennen den Teil jedes Bildes',
    column: 'die mit bestimmten Werten einer Spalte, etwa Standorten',
    date: 'alle ab einem Tag',
  },
  choose: 'Wählen …',
  noTable: 'Spalten und Daten lassen sich wählen, wo die Labels aus einer Tabelle kommen, und bei DICOM-Dateien.',
  partColumn: 'Spalte mit dem Teil',
  partHint: 'train, validation oder test für jedes Bild',
  column: 'Spalte',
  tag: 'DICOM: {name}',
  otherTag: 'Ein anderes DICOM-Attribut',
  tagName: 'DICOM-Attribut',
  tagHint: 'Name oder Nummer, etwa DetectorID oder (0018,700A)',
  testValues: 'Werte für den Test',
  valuesHint: 'durch Kommas getrennt',
  validationValues: 'Werte für die Validierung',
  validationHint: 'leer gelassen, wird ein Anteil der übrigen Patienten gezogen',
  from: 'Test ab',
  fromHint: 'etwa 2019-05-31 oder 31.05.2019',
  strata: 'Nach Spalten stratifizieren',
  strataHint:
    'neben der Klasse, wo Teile gezogen werden; Namen durch Kommas getrennt, DICOM-Attribute als tag:StationName',
  open: 'Noch nicht vollständig: Bis dahin werden die Teile zufällig gezogen.',
  lead: {
    given:
      'Die Teile sind mit den Daten vorgegeben. Wo keiner zur Validierung vorgegeben ist, werden {validation} der Patienten gezogen, die nicht getestet werden.',
    column: 'Getestet wird mit Bildern, deren Spalte „{column}“ {values} ist.',
    date: 'Getestet wird mit allen Bildern ab {from}, nach der Spalte „{column}“.',
  },
};
