import type { Phrases } from '../../phrasebook.ts';

/** What is said of calibration. */
export default {
  "No image is of the class '{1}'.": 'Kein Bild ist von der Klasse „{1}“.',
  "All images are of the class '{1}'.": 'Alle Bilder sind von der Klasse „{1}“.',
  "Fewer than {#1} images are of the class '{2}', or of the rest.":
    'Weniger als {1} Bilder sind von der Klasse „{2}“ oder vom Rest.',
  'All images have the same probability.': 'Alle Bilder haben dieselbe Wahrscheinlichkeit.',
  'A threshold tells the two apart without a mistake: the steeper a slope, the better it fits.':
    'Eine Schwelle trennt die beiden ohne Fehler: Je steiler eine Steigung, desto besser passt sie.',
  'No slope could be fitted.': 'Keine Steigung ließ sich anpassen.',
  'No intercept could be fitted.': 'Kein Achsenabschnitt ließ sich anpassen.',
  "A smooth curve asks for {#1} images of the class '{2}' and as many of the rest.":
    'Eine glatte Kurve verlangt {1} Bilder der Klasse „{2}“ und ebenso viele vom Rest.',
  'Too many images have the same probability for a smooth curve.':
    'Für eine glatte Kurve haben zu viele Bilder dieselbe Wahrscheinlichkeit.',
  'The two are told apart too well for a smooth curve: the steeper, the better it fits.':
    'Für eine glatte Kurve sind die beiden zu gut getrennt: Je steiler, desto besser passt sie.',
  'Fewer than 20 images are too few for bins.': 'Weniger als 20 Bilder sind zu wenige für Gruppen.',
  'Fewer than {=1}: no interval can be told.': 'Weniger als {1}: Ein Intervall lässt sich nicht angeben.',
  'Too many resamples give no number: how far it may lie cannot be told.':
    'Zu viele Ziehungen geben keine Zahl: Wie weit sie liegen kann, lässt sich nicht sagen.',
  'All resamples give the same number, which is not certainty.':
    'Alle Ziehungen geben dieselbe Zahl, was keine Gewissheit ist.',
  'The network ends in one SVM for each class, which were calibrated one by one: their outputs are divided by their sum, and what scales them cannot be put into its last layer.':
    'Das Netz endet in einer SVM für jede Klasse, die einzeln kalibriert wurden: Ihre Ausgaben werden durch ihre Summe geteilt, und was sie skaliert, passt nicht in seine letzte Schicht.',
  'Platt scaling is for two classes, and there are {#1}.':
    'Die Platt-Skalierung ist für zwei Klassen, und es gibt {1}.',
  'It is fitted on validation images, of which it asks for {#1}: there are {#2}.':
    'Angepasst wird an Validierungsbildern, von denen {1} nötig sind: Es gibt {2}.',
  'Every validation image is predicted right: the smaller a temperature, the better it fits, so that none can be told.':
    'Jedes Validierungsbild ist richtig vorhergesagt: Je kleiner eine Temperatur, desto besser passt sie, sodass sich keine angeben lässt.',
  'On the validation images, the classes that are true have no higher probabilities than the others: no temperature makes them better.':
    'An den Validierungsbildern haben die wahren Klassen keine höheren Wahrscheinlichkeiten als die anderen: Keine Temperatur macht sie besser.',
  'It asks for {#1} validation images of each class.': 'Nötig sind {1} Validierungsbilder jeder Klasse.',
  'All validation images have the same probability.': 'Alle Validierungsbilder haben dieselbe Wahrscheinlichkeit.',
  'On the validation images, higher probabilities are right less often: the line that fits would turn the order round.':
    'An den Validierungsbildern treffen höhere Wahrscheinlichkeiten seltener zu: Die Gerade, die passt, kehrte die Reihenfolge um.',
  'The run {1} cannot be calibrated in this way. {2}': 'Der Lauf {1} lässt sich so nicht kalibrieren. {2}',
  'Choose another method, or none, under Results in the tab Calibration or with `cutpoint calibration`.':
    'Wählen Sie unter Ergebnisse im Reiter Kalibrierung ein anderes Verfahren oder keines.',
  'Which method is to be kept is not said.': 'Welches Verfahren behalten werden soll, ist nicht gesagt.',
  'Name it: --method temperature, --method platt or --method none.':
    'Nennen Sie es: --method temperature, --method platt oder --method none.',
  'What is kept with the run changes its probabilities in another way than when this file was exported: here the application answers as the file was made.':
    'Was mit dem Lauf behalten wird, verändert seine Wahrscheinlichkeiten anders als beim Export dieser Datei: Hier antwortet die Anwendung, wie die Datei gemacht wurde.',
  'The run {1} was given a calibration, or lost it.': 'Der Lauf {1} bekam eine Kalibrierung oder verlor sie.',
} satisfies Phrases;
