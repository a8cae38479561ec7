import type { Phrases } from '../../phrasebook.ts';

/** What is said of plans, runs, comparisons and what is measured on networks. */
export default {
  // Subgroups
  'Name the table that has the column.': 'Nennen Sie die Tabelle mit der Spalte.',
  'Choose one of them.': 'Wählen Sie eine davon.',
  'No image has a value of ‘{1}’.': 'Kein Bild hat einen Wert von „{1}“.',
  'Choose another column, or the table that names these files.':
    'Wählen Sie eine andere Spalte oder die Tabelle, die diese Dateien nennt.',
  'All images with a value of ‘{1}’ have the same: {2}.': 'Alle Bilder mit einem Wert von „{1}“ haben denselben: {2}.',
  'Choose another column.': 'Wählen Sie eine andere Spalte.',
  '‘{1}’ has {#2} values: it tells images apart, not kinds of them.':
    '„{1}“ hat {2} Werte: Das unterscheidet Bilder, nicht Arten von Bildern.',
  'Choose another column, or bands of its numbers.': 'Wählen Sie eine andere Spalte oder Bereiche ihrer Zahlen.',
  'Every value of ‘{1}’ goes with one class only: it says the class, and within it nothing can be ranked.':
    'Jeder Wert von „{1}“ gehört zu nur einer Klasse: Er sagt die Klasse, und innerhalb davon lässt sich nichts ordnen.',
  'Choose a column that was known before the label.': 'Wählen Sie eine Spalte, die vor der Klasse bekannt war.',
  'All images with a value of ‘{1}’ are of the class ‘{2}’: there is nothing to tell apart.':
    'Alle Bilder mit einem Wert von „{1}“ sind von der Klasse „{2}“: Es gibt nichts zu unterscheiden.',
  'Choose another column, or other images.': 'Wählen Sie eine andere Spalte oder andere Bilder.',
  // One of several labels
  'The images of this run have one class each, and no label is chosen.':
    'Die Bilder dieses Laufs haben je eine Klasse, und ein Label wird nicht gewählt.',
  'Leave the label out.': 'Lassen Sie das Label weg.',
  'The images of this run may have several labels, and the one that is asked about has to be named.':
    'Die Bilder dieses Laufs können mehrere Labels haben, und das, nach dem gefragt wird, muss genannt werden.',
  'There is no label ‘{1}’.': 'Es gibt kein Label „{1}“.',
  'The labels are: {1}.': 'Die Labels sind: {1}.',
  'Of no image here it is known whether it has ‘{1}’.': 'Von keinem Bild hier ist bekannt, ob es „{1}“ hat.',
  'Choose another label, or other images.': 'Wählen Sie ein anderes Label oder andere Bilder.',
  // Plans
  'The {1} strategy needs a cut, and none was given.':
    'Die Strategie {1} braucht einen Schnitt, und keiner ist gewählt.',
  "Choose one of: {1}; or the strategy 'full'.": 'Wählen Sie einen von: {1}; oder die Strategie „full“.',
  'The {1} strategy trains nothing, and a softmax head is no use untrained.':
    'Die Strategie {1} trainiert nichts, und ein untrainierter Softmax-Kopf nützt nichts.',
  "Choose the classifier 'svm'; or, for a softmax head on frozen layers, the strategy 'layerwise' with the cut '{1}'.":
    'Wählen Sie den Klassifikator „svm“; oder, für einen Softmax-Kopf auf eingefrorenen Schichten, die Strategie „layerwise“ mit dem Schnitt „{1}“.',
  "Images of {#1} × {#2} pixels are too small for {3}: nothing is left of them at '{4}'.":
    'Bilder von {1} × {2} Bildpunkten sind zu klein für {3}: Bei „{4}“ ist von ihnen nichts übrig.',
  'Choose a larger input size, or an earlier cut.': 'Wählen Sie eine größere Bildgröße oder einen früheren Schnitt.',
  "TransFusion halves the channels of the convolutions after the cut, and after '{1}' there are none.":
    'TransFusion halbiert die Kanäle der Faltungen nach dem Schnitt, und nach „{1}“ gibt es keine.',
  "{1} cannot have half its channels after '{2}': the next unit adds its input, with all channels, to an output with half of them.":
    '{1} kann nach „{2}“ nicht halb so viele Kanäle haben: Die nächste Einheit addiert ihren Eingang mit allen Kanälen zu einem Ausgang mit der Hälfte.',
  "{1} cannot be cut at '{2}': that would break a unit or a skip connection apart.":
    '{1} lässt sich bei „{2}“ nicht schneiden: Das zerteilte eine Einheit oder eine Sprungverbindung.',
  "Choose '{1}', with which its unit ends, or another of: {2}.":
    'Wählen Sie „{1}“, womit die Einheit endet, oder eines von: {2}.',
  'The dense layers of {1} read a map of {2}, and images of {#3} × {#4} pixels leave one of {5}.':
    'Die vollverbundenen Schichten von {1} lesen eine Karte von {2}, und Bilder von {3} × {4} Bildpunkten lassen eine von {5} übrig.',
  "Choose an input size from {#1} to {#2} pixels, or a cut up to '{3}'.":
    'Wählen Sie eine Bildgröße von {1} bis {2} Bildpunkten oder einen Schnitt bis „{3}“.',
  "The pretrained source '{1}' has no weights for the dense layer that ends with '{2}'.":
    'Die vortrainierte Quelle „{1}“ hat keine Gewichte für die vollverbundene Schicht, die mit „{2}“ endet.',
  "Add a file of weights that has its dense layers (in Keras: include_top=True), or choose a cut up to '{1}'.":
    'Fügen Sie eine Datei mit den vollverbundenen Schichten hinzu (in Keras: include_top=True), oder wählen Sie einen Schnitt bis „{1}“.',
  "At '{1}' there is nothing to show: the features of a dense layer have no place in the image.":
    'Bei „{1}“ gibt es nichts zu zeigen: Die Merkmale einer vollverbundenen Schicht haben keinen Ort im Bild.',
  "{1} has no cut named '{2}'.": '{1} hat keinen Schnitt namens „{2}“.',
  "This network has no cut named '{1}'.": 'Dieses Netz hat keinen Schnitt namens „{1}“.',
  'Choose one of: {1}.': 'Wählen Sie eines von: {1}.',
  'Choose among: {1}.': 'Wählen Sie unter: {1}.',
  "There is no backbone named '{1}'.": 'Es gibt kein Netz namens „{1}“.',
  "'{1}' makes masks, and training such networks is not part of this version.":
    '„{1}“ erzeugt Masken, und das Training solcher Netze gehört nicht zu dieser Version.',
  "Choose a network that tells classes apart, such as '{1}'; 'cutpoint inspect {2}' shows what this one is.":
    'Wählen Sie ein Netz, das Klassen unterscheidet, etwa „{1}“; „cutpoint inspect {2}“ zeigt, was dieses ist.',
  '{1} ({2}) takes images whose sides are multiples of {#3} pixels, and {#4} is none.':
    '{1} ({2}) nimmt Bilder, deren Seiten Vielfache von {3} Bildpunkten sind, und {4} ist keines.',
  'Sizes that fit: {1} pixels.': 'Größen, die passen: {1} Bildpunkte.',
  'Sizes that fit: {1} pixels; or choose the cut {2}.':
    'Größen, die passen: {1} Bildpunkte; oder wählen Sie den Schnitt {2}.',
  "The pretrained source '{1}' belongs to the backbone '{2}', not to '{3}'.":
    'Die vortrainierte Quelle „{1}“ gehört zum Netz „{2}“, nicht zu „{3}“.',
  "Choose the backbone '{1}', or a source for '{2}'.": 'Wählen Sie das Netz „{1}“, oder eine Quelle für „{2}“.',
  "There is already a pretrained source named '{1}'.": 'Es gibt schon eine vortrainierte Quelle namens „{1}“.',
  'Choose another name.': 'Wählen Sie einen anderen Namen.',
  "There is no pretrained source named '{1}'.": 'Es gibt keine vortrainierte Quelle namens „{1}“.',
  'Add one with `cutpoint source add`, or train from random initialisation with the source `none`.':
    'Fügen Sie unter „Netz“ eine hinzu, oder trainieren Sie von Zufallswerten aus.',
  'Sources in this workspace: {1}.': 'Quellen in diesem Arbeitsbereich: {1}.',
  'The engine {1} cannot be used while {2} is computing.':
    'Der Rechenkern {1} ist nicht verwendbar, solange {2} rechnet.',
  'Wait until the run has ended, or stop it first.':
    'Warten Sie, bis der Lauf zu Ende ist, oder beenden Sie ihn zuerst.',
  "There is no engine named '{1}'.": 'Es gibt keinen Rechenkern namens „{1}“.',
  'The TensorFlow library has not been set up on this machine.':
    'Die TensorFlow-Bibliothek ist auf diesem Rechner nicht eingerichtet.',
  "Cutpoint's own kernels for TensorFlow do not load on this machine.":
    'Cutpoints eigene Rechenkerne für TensorFlow laden auf diesem Rechner nicht.',
  'The TensorFlow library does not load on this machine.': 'Die TensorFlow-Bibliothek lädt auf diesem Rechner nicht.',
  'Run `npm run setup` and read what it says about TensorFlow; until then the slower wasm engine works.':
    'Führen Sie `npm run setup` aus, und lesen Sie, was es zu TensorFlow sagt; bis dahin arbeitet der langsamere Rechenkern wasm.',
  "Training with batches of {#1} needs about {2} of memory, and {3} of this machine's {4} is available.":
    'Training mit Stapeln von {1} braucht etwa {2} Speicher, und {3} von {4} dieses Rechners sind verfügbar.',
  "A pass with {#1} images needs about {2} of memory, and {3} of this machine's {4} is available.":
    'Ein Durchgang mit {1} Bildern braucht etwa {2} Speicher, und {3} von {4} dieses Rechners sind verfügbar.',
  'Not even one image fits: choose a smaller input size, a cut nearer to the input or a smaller network, or close other programs.':
    'Nicht einmal ein Bild passt hinein: Wählen Sie eine kleinere Bildgröße, einen Schnitt näher am Eingang oder ein kleineres Netz, oder schließen Sie andere Programme.',
  'A batch of {#1} fits; so may a smaller input size or a cut nearer to the input.':
    'Ein Stapel von {1} passt; vielleicht auch eine kleinere Bildgröße oder ein Schnitt näher am Eingang.',
  "A batch of one image cannot train the batch normalisation '{1}': its features are one pixel, of which there are no statistics.":
    'Ein Stapel von einem Bild kann die Batch-Normalisierung „{1}“ nicht trainieren: Ihre Merkmale sind ein einziger Punkt, von dem es keine Statistik gibt.',
  'Choose a batch of 2 or more, a larger input size, or a cut nearer to the input.':
    'Wählen Sie einen Stapel von 2 oder mehr, eine größere Bildgröße, oder einen Schnitt näher am Eingang.',
  'An SVM on {#1} features of each of {#2} training images does not fit into memory.':
    'Eine SVM auf {1} Merkmalen von {2} Trainingsbildern passt nicht in den Speicher.',
  'Choose average pooling, a deeper cut, smaller images, or the classifier softmax.':
    'Wählen Sie das Mittel über das Bild, einen tieferen Schnitt, kleinere Bilder, oder den Klassifikator Softmax.',
  'From epoch {#1}, step {#2} on the batch is {#3}: {#4} did not fit into memory.':
    'Ab Epoche {1}, Schritt {2} ist der Stapel {3}: {4} passten nicht in den Speicher.',
  'The engine could not get more memory while it trained with batches of {#1}.':
    'Beim Training mit Stapeln von {1} war nicht mehr Speicher zu bekommen.',
  'Train with a smaller batch, a smaller input size or a cut nearer to the input, or close other programs.':
    'Trainieren Sie mit kleineren Stapeln, kleinerer Bildgröße oder einem Schnitt näher am Eingang, oder schließen Sie andere Programme.',
  'It does not fit into the memory that there is, and was not tried.':
    'Es passt nicht in den vorhandenen Speicher und wurde nicht versucht.',
  'The engine computes something else just now, beside which a step takes longer than it would alone.':
    'Gerade wird etwas anderes gerechnet; ein Schritt dauerte daneben länger als für sich allein.',
  'Which networks are trained follows from the first results of the search.':
    'Welche Netze trainiert werden, folgt aus den ersten Ergebnissen der Suche.',
  "The SVM's scores are calibrated on patients (or whatever groups the images) that it was not fitted on, for which two of every class are needed, but {=1}.":
    'Die Werte der SVM werden an Patienten (oder was sonst die Bilder zusammenfasst) kalibriert, an denen sie nicht angepasst wurde; dafür braucht es zwei jeder Klasse, aber {1}.',
  'the class "{1}" has one to train on': 'die Klasse „{1}“ hat nur einen zum Trainieren',
  'too many patients (or whatever groups the images) have images of several classes':
    'zu viele Patienten (oder was sonst die Bilder zusammenfasst) haben Bilder mehrerer Klassen',
  'Add images, or take a larger share of them, merge small classes, leave the class out, or choose the classifier softmax.':
    'Ergänzen Sie Bilder, nehmen Sie einen größeren Anteil, legen Sie kleine Klassen zusammen, lassen Sie die Klasse aus, oder wählen Sie den Klassifikator Softmax.',
  'Five epochs on small images: whether anything is learnt at all, in minutes.':
    'Fünf Epochen an kleinen Bildern: ob überhaupt etwas gelernt wird, in Minuten.',
  'As Peng et al. 2023 train (appendix A.1): centre crop, random crops and slight rotation, Adam, a rate that falls when the validation AUPRC stagnates, and the end when it has fallen a thousandfold. The numbers are Cutpoint’s.':
    'Wie Peng et al. 2023 trainieren (Anhang A.1): Ausschnitt der Mitte, zufällige Ausschnitte und leichte Drehung, Adam, eine Rate, die sinkt, wenn die AUPRC der Validierung stehen bleibt, und das Ende, wenn sie auf ein Tausendstel gesunken ist. Die Zahlen sind die von Cutpoint.',
  'As Fok 2019 trains (section II-D): SGD at 0.001 with a Nesterov momentum of 0.01, at most 50 epochs, the end after 10 without a lower validation loss, by which the best epoch is chosen. The batch size is Cutpoint’s.':
    'Wie Fok 2019 trainiert (Abschnitt II-D): SGD mit 0,001 und einem Nesterov-Schwung von 0,01, höchstens 50 Epochen, Ende nach 10 ohne niedrigeren Verlust der Validierung, nach dem die beste Epoche gewählt wird. Die Stapelgröße ist die von Cutpoint.',
  'Up to 100 epochs at a low rate, with patience: for the numbers that are reported.':
    'Bis zu 100 Epochen mit kleiner Rate und Geduld: für die Zahlen, die berichtet werden.',
  'Quick look': 'Kurzer Blick',
  'Paper protocol': 'Wie in der Arbeit',
  'By validation loss': 'Nach Verlust der Validierung',
  Thorough: 'Gründlich',

  'validation and test together must leave patients to train on':
    'Validierung und Test zusammen müssen Patienten zum Trainieren übrig lassen',
  'a margin of zero asks for proof of superiority': 'eine Grenze von null verlangt den Nachweis der Überlegenheit',

  // Strategies
  'Full fine-tuning': 'Ganz trainiert',
  'The whole pretrained network is fine-tuned.': 'Das ganze vortrainierte Netz wird trainiert.',
  Truncated: 'Abgeschnitten',
  'Layers after the cut are removed; the rest is fine-tuned.':
    'Schichten nach dem Schnitt entfallen; der Rest wird trainiert.',
  'Layer-wise fine-tuning': 'Schichtweise',
  'Layers up to the cut are frozen; those after it are fine-tuned at a tenth of the head’s rate.':
    'Schichten bis zum Schnitt sind eingefroren; die danach werden mit einem Zehntel der Rate des Kopfes trainiert.',
  'Layers after the cut have half the channels and start from random weights.':
    'Schichten nach dem Schnitt haben halb so viele Kanäle und beginnen mit Zufallswerten.',
  'Features and SVM': 'Merkmale und SVM',
  'Nothing is fine-tuned; a linear SVM learns on the pretrained features.':
    'Kein Training des Netzes; eine lineare SVM lernt an den vortrainierten Merkmalen.',
  'Fine-tuning and SVM': 'Training und SVM',
  'The whole network is fine-tuned; a linear SVM then learns on its features.':
    'Das ganze Netz wird trainiert; danach lernt eine lineare SVM an seinen Merkmalen.',
  'From scratch': 'Von null',
  'The whole network starts from random weights.': 'Das ganze Netz beginnt mit Zufallswerten.',
  'Mean-Var initialisation': 'Mean-Var',
  'Random weights with the mean and variance of the pretrained ones, layer by layer.':
    'Zufallswerte mit Mittel und Varianz der vortrainierten, Schicht für Schicht.',
  'Full fine-tuning at {1}': 'Ganz trainiert bei {1}',
  'Truncated at {1}': 'Abgeschnitten nach {1}',
  'Layer-wise fine-tuning at {1}': 'Schichtweise ab {1}',
  'TransFusion at {1}': 'TransFusion ab {1}',
  'Features and SVM at {1}': 'Merkmale und SVM bei {1}',
  'Fine-tuning and SVM at {1}': 'Training und SVM bei {1}',
  'the whole network': 'das ganze Netz',
  'cut after {1}': 'Schnitt nach {1}',
  'frozen up to {1}': 'eingefroren bis {1}',
  'features at {1}': 'Merkmale bei {1}',
  'half the channels after {1}': 'halb so viele Kanäle nach {1}',
  'random weights': 'Zufallswerte',
  'Mean-Var weights': 'Mean-Var-Gewichte',
  accuracy: 'Genauigkeit',
  'balanced accuracy': 'ausgewogene Genauigkeit',
  loss: 'Verlust',
  Classification: 'Klassifikation',

  // What a run does
  'Decoding the images at {#1} × {#2} pixels': 'Die Bilder werden mit {1} × {2} Bildpunkten dekodiert',
  'Drawing random weights': 'Zufällige Gewichte werden gezogen',
  'Loading {1}': '{1} wird geladen',
  'Timing steps in float32 and bfloat16': 'Die Dauer von Schritten in float32 und bfloat16 wird gemessen',
  'The engine {1} does not compute in bfloat16.': 'Der Rechenkern {1} rechnet nicht in bfloat16.',
  'Choose float32, or automatic precision.': 'Wählen Sie float32, oder das automatische Zahlenformat.',
  '{#1} decoded image was damaged: decoding again': '{1} dekodiertes Bild war beschädigt: Es wird neu dekodiert',
  '{#1} decoded images were damaged: decoding again':
    '{1} dekodierte Bilder waren beschädigt: Sie werden neu dekodiert',
  'Testing epoch {#1} on {#2} images': 'Epoche {1} wird an {2} Bildern getestet',
  'Training on {#1} images': 'Training an {1} Bildern',
  'Predicting {#1} validation images': '{1} Validierungsbilder werden vorhergesagt',
  'Computing the features of {#1} training images': 'Die Merkmale von {1} Trainingsbildern werden berechnet',
  'Fitting a linear SVM to {#1} features': 'Eine lineare SVM wird an {1} Merkmale angepasst',
  '{=1} Continuing from epoch {#2}, whose checkpoint is intact':
    '{1} Es geht weiter mit Epoche {2}, deren Zwischenstand unversehrt ist',
  'The cache is as large as it may become: the output of the frozen layers for further images is computed again each time':
    'Der Zwischenspeicher ist so groß, wie er werden darf: Die Ausgabe der eingefrorenen Schichten für weitere Bilder wird jedes Mal neu berechnet',
  'The disk is full: the output of the frozen layers for further images is computed again each time':
    'Der Datenträger ist voll: Die Ausgabe der eingefrorenen Schichten für weitere Bilder wird jedes Mal neu berechnet',
  'Training diverged: the loss was no longer a number in epoch {#1}, step {#2}.':
    'Das Training ist divergiert: In Epoche {1}, Schritt {2} war der Verlust keine Zahl mehr.',
  'Start again with a learning rate ten times smaller.': 'Beginnen Sie neu mit einer zehnmal kleineren Lernrate.',
  'The network answers with values that are not numbers.': 'Das Netz antwortet mit Werten, die keine Zahlen sind.',
  'Train again with a smaller learning rate.': 'Trainieren Sie noch einmal mit einer kleineren Lernrate.',
  "The checkpoint '{1}' of the run {2} {=3}.": 'Der Zwischenstand „{1}“ des Laufs {2} {3}.',
  'is damaged: {=1}': 'ist beschädigt: {1}',
  'is missing': 'fehlt',
  'may not be read': 'darf nicht gelesen werden',
  'it cannot be read': 'nicht lesbar',
  'its checksum does not agree': 'die Prüfsumme stimmt nicht',
  'it does not say where training stood': 'es steht nicht darin, wo das Training stand',
  'it is of another epoch': 'von einer anderen Epoche',
  'it is not of the best epoch': 'nicht von der besten Epoche',
  "Put the file back into '{1}' of the workspace from a backup, or train again with the same plan and seed: the results will be the same. Everything else that is stored of the run is intact.":
    'Legen Sie die Datei aus einer Sicherung nach „{1}“ im Arbeitsbereich zurück, oder trainieren Sie noch einmal mit demselben Plan und Startwert: Die Ergebnisse werden dieselben sein. Alles Übrige des Laufs ist unversehrt.',
  "There is no run '{1}' in this workspace.": 'Es gibt keinen Lauf „{1}“ in diesem Arbeitsbereich.',
  'No run was started here yet.': 'Hier wurde noch kein Lauf begonnen.',
  'The newest runs are {1}.': 'Die neuesten Läufe sind {1}.',
  'The run {1} is not training; it is {=2}.': 'Der Lauf {1} trainiert nicht; sein Zustand: {2}.',
  'The run {1} is not training yet; it waits for its turn.': 'Der Lauf {1} trainiert noch nicht; er wartet.',
  'Stop it to take it out of the queue.': 'Beenden Sie ihn, um ihn aus der Reihe zu nehmen.',
  'The run {1} is {=2}; there is nothing to resume.': 'Der Lauf {1} ist {2}; es gibt nichts fortzusetzen.',
  'The run {1} is part of the comparison {2}, and continues and ends with it.':
    'Der Lauf {1} gehört zum Vergleich {2} und geht mit ihm weiter und zu Ende.',
  'Stop or resume the comparison {1}.': 'Beenden Sie den Vergleich {1}, oder setzen Sie ihn fort.',
  'The run {1} has finished {2} with batches of {3}; epochs of another batch size would not be the same run.':
    'Der Lauf {1} hat mit Stapeln von {3} schon {2} beendet; Epochen mit anderer Stapelgröße wären nicht derselbe Lauf.',
  'Resume it as it is, or start a new run with the other batch size.':
    'Setzen Sie ihn fort, wie er ist, oder beginnen Sie einen neuen Lauf mit der anderen Stapelgröße.',
  'The run {1} has no data yet.': 'Der Lauf {1} hat noch keine Daten.',
  'The run {1} has no model yet: no epoch of it is finished.':
    'Der Lauf {1} hat noch kein Modell: Keine Epoche ist beendet.',
  'Let it train for at least one epoch.': 'Lassen Sie ihn mindestens eine Epoche trainieren.',
  'Let it train for at least one epoch, or leave it out.':
    'Lassen Sie ihn mindestens eine Epoche trainieren, oder lassen Sie ihn aus.',
  '{1} does not wait for its turn.': '{1} wartet nicht.',
  'Only what waits can be moved; reload the queue.': 'Nur was wartet, lässt sich verschieben; laden Sie die Reihe neu.',

  // Measuring
  'The run {1} was not evaluated on such a list of images.': 'Der Lauf {1} wurde an diesen Bildern nicht gemessen.',
  'Evaluate it on the folder first.': 'Messen Sie ihn zuerst an dem Ordner.',
  'Of the parts of a run, only its test images are measured anew.':
    'Von den Teilen eines Laufs werden nur die Testbilder neu gemessen.',
  'Name the folder; validation images were measured in every epoch.':
    'Nennen Sie den Ordner; Validierungsbilder wurden in jeder Epoche gemessen.',
  'The run {1} is {=2}; it is tested when it ends.': 'Der Lauf {1} ist {2}; getestet wird er am Ende.',
  'The run {1} has no test set.': 'Der Lauf {1} hat keine Testdaten.',
  'The run {1} is {=2} and has no finished epoch.': 'Der Lauf {1} ist {2} und hat keine beendete Epoche.',
  'Let it finish an epoch.': 'Lassen Sie ihn eine Epoche beenden.',
  'The run {1} is {=2} and {=3}.': 'Der Lauf {1} ist {2} und {3}.',
  'has no test set': 'hat keine Testdaten',
  'has not been tested': 'wurde nicht getestet',
  'The test set of the run {1} is sealed: nobody has asked for its figures yet.':
    'Die Testdaten des Laufs {1} sind versiegelt: Nach ihren Zahlen hat noch niemand gefragt.',
  'Open it under Results, or with `cutpoint open-test {1} --reason "…"`; it is noted in the log.':
    'Öffnen Sie sie unter Ergebnisse, oder mit `cutpoint open-test {1} --reason "…"`; es wird im Protokoll vermerkt.',
  'The test figures of the comparison {1} are sealed: nobody has asked for them yet.':
    'Die Testzahlen des Vergleichs {1} sind versiegelt: Noch niemand hat nach ihnen gefragt.',
  'Open them under Compare, or with `cutpoint open-test {1} --reason "…"`; it is noted in the log.':
    'Öffnen Sie sie unter Vergleich, oder mit `cutpoint open-test {1} --reason "…"`; es wird im Protokoll vermerkt.',
  'The images of its test part are left out while that is sealed. Name a folder of images, take fewer folds, or open the test set.':
    'Seine Testbilder bleiben aus, solange die Testdaten versiegelt sind. Nennen Sie einen Ordner mit Bildern, nehmen Sie weniger Teile, oder öffnen Sie die Testdaten.',
  'Name a folder of images that it was not trained on: --data.':
    'Nennen Sie einen Ordner mit Bildern, an denen er nicht trainiert wurde.',
  'Let it finish, or name a folder to evaluate it on.':
    'Lassen Sie ihn zu Ende laufen, oder nennen Sie einen Ordner, an dem er gemessen wird.',
  'The run {1} has {#2} {=3} images; there is no image {4}.':
    'Der Lauf {1} hat {2} Bilder ({3}); ein Bild {4} gibt es nicht.',
  'Name files instead.': 'Nennen Sie stattdessen Dateien.',
  'Choose an index from 0 to {#1}.': 'Wählen Sie eine Nummer von 0 bis {1}.',
  "The run {1} knows no class named '{2}'.": 'Der Lauf {1} kennt keine Klasse namens „{2}“.',
  'A network that was not trained here comes without images.':
    'Ein Netz, das nicht hier trainiert wurde, bringt keine Bilder mit.',
  'Name a folder of images, or a run.': 'Nennen Sie einen Ordner mit Bildern, oder einen Lauf.',
  'A limit of {1} is more than this machine has.': 'Eine Grenze von {1} ist mehr, als dieser Rechner hat.',
  'Choose at most {1}, or no limit.': 'Wählen Sie höchstens {1}, oder keine Grenze.',
  'Take more than {#1} images, or fewer folds.': 'Nehmen Sie mehr als {1} Bilder, oder weniger Faltungen.',
  "A probe tells classes apart, and all images are of the class '{1}'.":
    'Eine Sonde unterscheidet Klassen, und alle Bilder gehören zur Klasse „{1}“.',
  'Choose images of two or more classes.': 'Wählen Sie Bilder von zwei oder mehr Klassen.',
  'There are only {#1} images to compare networks on.': 'Für den Vergleich von Netzen gibt es nur {1} Bilder.',
  'Name a folder with a few hundred images: several times as many as the layers have channels.':
    'Nennen Sie einen Ordner mit einigen hundert Bildern: mehrmals so viele, wie die Schichten Kanäle haben.',
  'Neither of the two networks is a run, so there are no images to take.':
    'Keines der beiden Netze ist ein Lauf, es gibt also keine Bilder.',
  'Name a folder of images to compare them on.': 'Nennen Sie einen Ordner mit Bildern, an denen sie verglichen werden.',
  'The run {1} is of {2}, not of {3}.': 'Der Lauf {1} hat das Netz {2}, nicht {3}.',
  'Compare sources of one backbone: of two, nobody knows which of them makes the difference.':
    'Vergleichen Sie Quellen eines Netzes: Bei zweien weiß niemand, woran der Unterschied liegt.',
  "There is no cut named '{1}' in {2} of {3}.": 'In {2} von {3} gibt es keinen Schnitt namens „{1}“.',
  'The source {1} is named twice.': 'Die Quelle {1} ist zweimal genannt.',
  'Name each source once.': 'Nennen Sie jede Quelle einmal.',
  'A network resembles itself at every cut: there is nothing to compare.':
    'Ein Netz gleicht sich selbst an jedem Schnitt: Es gibt nichts zu vergleichen.',
  'Name another state of it (initial, best), another network, or compare every cut with every cut.':
    'Wählen Sie einen anderen Zustand (Beginn, bester), ein anderes Netz, oder vergleichen Sie jeden Schnitt mit jedem.',
  'The two networks have no cut in common.': 'Die beiden Netze haben keinen Schnitt gemeinsam.',
  'Compare every cut of one with every cut of the other (a matrix).':
    'Vergleichen Sie jeden Schnitt des einen mit jedem des anderen (als Matrix).',
  "The networks compared have no cut named '{1}'.": 'Die verglichenen Netze haben keinen Schnitt namens „{1}“.',
  'There are too few images: in {#1} of {#2} comparisons some CCA coefficients are 1 whatever the features. Take more images, or keep a smaller share of the variance.':
    'Es sind zu wenige Bilder: In {1} von {2} Vergleichen sind einige CCA-Koeffizienten 1, gleich welche Merkmale. Nehmen Sie mehr Bilder, oder behalten Sie einen kleineren Anteil der Varianz.',
  'There are too few images: in {#1} of {#2} comparisons some CCA coefficients are 1 whatever the features, at {#3} all of them, so that SVCCA says nothing there. Take more images, or keep a smaller share of the variance.':
    'Es sind zu wenige Bilder: In {1} von {2} Vergleichen sind einige CCA-Koeffizienten 1, gleich welche Merkmale; bei {3} alle, sodass SVCCA dort nichts sagt. Nehmen Sie mehr Bilder, oder behalten Sie einen kleineren Anteil der Varianz.',
  'Positions of one image are not independent of each other, so similarity by chance is higher than that of the random features here.':
    'Stellen eines Bildes sind nicht unabhängig voneinander; zufällige Ähnlichkeit ist darum höher als die der Zufallsmerkmale hier.',
  'The activations of {#1} images at {#2} position and all these cuts do not fit into memory.':
    'Die Aktivierungen von {1} Bildern an {2} Stelle und allen diesen Schnitten passen nicht in den Speicher.',
  'The activations of {#1} images at {#2} positions and all these cuts do not fit into memory.':
    'Die Aktivierungen von {1} Bildern an {2} Stellen und allen diesen Schnitten passen nicht in den Speicher.',
  'Take at most {#1} images, fewer positions, or fewer cuts.':
    'Nehmen Sie höchstens {1} Bilder, weniger Stellen oder weniger Schnitte.',
  'Representations cannot be compared on {#1} images.': 'An {1} Bildern lassen sich Darstellungen nicht vergleichen.',
  'Take a few hundred images: at least several times as many as the layer has channels.':
    'Nehmen Sie einige hundert Bilder: mindestens mehrmals so viele, wie die Schicht Kanäle hat.',
  'The activations of a layer are not finite numbers.': 'Die Aktivierungen einer Schicht sind keine endlichen Zahlen.',
  'The network has diverged: compare an earlier epoch, or train again with a lower learning rate.':
    'Das Netz ist divergiert: Vergleichen Sie eine frühere Epoche, oder trainieren Sie mit kleinerer Lernrate.',
  'Measuring how long one image takes: {#1} of {#2}': 'Zeit für ein Bild wird gemessen: {1} von {2}',
  'Measuring how long {#1} images take: {#2} of {#3}': 'Zeit für {1} Bilder wird gemessen: {2} von {3}',
  'How long one image takes could not be measured: {=1}': 'Die Zeit für ein Bild ließ sich nicht messen: {1}',

  // Maps
  'The map is blank: nothing at this cut responds to the image at all.':
    'Die Karte ist leer: An diesem Schnitt antwortet nichts auf das Bild.',
  'The map is blank: the probability of {1} is saturated ({2}), and no small change at this cut moves its logit.':
    'Die Karte ist leer: Die Wahrscheinlichkeit von {1} ist gesättigt ({2}), und keine kleine Änderung an diesem Schnitt bewegt ihr Logit.',
  'The map is blank: the gradient of the logit of {1} is zero everywhere at this cut, so no small change here moves it.':
    'Die Karte ist leer: Der Gradient des Logits von {1} ist an diesem Schnitt überall null; keine kleine Änderung hier bewegt es.',
  'The map is blank: all weights are negative. Every feature that responds at this cut speaks against {1} in this image.':
    'Die Karte ist leer: Alle Gewichte sind negativ. Jedes Merkmal, das an diesem Schnitt antwortet, spricht in diesem Bild gegen {1}.',
  'The map is blank: at every position of this cut the features that speak against {1} outweigh those that speak for it.':
    'Die Karte ist leer: An jeder Stelle dieses Schnitts überwiegen die Merkmale, die gegen {1} sprechen, die dafür.',
  'The map is strongest in the black bars beside the image, where there is nothing to see: interpret it with care.':
    'Die Karte ist in den schwarzen Streifen neben dem Bild am stärksten, wo nichts zu sehen ist: Deuten Sie sie vorsichtig.',
  'The network sees only the middle of the image; the map says nothing about the rest.':
    'Das Netz sieht nur die Mitte des Bildes; über den Rest sagt die Karte nichts.',
  'The map itself is blank, so there is nothing to check.': 'Die Karte selbst ist leer, es gibt also nichts zu prüfen.',
  'Random weights leave no map to compare with: the check by random weights says nothing here.':
    'Zufällige Gewichte lassen keine Karte zum Vergleichen: Die Prüfung mit Zufallsgewichten sagt hier nichts.',
  'The map hardly changes when the weights are random ({=1}): it shows the image, not what was learnt. Do not trust it.':
    'Mit zufälligen Gewichten ändert sich die Karte kaum ({1}): Sie zeigt das Bild, nicht das Gelernte. Vertrauen Sie ihr nicht.',
  'The map changes only in part when the weights are random ({=1}): some of it does not come from what was learnt.':
    'Mit zufälligen Gewichten ändert sich die Karte nur zum Teil ({1}): Einiges davon kommt nicht vom Gelernten.',
  'The map changes when the weights are random ({=1}), as it should: it depends on what was learnt.':
    'Mit zufälligen Gewichten ändert sich die Karte ({1}), wie sie soll: Sie hängt vom Gelernten ab.',
  'rank correlation {1}': 'Rangkorrelation {1}',
  'There is no other run of this plan, so it is not known whether another seed gives the same map: train the same plan with another seed.':
    'Es gibt keinen anderen Lauf dieses Plans; ob ein anderer Startwert dieselbe Karte ergibt, ist nicht bekannt: Trainieren Sie denselben Plan mit einem anderen Startwert.',
  'The maps of the other seeds have one value only: nothing can be said about how repeatable this one is.':
    'Die Karten der anderen Startwerte haben nur einen Wert: Wie wiederholbar diese ist, lässt sich nicht sagen.',
  '{#1} runs with different seeds give much the same map (mean {2}).':
    '{1} Läufe mit verschiedenen Startwerten ergeben fast dieselbe Karte (Mittel {2}).',
  '{#1} runs with different seeds agree in part (mean {2}): do not interpret its details.':
    '{1} Läufe mit verschiedenen Startwerten stimmen zum Teil überein (Mittel {2}): Deuten Sie keine Einzelheiten.',
  '{#1} runs with different seeds give different maps (mean {2}): do not rely on this one.':
    '{1} Läufe mit verschiedenen Startwerten ergeben verschiedene Karten (Mittel {2}): Verlassen Sie sich nicht auf diese.',
  'The run {1} differs from {2} in more than its seed.':
    'Der Lauf {1} unterscheidet sich von {2} in mehr als dem Startwert.',
  'Repeatability compares runs of one plan; train it again with another seed.':
    'Wiederholbarkeit vergleicht Läufe eines Plans; trainieren Sie ihn noch einmal mit anderem Startwert.',
  'The layer {1} has {#2} channels; there is no channel {3}.':
    'Die Schicht {1} hat {2} Kanäle; einen Kanal {3} gibt es nicht.',
  'Choose channels from 0 to {#1}.': 'Wählen Sie Kanäle von 0 bis {1}.',
  'Row {#1} of the table names no file.': 'Zeile {1} der Tabelle nennt keine Datei.',
  'Row {#1} of the table has "{2}", which are not boxes (xmin ymin xmax ymax).':
    'Zeile {1} der Tabelle hat „{2}“; das sind keine Rechtecke (xmin ymin xmax ymax).',
  'The table has no column {1}; its columns are {2}.': 'Die Tabelle hat keine Spalte {1}; ihre Spalten sind {2}.',
  'Name the columns of the file, of the boxes or masks, and of the patient.':
    'Nennen Sie die Spalten für Datei, für Rechtecke oder Masken und für den Patienten.',
  'A box reaches outside the image, which has {1}.': 'Ein Rechteck reicht über das Bild hinaus, das {1} hat.',
  '{#1} × {#2} pixels': '{1} × {2} Bildpunkte',
  'The mask has {#1} × {#2} pixels, the image {3}.': 'Die Maske hat {1} × {2} Bildpunkte, das Bild {3}.',
  'The mask is empty.': 'Die Maske ist leer.',
  'Boxes and masks are in the pixels of the file itself.':
    'Rechtecke und Masken gelten in Bildpunkten der Datei selbst.',
  'The column "{1}" of the table has no finding.': 'Die Spalte „{1}“ der Tabelle hat keinen Befund.',
  'The column "{1}" of the table has no finding that can be used.':
    'Die Spalte „{1}“ der Tabelle hat keinen verwendbaren Befund.',
  'Name the column with boxes (xmin ymin xmax ymax) or paths of masks.':
    'Nennen Sie die Spalte mit Rechtecken (xmin ymin xmax ymax) oder Pfaden von Masken.',

  // Comparisons: plans
  'The strategies of a comparison decide the classifier; a support vector machine cannot be asked of all of them.':
    'Die Strategien eines Vergleichs bestimmen den Klassifikator; eine Support Vector Machine lässt sich nicht von allen verlangen.',
  'Name the strategies that end in one: {1}.': 'Nennen Sie die Strategien, die in einer enden: {1}.',
  "The strategies of a comparison decide how weights start; '{1}' cannot be asked of all of them.":
    'Die Strategien eines Vergleichs bestimmen, womit Gewichte beginnen; „{1}“ lässt sich nicht von allen verlangen.',
  'Name the strategies that start differently: {1}.': 'Nennen Sie die Strategien, die anders beginnen: {1}.',
  '{1} needs a cut, and none was given.': '{1} braucht einen Schnitt, und keiner ist gewählt.',
  '{1} need a cut, and none was given.': '{1} brauchen einen Schnitt, und keiner ist gewählt.',
  'Name one or more of: {1}; or leave {=2} out.': 'Wählen Sie einen oder mehrere von: {1}; oder lassen Sie {2} aus.',
  it: 'sie',
  them: 'sie',
  '{1} draws weights like those of a pretrained source, and none was given.':
    '{1} zieht Gewichte wie die einer vortrainierten Quelle, und keine ist gewählt.',
  'Name a source, or the strategy {1}.': 'Wählen Sie eine Quelle, oder die Strategie {1}.',
  'Without a pretrained source, {1} and {2} are the same.': 'Ohne vortrainierte Quelle sind {1} und {2} dasselbe.',
  'Name a source, or compare {1} alone.': 'Wählen Sie eine Quelle, oder vergleichen Sie nur {1}.',
  'The reference {1} is not among the strategies compared.':
    'Die Referenz {1} ist nicht unter den verglichenen Strategien.',
  "Choose as reference one of: {1}; or add '{2}' to the strategies.":
    'Wählen Sie als Referenz eine von: {1}; oder nehmen Sie „{2}“ zu den Strategien.',
  'A separate test folder is tested as a whole, not in folds.':
    'Ein eigener Testordner wird als Ganzes getestet, nicht in Faltungen.',
  "Choose '{1}' instead of folds, or name no folder to test on.":
    'Wählen Sie „{1}“ statt Faltungen, oder nennen Sie keinen Testordner.',
  'With a test share of 0 there is nothing to compare the strategies on.':
    'Mit einem Testanteil von 0 gibt es nichts, woran die Strategien zu vergleichen wären.',
  'Set aside a share of the images, name a folder to test on, or choose folds.':
    'Halten Sie einen Teil der Bilder zurück, nennen Sie einen Testordner, oder wählen Sie Faltungen.',
  'What is compared is measured on test images, and none are set aside.':
    'Verglichen wird an Testbildern, und keine sind zurückgehalten.',
  'Set aside a share for the test, name a test folder, or divide into folds.':
    'Halten Sie einen Teil für den Test zurück, nennen Sie einen Testordner, oder teilen Sie in Faltungen.',
  "The search '{1}' is not for the strategy '{2}': {=3}.": 'Die Suche „{1}“ ist nicht für die Strategie „{2}“: {3}.',
  "Choose the strategy {1}, or the search 'two-stage'.": 'Wählen Sie die Strategie {1}, oder die Suche in zwei Stufen.',
  'the fast search judges a cut by what a linear probe finds there, which says what a truncated network can do':
    'die schnelle Suche beurteilt einen Schnitt danach, was eine lineare Sonde dort findet, und das sagt, was ein abgeschnittenes Netz kann',
  'the detector finds where features are no longer reused, and the layers after that are removed':
    'sie findet, wo Merkmale nicht mehr wiederverwendet werden, und die Schichten danach entfallen',
  'incremental deepening unfreezes one block after another':
    'die vertiefende Suche taut einen Block nach dem anderen auf',
  'The SVCCA detector compares features before and after fine-tuning, and this plan has no pretrained features.':
    'Die Suche nach SVCCA vergleicht Merkmale vor und nach dem Training, und dieser Plan hat keine vortrainierten Merkmale.',
  "Choose a pretrained source, or the search 'two-stage'.":
    'Wählen Sie eine vortrainierte Quelle, oder die Suche in zwei Stufen.',
  'The seeds {1} name one twice; its runs would be the same.':
    'Unter den Startwerten {1} ist einer doppelt; seine Läufe wären dieselben.',
  'Give every seed once.': 'Nennen Sie jeden Startwert einmal.',
  '{1} can be slimmed down behind none of its cuts, so TransFusion has none to choose from.':
    '{1} lässt sich hinter keinem seiner Schnitte verschlanken; TransFusion hat also keinen zur Wahl.',
  'Search the cut of the truncated or the layer-wise strategy.':
    'Suchen Sie den Schnitt für die Strategie Abgeschnitten oder Schichtweise.',
  'At every cut that was tried a run failed, so no cut can be chosen.':
    'An jedem versuchten Schnitt schlug ein Lauf fehl; es lässt sich keiner wählen.',
  'Look at the errors of its runs, correct them, and resume the comparison.':
    'Sehen Sie sich die Fehler der Läufe an, beheben Sie sie, und setzen Sie den Vergleich fort.',
  'The folder to test on has no image of the class "{1}": no AUROC could be compared.':
    'Der Testordner hat kein Bild der Klasse „{1}“: Es ließe sich keine AUROC vergleichen.',
  'Add images of it there, or name no folder to test on: then a share is set aside.':
    'Ergänzen Sie dort Bilder davon, oder nennen Sie keinen Testordner: Dann wird ein Teil zurückgehalten.',
  "There is no comparison '{1}' in this workspace.": 'Es gibt keinen Vergleich „{1}“ in diesem Arbeitsbereich.',
  'No comparison was started here yet.': 'Hier wurde noch kein Vergleich begonnen.',
  'The newest comparisons are {1}.': 'Die neuesten Vergleiche sind {1}.',
  'The comparison {1} was ended.': 'Der Vergleich {1} wurde beendet.',
  'The comparison {1} is not running; it is {=2}.': 'Der Vergleich {1} läuft nicht; sein Zustand: {2}.',
  'The comparison {1} is completed; there is nothing to resume.':
    'Der Vergleich {1} ist abgeschlossen; es gibt nichts fortzusetzen.',
  'A search chooses by validation; its cuts are not tested.':
    'Eine Suche wählt nach der Validierung; ihre Schnitte werden nicht getestet.',
  'Compare two cuts in a tournament: their difference is measured on test patients there.':
    'Vergleichen Sie zwei Schnitte in einem Turnier: Dort wird ihr Unterschied an Testpatienten gemessen.',
  'No run of this comparison is {1}.': 'Kein Lauf dieses Vergleichs ist {1}.',
  'Choose two of: {1}.': 'Wählen Sie zwei von: {1}.',
  'runs {1} and {2} were tested on different images': 'die Läufe {1} und {2} wurden an verschiedenen Bildern getestet',

  // Comparisons: what they do
  'Comparing the strategies': 'Die Strategien werden verglichen',
  'Comparing the shares': 'Die Anteile werden verglichen',
  'SVCCA at {=1}, before against after': 'SVCCA, vorher gegen nachher: {1}',
  'Truncated fine-tuning at {1}': 'Training, abgeschnitten nach {1}',
  'The head alone': 'Der Kopf allein',
  'The head and {=1}, frozen up to {2}': 'Der Kopf und {1}, eingefroren bis {2}',
  'Linear probes at {=1}': 'Lineare Sonden: {1}',
  'Rung {#1}: {=2} for {=3}': 'Stufe {1}: {2}, {3}',
  'Seed {#1} of {#2}: {3}': 'Startwert {1} von {2}: {3}',
  'Stage 1: {=1}': 'Stufe 1: {1}',
  'Stage 2: {=1} next to {2}': 'Stufe 2: {1} neben {2}',

  // Comparisons: what they found
  'Validation AUPRC is best with {=1}, {2}.': 'Die AUPRC der Validierung ist am besten mit {1}: {2}.',
  'Validation AUPRC is best with {=1}, {2}; freeing more brought at most {3}.':
    'Die AUPRC der Validierung ist am besten mit {1}: {2}; mehr aufzutauen brachte höchstens {3}.',
  'training the head alone': 'dem Kopf allein',
  'freeing {=1} behind {2}': '{1} aufgetaut hinter {2}',
  '{1} has the best validation AUPRC, {2}, of {=3} trained under as many seeds, out of {#4} tried in short runs and {#5} probed, with about {#6} % of the computing of the two-stage search.':
    '{1} hat die beste AUPRC der Validierung, {2}. Mit ebenso vielen Startwerten trainiert: {3}; in kurzen Läufen versucht: {4}; sondiert: {5}. Rechenaufwand: etwa {6} % der Suche in zwei Stufen.',
  '{1} has the best validation AUPRC, {2}, of {=3} and {=4} next to {5}.':
    '{1} hat die beste AUPRC der Validierung, {2}. Versucht: {3} und, neben {5}, {4}.',
  '{1} has the best validation AUPRC, {2}, of {=3} and {=4} next to {5}; {6} follows with {7}.':
    '{1} hat die beste AUPRC der Validierung, {2}. Versucht: {3} und, neben {5}, {4}; {6} folgt mit {7}.',
  'Feature reuse ends at {1}: SVCCA before against after is {2} there, {3} between random features, and overlaps with them by {4}; {#5} % of the half-samples choose the same cut.':
    'Die Wiederverwendung von Merkmalen endet bei {1}: SVCCA vorher gegen nachher ist dort {2}, zwischen Zufallsmerkmalen {3}, und überlappt mit ihnen zu {4}; {5} % der halben Stichproben wählen denselben Schnitt.',
  'Features are reused at every cut up to {1}: SVCCA before against after is {2} there, {3} between random features, and overlaps with them by {4}; {#5} % of the half-samples choose the same cut.':
    'Merkmale werden an jedem Schnitt bis {1} wiederverwendet: SVCCA vorher gegen nachher ist dort {2}, zwischen Zufallsmerkmalen {3}, und überlappt mit ihnen zu {4}; {5} % der halben Stichproben wählen denselben Schnitt.',
  'Truncated there, validation AUPRC is {1}, against {2} of the whole network fully fine-tuned.':
    'Dort abgeschnitten ist die AUPRC der Validierung {1}, gegen {2} des ganzen, ganz trainierten Netzes.',
  'head alone': 'nur der Kopf',
  '{=1} freed': '{1} aufgetaut',
  blocks: 'Blöcke',
  layers: 'Schichten',
  probe: 'Sonde',
  full: 'ganz',
  truncated: 'abgeschnitten',
  unsupported: 'nicht unterstützt',
  'rung {#1}': 'Stufe {1}',
  'seed {#1}': 'Startwert {1}',
  '{#1} (1 seed)': '{1} (1 Startwert)',
  '{#1} ± {#2} ({#3} seeds)': '{1} ± {2} ({3} Startwerte)',
  'All {#1} runs failed: there is nothing to compare.': 'Alle {1} Läufe schlugen fehl: Es gibt nichts zu vergleichen.',
  'All 1 run failed: there is nothing to compare.': 'Der einzige Lauf schlug fehl: Es gibt nichts zu vergleichen.',
  '{1}, the reference, has no tested run, so that no model can be compared with it.':
    'Die Referenz, „{1}“, hat keinen getesteten Lauf; kein Modell lässt sich mit ihr vergleichen.',
  'Only the reference was run, {=1}: there is nothing to compare it with.':
    'Nur die Referenz wurde trainiert, {1}: Es gibt nichts, womit sie zu vergleichen wäre.',
  '{1} ({2} parameters, AUROC {3})': '{1} ({2} Parameter, AUROC {3})',
  '{#1} ({#2} % interval {3} to {4})': '{1} ({2}-%-Intervall {3} bis {4})',
  'not defined': 'nicht definiert',
  'The smallest model that is non-inferior to {1} is {2}: {3} parameters, {4} of the reference’s {5}; AUROC {6}, a difference of {7} ({#8} to {#9}) where a loss of {10} was allowed, on {11}.':
    'Das kleinste Modell, das „{1}“ nicht unterlegen ist, ist „{2}“: {3} Parameter, {4} von {5} der Referenz; AUROC {6}, Unterschied {7} ({8} bis {9}), wo ein Verlust von {10} erlaubt war; gemessen an: {11}.',
  'The smallest model that is non-inferior to {1} is {2}: {3} parameters, {4} of the reference’s {5}; AUROC {6}, superior by {7} ({#8} to {#9}) where a loss of {10} was allowed, on {11}.':
    'Das kleinste Modell, das „{1}“ nicht unterlegen ist, ist „{2}“: {3} Parameter, {4} von {5} der Referenz; AUROC {6}, überlegen um {7} ({8} bis {9}), wo ein Verlust von {10} erlaubt war; gemessen an: {11}.',
  '{#1} models were compared; this holds after Holm’s correction for all of them.':
    '{1} Modelle wurden verglichen; es gilt auch nach Holms Korrektur für alle.',
  '{#1} models were compared; after Holm’s correction for all of them this no longer holds: confirm it on other {=2}.':
    '{1} Modelle wurden verglichen; nach Holms Korrektur für alle gilt es nicht mehr: Bestätigen Sie es an neuen Daten (andere {2}).',
  'No smaller model is shown to be non-inferior to {=1} with a margin of {2} on {3}: the reference stands.':
    'Von keinem kleineren Modell ist gezeigt, dass es {1} nicht unterlegen ist, mit der Grenze {2} und gemessen an: {3}. Die Referenz bleibt.',
  'None of the models compared is smaller.': 'Keines der verglichenen Modelle ist kleiner.',
  'Superior without being smaller: {1}.': 'Überlegen, ohne kleiner zu sein: {1}.',
  'Of {#1} smaller model: {2}.': 'Kleinere Modelle: {1}; davon {2}.',
  'Of {#1} smaller models: {2}.': 'Kleinere Modelle: {1}; davon {2}.',
  'Of {#1} smaller model: {2}; more {=3} could decide.':
    'Kleinere Modelle: {1}; davon {2}. Mehr {3} könnten es entscheiden.',
  'Of {#1} smaller models: {2}; more {=3} could decide.':
    'Kleinere Modelle: {1}; davon {2}. Mehr {3} könnten es entscheiden.',
  '{#1} inferior': '{1} unterlegen',
  '{#1} inconclusive': '{1} unentschieden',
  '{#1} failed': '{1} fehlgeschlagen',
  '{#1} of {#2} run failed; a model of which a run failed is not called non-inferior.':
    '{1} von {2} Lauf schlug fehl; ein Modell mit fehlgeschlagenem Lauf heißt nicht „nicht unterlegen“.',
  '{#1} of {#2} runs failed; a model of which a run failed is not called non-inferior.':
    '{1} von {2} Läufen fehlgeschlagen; ein Modell mit fehlgeschlagenem Lauf heißt nicht „nicht unterlegen“.',
  'With {1} of the rarest class the intervals are too narrow: take this as a first look.':
    'Seltenste Klasse: {1}. Damit sind die Intervalle zu schmal: Nehmen Sie es als ersten Blick.',
  'But it finds fewer of ‘{1}’: {#2} points of sensitivity less ({#3} to {#4}) at the specificity of the reference.':
    'Doch es findet weniger von „{1}“: {2} Punkte weniger Sensitivität ({3} bis {4}) bei der Spezifität der Referenz.',
  'But it finds fewer of ‘{1}’: {#2} points of sensitivity less ({#3} to {#4}) at the specificity of the reference; not after Holm’s correction for {#5} comparisons of classes.':
    'Doch es findet weniger von „{1}“: {2} Punkte weniger Sensitivität ({3} bis {4}) bei der Spezifität der Referenz; nach Holms Korrektur für {5} Vergleiche von Klassen nicht mehr.',
  'No class is shown to be found less often.': 'Von keiner Klasse ist gezeigt, dass sie seltener gefunden wird.',
  'No class is shown to be found less often; of ‘{1}’ a loss of up to {#2} points of sensitivity is not excluded.':
    'Von keiner Klasse ist gezeigt, dass sie seltener gefunden wird; bei „{1}“ ist ein Verlust von bis zu {2} Punkten Sensitivität nicht ausgeschlossen.',
  'Too few images of ‘{1}’ were tested to say whether fewer of them are found.':
    'Von „{1}“ wurden zu wenige Bilder getestet, um zu sagen, ob davon weniger gefunden werden.',
  'It is wrong {#1} times where the reference is right, and right {#2} times where that is wrong.':
    'Es irrt {1}-mal, wo die Referenz richtig liegt, und liegt {2}-mal richtig, wo diese irrt.',
  'It is wrong {#1} times where the reference is right, and right {#2} times where that is wrong; not more than chance after Holm’s correction.':
    'Es irrt {1}-mal, wo die Referenz richtig liegt, und liegt {2}-mal richtig, wo diese irrt; nach Holms Korrektur nicht mehr als Zufall.',
  'Its probabilities are worse calibrated: the slope of ‘{1}’ is {#2}, that of the reference {#3}.':
    'Seine Wahrscheinlichkeiten sind schlechter kalibriert: Die Steigung von „{1}“ ist {2}, die der Referenz {3}.',
  'No other cut was trained to the end, so that how far the choice is chance is not known, nor how much too good its score is for having been the best.':
    'Kein anderer Schnitt wurde zu Ende trainiert. Wie weit die Wahl Zufall ist, ist darum nicht bekannt, und auch nicht, um wie viel der Wert des Besten zu gut ist.',
  'Each cut was trained to the end under one seed only, so that the noise of the seeds is not known: other cuts may be as good.':
    'Jeder Schnitt wurde nur mit einem Startwert zu Ende trainiert; das Rauschen der Startwerte ist darum nicht bekannt: Andere Schnitte können ebenso gut sein.',
  'Every other cut that was trained to the end is worse beyond the noise of the seeds ({=1}).':
    'Jeder andere zu Ende trainierte Schnitt ist schlechter, als das Rauschen der Startwerte erklärt ({1}).',
  'Not worse beyond the noise of the seeds ({=1}): {2}.':
    'Nicht schlechter, als das Rauschen der Startwerte erklärt ({1}): {2}.',
  '{#1} a run, {#2} degree of freedom': '{1} je Lauf; Freiheitsgrade: {2}',
  '{#1} a run, {#2} degrees of freedom': '{1} je Lauf; Freiheitsgrade: {2}',
  'Of these the chosen cut trains least.': 'Von ihnen trainiert der gewählte am wenigsten.',
  'The chosen cut is the smallest of these.': 'Der gewählte Schnitt ist der kleinste von ihnen.',
  'The one of these that trains least is {1}.': 'Am wenigsten davon trainiert {1}.',
  'The smallest of these is {1}, with {#2} % of the parameters of the chosen one.':
    'Der kleinste davon ist {1}, mit {2} % der Parameter des gewählten.',
  'How much too good its score is for having been the best is not known: predictions of a run are lost.':
    'Um wie viel der Wert des Besten zu gut ist, ist nicht bekannt: Vorhersagen eines Laufs sind verloren.',
  'How much too good its score is for having been the best cannot be told: too few validation images of some class.':
    'Um wie viel der Wert des Besten zu gut ist, lässt sich nicht sagen: zu wenige Validierungsbilder einer Klasse.',
  'Its score of {#1} is that of the best of {#2} cuts; corrected for that it is {#3} (the choice made anew on bootstrap samples of {=4}, the same cut in {#5} % of them).':
    'Sein Wert von {1} ist der des besten von {2} Schnitten; darum berichtigt ist er {3} (die Wahl neu getroffen auf Bootstrap-Stichproben aus {4}, derselbe Schnitt in {5} % davon).',
  'That each run’s best epoch was chosen on the same validation images is not in this correction: on others the score may be lower still.':
    'Dass die beste Epoche jedes Laufs auf denselben Validierungsbildern gewählt wurde, ist darin nicht berichtigt: Auf anderen kann der Wert noch niedriger sein.',
  '{1} from {2}': '{1} aus {2}',
  // Figures
  'The class does not occur.': 'Die Klasse kommt nicht vor.',
  'No other class occurs.': 'Keine andere Klasse kommt vor.',
  'The class was never predicted.': 'Die Klasse wurde nie vorhergesagt.',
  'No other class was ever predicted.': 'Keine andere Klasse wurde je vorhergesagt.',
  'Only one class occurs, or only one was predicted.': 'Nur eine Klasse kommt vor, oder nur eine wurde vorhergesagt.',
  'Only one class occurs, and no other was predicted.':
    'Nur eine Klasse kommt vor, und keine andere wurde vorhergesagt.',
  'None is known to have the label.': 'Von keinem ist bekannt, dass es das Label hat.',
  'None is known to lack the label.': 'Von keinem ist bekannt, dass ihm das Label fehlt.',
  'None was called as having the label.': 'Keinem wurde das Label zugeschrieben.',
  'All were called as having the label.': 'Allen wurde das Label zugeschrieben.',
  'All have the label, or none has it, or all were called alike.':
    'Alle haben das Label, oder keines hat es, oder über alle wurde gleich entschieden.',
  'It is known of none whether it has the label.': 'Von keinem ist bekannt, ob es das Label hat.',
  'There is no label that some are known to have and some to lack.':
    'Es gibt kein Label, von dem bekannt ist, dass einige es haben und es anderen fehlt.',
  'None is known to have one label and lack another.':
    'Von keinem ist bekannt, dass es ein Label hat und ihm ein anderes fehlt.',
  'The classes are in no known order.': 'Die Klassen haben keine bekannte Reihenfolge.',
  'There is no variance to be seen.': 'Keine Streuung ist zu sehen.',
  'It rests on too few cases: there would be no value without one of them.':
    'Es beruht auf zu wenigen Fällen: Ohne einen davon gäbe es keinen Wert.',
  'Two classes are in an order either way: there is nothing to choose.':
    'Zwei Klassen haben immer eine Reihenfolge: Es gibt nichts zu wählen.',
  'An order of the classes names each of them once.': 'Eine Reihenfolge der Klassen nennt jede von ihnen einmal.',

  // What is made for one class an image
  'Probabilities of several labels are not calibrated: a temperature or a line belongs to one of them.':
    'Wahrscheinlichkeiten mehrerer Labels werden nicht kalibriert: Eine Temperatur oder eine Gerade gehört zu einem von ihnen.',
  'Nothing can be promised of several labels at once: a set of classes that holds the true one asks for one class an image.':
    'Für mehrere Labels zugleich lässt sich nichts zusagen: Eine Menge von Klassen, in der die wahre ist, verlangt eine Klasse je Bild.',
  'Labels of which an image may have several are in no order.':
    'Labels, von denen ein Bild mehrere haben kann, haben keine Reihenfolge.',
  'A support vector machine in place of the head is made for one class an image.':
    'Eine Support Vector Machine anstelle des Kopfes ist für eine Klasse je Bild gemacht.',
  'Estimates of transferability are of one class an image.':
    'Schätzungen der Übertragbarkeit gelten für eine Klasse je Bild.',
  'Train a run on one of the labels alone: its column as the class.':
    'Trainieren Sie einen Lauf auf einem der Labels allein: mit seiner Spalte als Klasse.',
} satisfies Phrases;
