import type { Phrases } from '../../phrasebook.ts';

/** What is said of thresholds, decision curves and of what is left to a person. */
export default {
  'There is no validation image of ‘{1}’, so no threshold can be chosen.':
    'Unter den Validierungsbildern ist keines von „{1}“; darum lässt sich kein Schwellenwert wählen.',
  'All validation images are of ‘{1}’, so no threshold can be chosen.':
    'Alle Validierungsbilder sind von „{1}“; darum lässt sich kein Schwellenwert wählen.',
  'All validation images have the same probability of ‘{1}’: no threshold tells them apart.':
    'Alle Validierungsbilder haben dieselbe Wahrscheinlichkeit von „{1}“: Kein Schwellenwert trennt sie.',
  'No threshold does better than chance on the validation images.':
    'Kein Schwellenwert ist an den Validierungsbildern besser als der Zufall.',
  'The highest probabilities are of other images than those of ‘{1}’: a specificity of {#2} is reached only by calling no image so.':
    'Die höchsten Wahrscheinlichkeiten haben andere Bilder als die von „{1}“: Eine Spezifität von {2} wird nur erreicht, wenn kein Bild so genannt wird.',
  'Where a missed ‘{1}’ costs {#2} times a false alarm, it costs least to call no validation image so.':
    'Wo ein übersehenes „{1}“ {2}-mal so viel kostet wie ein falscher Alarm, ist es am billigsten, kein Validierungsbild so zu nennen.',
  'To miss a class at most {#1} % of the time takes {#2} validation {=3} of each class (below {#4} nothing can be promised, and with fewer than {#5} one study in ten would miss twice as many); ‘{6}’ has {#7}.':
    'Damit eine Klasse höchstens in {1} % der Fälle fehlt, braucht die Validierung je Klasse so viele {3}: {2} (unter {4} lässt sich nichts versprechen, und mit weniger als {5} fehlte sie in einer von zehn Studien doppelt so oft); „{6}“ hat {7}.',
  'The range of thresholds ends at {#1}, before it begins at {#2}.':
    'Der Bereich der Schwellenwerte endet bei {1}, bevor er bei {2} beginnt.',
  'No image is of ‘{1}’: there is no benefit to be measured.':
    'Kein Bild ist von „{1}“: Ein Nutzen lässt sich nicht messen.',
  'All images are of ‘{1}’: there is no harm to be measured.':
    'Alle Bilder sind von „{1}“: Ein Schaden lässt sich nicht messen.',
  "The threshold of two classes is one of the positive class, '{1}'.":
    'Der Schwellenwert zweier Klassen ist einer der positiven Klasse „{1}“.',
  'Which class is the positive one is said when training begins.':
    'Welche Klasse die positive ist, wird vor dem Training gesagt.',
  'Of {#1} classes, the one that is told from the others has to be named.':
    'Von {1} Klassen muss die genannt werden, die von den anderen unterschieden wird.',
  "There is no class '{1}'.": 'Es gibt keine Klasse „{1}“.',
  'A threshold for one of {#1} classes cannot be carried over to calibrated probabilities: they depend on all of them.':
    'Ein Schwellenwert für eine von {1} Klassen lässt sich nicht auf kalibrierte Wahrscheinlichkeiten übertragen: Sie hängen von allen ab.',
  'Take back the threshold or the calibration that is kept with the run.':
    'Nehmen Sie den Schwellenwert oder die Kalibrierung zurück, die beim Lauf behalten ist.',
  'Choose another rule, or name a threshold.': 'Wählen Sie eine andere Regel, oder nennen Sie einen Schwellenwert.',
  'A threshold is chosen on the validation images, and only a kept one is looked at on others.':
    'Ein Schwellenwert wird an den Validierungsbildern gewählt, und an anderen wird nur ein behaltener angesehen.',
  'Choose it on the validation images and keep it with the run first.':
    'Wählen Sie ihn zuerst an den Validierungsbildern, und behalten Sie ihn beim Lauf.',
} satisfies Phrases;
