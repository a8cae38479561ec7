/** Vor dem Training: was die Testmenge zeigen kann, und wie viele Patienten mehr zeigen würden. */
export default {
  title: 'Was diese Testmenge zeigen kann',
  counted: 'Von {images} Bildern von {groups} {many} im Testteil: {what}.',
  countedImages: 'Von {images} Bildern im Testteil: {what}.',
  cases: '{n} von {class} ({share}) | {n} von {class} ({share})',
  rarest:
    '{n} von {class}, der seltensten Klasse ({share}), gegen die übrigen | {n} von {class}, der seltensten Klasse ({share}), gegen die übrigen',
  noData: 'Sobald Bilder gewählt sind, steht hier, wie sicher jede Zahl ihres Testteils sein wird.',
  noTest: 'Im Testteil sind keine zwei Klassen zu unterscheiden: Keine Zahl kann an ihm gemessen werden.',
  elsewhere: 'Die Testbilder kommen aus einem eigenen Ordner: Tragen Sie unten ein, wie viele es sind.',
  own: 'Die Zahlen gelten für das, was unten eingetragen ist.',
  setBack: 'Zurück zu dem, was gezählt wurde',
  span: '{low} bis {high}, wenn sie {value} ist',
  few: 'Weniger als zehn unabhängige Bilder mit oder ohne die Klasse sind zu erwarten: Formeln, die für viele gelten, sind dann nur ein grober Anhalt.',
  reasons: {
    'no-case': 'weniger als ein Bild mit oder ohne die Klasse ist zu erwarten',
    'too-many': 'mehr als eine Milliarde wären nötig',
  },
  figures: {
    auroc: 'AUROC',
    sensitivity: 'Sensitivität',
    specificity: 'Spezifität',
    'calibration-slope': 'Kalibrierungssteigung',
    'observed-expected': 'Beobachtet / erwartet',
    'net-benefit': 'Nettonutzen, standardisiert',
  },
  how: 'Wie viele {many} brauche ich?',
  howLead:
    'Niemand weiß vorher, was ein Netz erreicht: Schätzen Sie es, eher zu niedrig als zu hoch. Die Anzahlen sind die des Testteils, bis Sie sie ändern.',
  fields: {
    auroc: {
      label: 'AUROC, geschätzt',
      means: 'Über 0,5 und unter 1.',
      needs: 'Geben Sie eine Zahl über 0,5 und unter 1 ein.',
    },
    sensitivity: {
      label: 'Sensitivität, geschätzt',
      means: 'Über 0 und unter 1.',
      needs: 'Geben Sie eine Zahl über 0 und unter 1 ein.',
    },
    specificity: {
      label: 'Spezifität, geschätzt',
      means: 'Über 0 und unter 1.',
      needs: 'Geben Sie eine Zahl über 0 und unter 1 ein.',
    },
    width: {
      label: 'Gewünscht: ±',
      means: 'Die Hälfte des 95-%-Intervalls.',
      needs: 'Geben Sie eine Zahl über 0 und unter 0,5 ein.',
    },
    patients: {
      label: 'Zu testen: {many}',
      means: 'Wie die Aufteilung sie hat, oder wie Sie sagen.',
      needs: 'Geben Sie eine ganze Zahl ein, mindestens 1.',
    },
    imagesPerPatient: {
      label: 'Bilder von jedem',
      means: 'Im Durchschnitt.',
      needs: 'Geben Sie eine Zahl ein, mindestens 1.',
    },
    icc: {
      label: 'Intraklassenkorrelation',
      means: 'Wie ähnlich die Bilder von einem sind: Bei 1 sagen alle nicht mehr als ein Bild.',
      needs: 'Geben Sie eine Zahl von 0 bis 1 ein.',
    },
    prevalence: {
      label: 'Anteil der Klasse',
      means: 'An den Bildern, die getestet werden.',
      needs: 'Geben Sie eine Zahl über 0 und unter 1 ein.',
    },
    threshold: {
      label: 'Schwelle',
      means: 'Wahrscheinlichkeit, von der an jemand behandelt wird, für den Nettonutzen; zuerst der Anteil der Klasse.',
      needs: 'Geben Sie eine Zahl über 0 und unter 1 ein.',
    },
  },
  columns: {
    figure: 'Zahl',
    value: 'Geschätzt',
    half: 'Mit {n} {many}',
    needed: 'Nötig für ± {width}: {many}',
    source: 'Formel',
  },
  worth:
    'Zusammen so viel wert wie {n} unabhängige Bilder, davon {cases} der Klasse: Die Bilder von einem gelten als ähnlich mit einer Intraklassenkorrelation von {icc} (Design-Effekt {effect}; {source}).',
  table: 'Was jede Zahl zeigen wird, nach Formel',
  notes:
    'Steigung und beobachtet / erwartet sind die eines kalibrierten Modells; bei der Steigung ist ± 0,2 und mehr üblich. Der Nettonutzen ist der an der Schwelle, als Anteil des höchsten möglichen.',
};
