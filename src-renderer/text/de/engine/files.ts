import type { Phrases } from '../../phrasebook.ts';

const DONE = {
  'was created': 'wurde angelegt',
  'was renamed': 'wurde umbenannt',
  'was removed': 'wurde entfernt',
  'was imported': 'wurde importiert',
  'waits for its turn': 'wartet',
  'began to train': 'hat zu trainieren begonnen',
  'was paused': 'wurde angehalten',
  'was interrupted': 'wurde unterbrochen',
  'was stopped': 'wurde beendet',
  'is complete': 'ist abgeschlossen',
  failed: 'ist fehlgeschlagen',
  'was measured': 'wurde gemessen',
  'was exported': 'wurde exportiert',
  'got another batch size': 'hat eine andere Stapelgröße bekommen',
  'continues with smaller batches: more did not fit into memory':
    'geht mit kleineren Stapeln weiter: Mehr passte nicht in den Speicher',
  'got another threshold, or none': 'hat einen anderen Schwellenwert bekommen, oder keinen',
  'got another order of its classes': 'hat eine andere Reihenfolge der Klassen bekommen',
  'is to become a source, or no longer': 'soll eine Quelle werden, oder nicht mehr',
  'was added': 'wurde hinzugefügt',
  'was restored': 'wurde wiederhergestellt',
  'was read': 'wurde gelesen',
  'was found in another folder': 'wurde in einem anderen Ordner gefunden',
  'continues from its best epoch': 'geht von der besten Epoche aus weiter',
  'continues from the epochs of a shorter run': 'geht von den Epochen eines kürzeren Laufs aus weiter',
};

/** What is said of the workspace, its store, archives, exports, downloads and the programs that run. */
export default {
  // Archives of studies
  "There is already a file '{1}'.": 'Es gibt schon eine Datei „{1}“.',
  'Choose another name, or say that it may be replaced.':
    'Wählen Sie einen anderen Namen, oder erlauben Sie, sie zu ersetzen.',
  '{1} of this study is {=2}.': '{1} dieser Studie ist {2}.',
  'Wait until it has ended, or stop it. Then archive the study.':
    'Warten Sie, bis es zu Ende ist, oder beenden Sie es. Archivieren Sie dann die Studie.',
  'Remove what is damaged, or restore a backup. Then archive the study.':
    'Entfernen Sie, was beschädigt ist, oder stellen Sie eine Sicherung wieder her. Archivieren Sie dann die Studie.',
  "The disk is full: the archive could not be written to '{1}'.":
    'Der Datenträger ist voll: Das Archiv ließ sich nicht nach „{1}“ schreiben.',
  'Free some space, or choose another disk. Nothing was left behind.':
    'Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger. Nichts blieb zurück.',
  "The archive could not be written to '{1}' ({2}).": 'Das Archiv ließ sich nicht nach „{1}“ schreiben ({2}).',
  'Choose a folder in which you may create files. Nothing was left behind.':
    'Wählen Sie einen Ordner, in dem Sie Dateien anlegen dürfen. Nichts blieb zurück.',
  "'{1}' was written by a newer version of Cutpoint.":
    '„{1}“ wurde von einer neueren Version von Cutpoint geschrieben.',
  'Install the newer version. Nothing was changed.': 'Installieren Sie die neuere Version. Nichts wurde geändert.',
  "'{1}' cannot be read ({2}).": '„{1}“ ist nicht lesbar ({2}).',
  'Check its path, and whether you may read it.': 'Prüfen Sie den Pfad, und ob Sie sie lesen dürfen.',
  "'{1}' cannot be imported: {=2}.": '„{1}“ lässt sich nicht importieren: {2}.',
  'Nothing was changed. Copy the file once more, or archive the study again.':
    'Nichts wurde geändert. Kopieren Sie die Datei noch einmal, oder archivieren Sie die Studie neu.',
  'it is not a file': 'es ist keine Datei',
  'it does not hold one study': 'es enthält nicht genau eine Studie',
  'it is no zip archive, or its end is missing': 'es ist kein Zip-Archiv, oder das Ende fehlt',
  'it is no archive of a study': 'es ist kein Archiv einer Studie',
  'its rows contradict one another': 'die Zeilen darin widersprechen sich',
  "it has rows of '{1}', which no study has": 'es hat Zeilen von „{1}“, die keine Studie hat',
  "'{1}' belongs to no run": '„{1}“ gehört zu keinem Lauf',
  "'{1}' is not what it was": '„{1}“ ist nicht mehr, was es war',
  "'{1}' is missing, or not as long as it was": '„{1}“ fehlt oder hat eine andere Länge',
  "'{1}' cannot be read": '„{1}“ ist nicht lesbar',

  // The catalogue and downloads
  "The catalogue of pretrained weights has no entry '{1}'.":
    'Das Verzeichnis vortrainierter Gewichte hat keinen Eintrag „{1}“.',
  '`cutpoint catalogue` lists the entries.': 'Die Einträge stehen unter „Netz“ im Verzeichnis.',
  "This is not the file '{1}' of '{2}': its SHA-256 is {3}…, where {4} was published.":
    'Das ist nicht die Datei „{1}“ von „{2}“: Ihr SHA-256 ist {3}…, veröffentlicht ist {4}.',
  'It was cut short or changed on its way, or it is another file. Obtain it again, or add it without naming an entry of the catalogue.':
    'Sie wurde unterwegs abgeschnitten oder geändert, oder es ist eine andere. Beschaffen Sie sie noch einmal, oder fügen Sie sie ohne Eintrag des Verzeichnisses hinzu.',
  "The downloaded file '{1}' is not the published one: its SHA-256 does not agree.":
    'Die geladene Datei „{1}“ ist nicht die veröffentlichte: Ihr SHA-256 stimmt nicht.',
  'It was discarded. Try again; if it happens again, the publisher now has another file there.':
    'Sie wurde verworfen. Versuchen Sie es noch einmal; geschieht es wieder, so liegt dort jetzt eine andere Datei.',
  'See the page of this entry for where the file is now.':
    'Wo die Datei jetzt liegt, steht auf der Seite dieses Eintrags.',
  'Try again: what has arrived is kept. Or obtain the file on another machine, copy it here and add it from disk.':
    'Versuchen Sie es noch einmal: Was angekommen ist, bleibt. Oder beschaffen Sie die Datei auf einem anderen Rechner, kopieren Sie sie hierher, und fügen Sie sie als Datei hinzu.',
  'The download was stopped.': 'Das Herunterladen wurde angehalten.',
  'What has arrived is kept: the next download continues from there.':
    'Was angekommen ist, bleibt: Das nächste Herunterladen geht dort weiter.',
  'The disk is full: {1} could not be stored.': 'Der Datenträger ist voll: {1} ließ sich nicht speichern.',
  'Free some space on the disk of the workspace and try again: what has arrived is kept.':
    'Schaffen Sie Platz auf dem Datenträger des Arbeitsbereichs, und versuchen Sie es noch einmal: Was angekommen ist, bleibt.',
  'Cutpoint may not write {1} into its folder.': 'Cutpoint darf {1} nicht in den Ordner schreiben.',
  'Give yourself permission to write there, or choose another workspace.':
    'Geben Sie sich dort Schreibrechte, oder wählen Sie einen anderen Arbeitsbereich.',
  "'{1}' could not be downloaded: {=2}.": '„{1}“ ließ sich nicht herunterladen: {2}.',
  'the connection ended after {1} of {2} bytes': 'die Verbindung endete nach {1} von {2} Byte',
  "the address '{1}//{2}' is not an encrypted one (https)": 'die Adresse „{1}//{2}“ ist nicht verschlüsselt (https)',
  'the server answered {1}': 'der Server antwortete {1}',
  'the server answered {#1}: the file is not there any more':
    'der Server antwortete {1}: Die Datei ist nicht mehr dort',
  'the server kept redirecting the request': 'der Server leitete die Anfrage immer weiter um',
  'the server sent a part of the file that was not asked for':
    'der Server sandte einen Teil, nach dem nicht gefragt war',
  'the server stopped answering': 'der Server antwortete nicht mehr',
  'the server cannot be reached from this machine ({1})':
    'der Server ist von diesem Rechner aus nicht zu erreichen ({1})',
  'it has {1} bytes or more, where at most {2} were expected':
    'sie hat {1} Byte oder mehr, höchstens {2} waren erwartet',
  "'{1}' is being downloaded already.": '„{1}“ wird schon heruntergeladen.',
  'Wait until that has ended.': 'Warten Sie, bis das zu Ende ist.',
  "'{1}' is not offered for download.": '„{1}“ wird nicht zum Herunterladen angeboten.',
  'See {1} for how to obtain it, then add the file from disk.':
    'Wie sie zu bekommen ist, steht unter {1}; fügen Sie die Datei dann hinzu.',

  // Exports
  "'{1}' exists already and {=2}.": '„{1}“ gibt es schon: {2}.',
  'is damaged: to which run it belongs cannot be told': 'beschädigt, zu welchem Lauf es gehört, lässt sich nicht sagen',
  'is not of an earlier export of this run': 'nicht von einem früheren Export dieses Laufs',
  'Choose another name, or remove what is there.':
    'Wählen Sie einen anderen Namen, oder entfernen Sie, was dort liegt.',
  "The model cannot be written to '{1}' ({2}).": 'Das Modell lässt sich nicht nach „{1}“ schreiben ({2}).',
  "'{1}' is a folder, but the model is to be a file.": '„{1}“ ist ein Ordner, das Modell soll aber eine Datei werden.',
  "'{1}' exists already and is not an earlier export of this run.":
    '„{1}“ gibt es schon und ist kein früherer Export dieses Laufs.',
  "'{1}' is a file, but a TensorFlow.js model needs a folder.":
    '„{1}“ ist eine Datei, ein TensorFlow.js-Modell braucht aber einen Ordner.',
  "The folder '{1}' is not empty, and holds more than an earlier export of this run.":
    'Der Ordner „{1}“ ist nicht leer und enthält mehr als einen früheren Export dieses Laufs.',
  "'{1}' exists already; it is an earlier export of this run.":
    '„{1}“ gibt es schon; es ist ein früherer Export dieses Laufs.',
  'Choose another name, or have it replaced (--overwrite).':
    'Wählen Sie einen anderen Namen, oder lassen Sie ihn ersetzen.',
  "There is neither a model card nor a certificate beside '{1}'.":
    'Neben „{1}“ liegt weder Modellkarte noch Zertifikat.',
  'Export the run again.': 'Exportieren Sie den Lauf noch einmal.',
  'Check that you may read it.': 'Prüfen Sie, ob Sie sie lesen dürfen.',
  'Export in another format, and report this with the log file of the workspace.':
    'Exportieren Sie in einem anderen Format, und melden Sie dies mit der Protokolldatei des Arbeitsbereichs.',
  'Export with another precision, and report this with the log file of the workspace.':
    'Exportieren Sie mit anderer Genauigkeit, und melden Sie dies mit der Protokolldatei des Arbeitsbereichs.',
  "'{1}' pads more of its windows than Keras and TensorFlow.js can.":
    '„{1}“ füllt mehr Ränder seiner Fenster auf, als Keras und TensorFlow.js es können.',
  'Export this network as ONNX.': 'Exportieren Sie dieses Netz als ONNX.',
  'Only an ONNX file can have {=1}.': 'Das kann nur eine ONNX-Datei haben: {1}.',
  'precision {1}': 'Genauigkeit {1}',
  'merged batch normalisation': 'zusammengefasste Batch-Normalisierung',
  'images of any size': 'Bilder jeder Größe',
  'Export as ONNX, or leave these options out.': 'Exportieren Sie als ONNX, oder lassen Sie diese Optionen weg.',
  "The disk is full: nothing could be written to '{1}'.":
    'Der Datenträger ist voll: Nach „{1}“ ließ sich nichts schreiben.',
  'Free some space, or write to another disk. Nothing was left behind.':
    'Schaffen Sie Platz, oder schreiben Sie auf einen anderen Datenträger. Nichts blieb zurück.',
  "Nothing could be written to '{1}' ({2}).": 'Nach „{1}“ ließ sich nichts schreiben ({2}).',
  'The stored test results of run {1} do not agree with its stored predictions: one of the two is damaged.':
    'Die gespeicherten Testergebnisse des Laufs {1} passen nicht zu seinen gespeicherten Vorhersagen: Eines von beiden ist beschädigt.',
  'Nothing was changed. Restore cutpoint.db from a backup, or measure the run again (under Results, or `cutpoint evaluate RUN --again`).':
    'Nichts wurde geändert. Stellen Sie cutpoint.db aus einer Sicherung wieder her, oder messen Sie den Lauf unter „Ergebnisse“ noch einmal.',
  'The model was not exported: on {#1} held-out images the network of run {2} no longer gives the predictions that were stored with it. Probabilities differ by up to {3}, {4} is accepted; {5} decisions change.':
    'Das Modell wurde nicht exportiert: An {1} zurückgehaltenen Bildern gibt das Netz des Laufs {2} nicht mehr die gespeicherten Vorhersagen. Wahrscheinlichkeiten unterscheiden sich um bis zu {3}, zulässig ist {4}; geänderte Entscheidungen: {5}.',
  'Its stored results are of another network, or of images prepared in another way: its checkpoint is damaged, or an earlier version of Cutpoint tested it. Measure the run again (under Results, or `cutpoint evaluate RUN --again`) and see whether the numbers are as they were; if not, restore the checkpoint from a backup, or train again with the same plan and seed.':
    'Die gespeicherten Ergebnisse sind von einem anderen Netz oder von anders vorbereiteten Bildern: Der Zwischenstand ist beschädigt, oder eine frühere Version von Cutpoint hat getestet. Messen Sie den Lauf unter „Ergebnisse“ noch einmal, und sehen Sie, ob die Zahlen dieselben sind; wenn nicht, stellen Sie den Zwischenstand aus einer Sicherung wieder her, oder trainieren Sie noch einmal mit demselben Plan und Startwert.',
  'The exported model was not kept: {=1}.': 'Das exportierte Modell wurde nicht behalten: {1}.',
  'it gives no probabilities at all for some images': 'für einige Bilder gibt es gar keine Wahrscheinlichkeiten',
  'it gives the same probabilities for every image': 'es gibt für jedes Bild dieselben Wahrscheinlichkeiten',
  "The exported model was not kept: on {#1} images its probabilities differ from Cutpoint's by up to {2} and {3} decisions change; {4} and none are accepted.":
    'Das exportierte Modell wurde nicht behalten: An {1} Bildern unterscheiden sich seine Wahrscheinlichkeiten um bis zu {2} von denen Cutpoints, und {3} Entscheidungen ändern sich; zulässig sind {4} und keine.',
  "The exported model was not kept: on {#1} images at their own size its probabilities differ from Cutpoint's by up to {2} and {3} decisions change; {4} and none are accepted.":
    'Das exportierte Modell wurde nicht behalten: An {1} Bildern in eigener Größe unterscheiden sich seine Wahrscheinlichkeiten um bis zu {2} von denen Cutpoints, und {3} Entscheidungen ändern sich; zulässig sind {4} und keine.',
  'Gathering what was measured': 'Gemessenes wird zusammengetragen',
  'Looking at the errors': 'Die Fehler werden angesehen',
  'Making a few maps, and checking them': 'Einige Karten werden gemacht und geprüft',
  'Writing the report': 'Der Bericht wird geschrieben',
  'Printing it to PDF': 'Er wird als PDF gedruckt',
  'There is no Chromium here to print with. Open the report in a browser and print it to PDF there.':
    'Hier ist kein Chromium, das drucken könnte. Öffnen Sie den Bericht in einem Browser und drucken Sie ihn dort als PDF.',
  'The browser did not print it. Open the report in a browser and print it to PDF there.':
    'Der Browser hat ihn nicht gedruckt. Öffnen Sie den Bericht in einem Browser und drucken Sie ihn dort als PDF.',
  'The run {1} has nothing to report yet: no epoch is finished.':
    'Über den Lauf {1} ist noch nichts zu berichten: Keine Epoche ist beendet.',
  'The comparison {1} has nothing to report yet: no epoch is finished.':
    'Über den Vergleich {1} ist noch nichts zu berichten: Keine Epoche ist beendet.',
  'Predicting held-out images': 'Zurückgehaltene Bilder werden vorhergesagt',
  'Writing the {=1} and comparing it with the application': '{1} wird geschrieben und mit der Anwendung verglichen',
  'ONNX file': 'ONNX-Datei',
  'TensorFlow.js model': 'TensorFlow.js-Modell',
  'Keras archive': 'Keras-Archiv',
  'Keras HDF5 file': 'Keras-HDF5-Datei',
  'safetensors file': 'safetensors-Datei',
  'Testing the file with fewer bits: {#1} of {#2} images':
    'Die Datei mit weniger Bits wird geprüft: {1} von {2} Bildern',
  'Comparing images at their own size: {#1} of {#2} images':
    'Bilder in eigener Größe werden verglichen: {1} von {2} Bildern',
  "The model file '{1}' cannot be read.": 'Die Modelldatei „{1}“ ist nicht lesbar.',
  'Check the path, and that you may read the file.': 'Prüfen Sie den Pfad, und ob Sie die Datei lesen dürfen.',
  'Choose a run of this workspace, or an ONNX file that Cutpoint exported.':
    'Wählen Sie einen Lauf dieses Arbeitsbereichs, oder eine ONNX-Datei, die Cutpoint exportiert hat.',
  'Choose a run of this workspace, or an ONNX file or TensorFlow.js folder that Cutpoint exported.':
    'Wählen Sie einen Lauf dieses Arbeitsbereichs, oder eine ONNX-Datei oder einen TensorFlow.js-Ordner, den Cutpoint exportiert hat.',
  "'{1}' cannot be used as a model.": '„{1}“ ist nicht als Modell verwendbar.',
  "'{1}' cannot be used as a model: {=2}.": '„{1}“ ist nicht als Modell verwendbar: {2}.',
  'its network is damaged': 'das Netz ist beschädigt',
  "it has no output '{1}'": 'es hat keine Ausgabe „{1}“',
  "its network holds an operation '{1}', which may run without end":
    'das Netz enthält eine Operation „{1}“, die ohne Ende laufen kann',
  'it holds functions of its own': 'es enthält eigene Funktionen',
  'it is not an ONNX file, or it is damaged': 'es ist keine ONNX-Datei, oder sie ist beschädigt',
  'it does not say which classes it distinguishes and how images must be prepared for it':
    'es sagt nicht, welche Klassen es unterscheidet und wie Bilder vorzubereiten sind',
  'its description of classes and images is damaged': 'seine Beschreibung der Klassen und Bilder ist beschädigt',
  'it gave no answer in {1} seconds': 'es gab in {1} Sekunden keine Antwort',
  'it ended the process that ran it, as a lack of memory does':
    'es beendete den Prozess, in dem es lief, wie Mangel an Speicher es tut',
  "The model '{1}' is damaged, or was changed after its export: {=2}.":
    'Das Modell „{1}“ ist beschädigt oder wurde nach dem Export geändert: {2}.',
  'the checksum inside it does not agree': 'die Prüfsumme darin stimmt nicht',
  'it is not the file that the certificate beside it was written for':
    'es ist nicht die Datei, für die das Zertifikat daneben geschrieben wurde',
  "'{1}' was written by an earlier version of Cutpoint, without a checksum of itself, and no certificate is beside it: whether it is damaged cannot be told.":
    '„{1}“ wurde von einer früheren Version von Cutpoint ohne eigene Prüfsumme geschrieben, und kein Zertifikat liegt daneben: Ob es beschädigt ist, lässt sich nicht sagen.',
  'Export the run again, or copy the file again from an undamaged copy.':
    'Exportieren Sie den Lauf noch einmal, oder kopieren Sie die Datei neu von einer unbeschädigten Kopie.',

  // Removing and cleaning
  'The comparison {1} keeps the numbers of its runs, without their networks.':
    'Der Vergleich {1} behält die Zahlen seiner Läufe, ohne ihre Netze.',
  "The source '{1}' comes with Cutpoint, and would be back at the next start.":
    'Die Quelle „{1}“ gehört zu Cutpoint und wäre beim nächsten Start wieder da.',
  'Exported files stay where they are; {#1} of them are forgotten here.':
    'Exportierte Dateien bleiben, wo sie sind; {1} davon werden hier vergessen.',
  'Lists of images to which nothing else refers are removed too, and all decoded images; your images stay.':
    'Listen von Bildern, auf die sich sonst nichts bezieht, werden mit entfernt, ebenso alle dekodierten Bilder; Ihre Bilder bleiben.',
  'Backups that were made before still hold what is removed.':
    'Sicherungen von vorher enthalten weiterhin, was entfernt wird.',
  "There is no {=1} '{2}' in this workspace.": 'In diesem Arbeitsbereich gibt es das nicht: {1} „{2}“.',
  'There is none at all.': 'Es gibt keinen einzigen Eintrag.',
  'There are {1}.': 'Es gibt {1}.',
  study: 'Studie',
  run: 'Lauf',
  comparison: 'Vergleich',
  source: 'Quelle',
  dataset: 'Liste von Bildern',
  export: 'Export',
  job: 'Auftrag',
  '{1} has not ended.': '{1} ist noch nicht zu Ende.',
  '{1} is training, or waits for its turn.': '{1} trainiert oder wartet.',
  'Stop it first, or wait until it has ended.': 'Beenden Sie es zuerst, oder warten Sie, bis es zu Ende ist.',
  'The {=1} {2} is needed by {=3}.': '{1} {2} wird gebraucht von {3}.',
  '{#1} run ({2})': '{1} Lauf ({2})',
  '{#1} runs ({2})': '{1} Läufen ({2})',
  '{#1} comparison ({2})': '{1} Vergleich ({2})',
  '{#1} comparisons ({2})': '{1} Vergleichen ({2})',
  '{#1} {2} ({3}) and {#4} {5} ({6})': '{1} {2} ({3}) und {4} {5} ({6})',
  'Nothing was removed. Remove these too (`--with-runs`), or keep it.':
    'Nichts wurde entfernt. Entfernen Sie auch diese, oder behalten Sie es.',
  'The run {1} is part of the comparison {2}, which is {=3}.':
    'Der Lauf {1} gehört zum Vergleich {2}; dessen Zustand: {3}.',
  'Remove the comparison with its runs (`cutpoint remove comparison {1} --with-runs`), or resume it first.':
    'Entfernen Sie den Vergleich mit seinen Läufen (Befehlszeile: `cutpoint remove comparison {1} --with-runs`), oder setzen Sie ihn zuerst fort.',
  'written since the engine started': 'seit dem Start geschrieben',
  'a run that is training reads it': 'ein laufendes Training liest es',
  'it is open': 'es ist geöffnet',
  'runs were trained on it': 'Läufe wurden daran trainiert',
  results: 'Ergebnisse',
  'networks of runs': 'Netze von Läufen',
  'pretrained weights': 'Vortrainierte Gewichte',
  'decoded images and activations': 'Dekodierte Bilder und Aktivierungen',
  'what was read of images': 'Was von Bildern gelesen wurde',
  'copies of dropped folders and unpacked archives': 'Kopien abgelegter Ordner und entpackte Archive',
  'downloaded files': 'Heruntergeladene Dateien',
  backups: 'Sicherungen',
  'exported files': 'Exportierte Dateien',
  'sample data': 'Beispieldaten',
  logs: 'Protokolle',
  'files of the window': 'Dateien des Fensters',
  'what windows in a browser are let in by': 'womit Fenster im Browser eingelassen werden',
  'other files': 'Andere Dateien',

  // The workspace and its store
  'Free some space, or choose a folder on a larger disk. Nothing half-written was left.':
    'Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem größeren Datenträger. Nichts halb Geschriebenes blieb zurück.',
  'There is no permission to store {1} there.': '{1} darf dort nicht gespeichert werden.',
  'Choose another folder, or ask for permission to write to this one.':
    'Wählen Sie einen anderen Ordner, oder bitten Sie für diesen um Schreibrechte.',
  'the decoded images': 'die dekodierten Bilder',
  'the output of the frozen layers': 'die Ausgabe der eingefrorenen Schichten',
  "'{1}' is among the files that the workspace works with.":
    '„{1}“ gehört zu den Dateien, mit denen der Arbeitsbereich arbeitet.',
  'Choose a folder outside of the workspace, best on another disk, or its folder `backups`.':
    'Wählen Sie einen Ordner außerhalb des Arbeitsbereichs, am besten auf einem anderen Datenträger, oder seinen Ordner `backups`.',
  "There is no file '{1}'.": 'Es gibt keine Datei „{1}“.',
  'Check its path.': 'Prüfen Sie den Pfad.',
  "'{1}' is not a file.": '„{1}“ ist keine Datei.',
  'Name a file that `cutpoint backup` has written.': 'Nennen Sie eine Datei, die als Sicherung geschrieben wurde.',
  "'{1}' cannot serve as a backup: {=2}.": '„{1}“ taugt nicht als Sicherung: {2}.',
  'it is not a store of Cutpoint': 'es ist kein Speicher von Cutpoint',
  'it is damaged': 'es ist beschädigt',
  'it cannot be read as a database': 'es ist nicht als Datenbank lesbar',
  'Nothing was changed. Choose another file.': 'Nichts wurde geändert. Wählen Sie eine andere Datei.',
  "The disk is full: the backup could not be written to '{1}'.":
    'Der Datenträger ist voll: Die Sicherung ließ sich nicht nach „{1}“ schreiben.',
  "The backup could not be written to '{1}' ({2}).": 'Die Sicherung ließ sich nicht nach „{1}“ schreiben ({2}).',
  'Choose a folder that exists, in which you may create files.':
    'Wählen Sie einen vorhandenen Ordner, in dem Sie Dateien anlegen dürfen.',
  'The stored {1} is damaged and cannot be read.': 'Gespeichertes ist beschädigt und nicht lesbar: {1}.',
  'Nothing was changed. `cutpoint remove` removes a damaged entry; `cutpoint restore FILE` replaces all results with a backup.':
    'Nichts wurde geändert. Ein beschädigter Eintrag lässt sich entfernen; `cutpoint restore DATEI` ersetzt alle Ergebnisse durch eine Sicherung.',
  "The disk that holds the workspace '{1}' is full.": 'Der Datenträger des Arbeitsbereichs „{1}“ ist voll.',
  'Free some space, then try again. What was stored before is undamaged.':
    'Schaffen Sie Platz, und versuchen Sie es noch einmal. Was vorher gespeichert war, ist unversehrt.',
  "Cutpoint cannot write to the workspace '{1}'.": 'Cutpoint kann nicht in den Arbeitsbereich „{1}“ schreiben.',
  "Another program is using the results stored in '{1}'.": 'Ein anderes Programm benutzt die Ergebnisse in „{1}“.',
  'Close it, then try again.': 'Schließen Sie es, und versuchen Sie es noch einmal.',
  "The results stored in '{1}' are damaged and cannot be read.":
    'Die Ergebnisse in „{1}“ sind beschädigt und nicht lesbar.',
  'A stored row is damaged and cannot be read.': 'Eine gespeicherte Zeile ist beschädigt und nicht lesbar.',
  'The stored report on these images is damaged: what was found in them can no longer be said.':
    'Der gespeicherte Bericht über diese Bilder ist beschädigt: Was in ihnen gefunden wurde, lässt sich nicht mehr sagen.',
  "The workspace '{1}' is in use by another Cutpoint engine.":
    'Den Arbeitsbereich „{1}“ benutzt ein anderes laufendes Cutpoint.',
  "The workspace '{1}' is in use by another Cutpoint engine (process {#2}).":
    'Den Arbeitsbereich „{1}“ benutzt ein anderes laufendes Cutpoint (Prozess {2}).',
  'Close the other Cutpoint window or command, or choose another workspace.':
    'Schließen Sie das andere Fenster oder den Befehl, oder wählen Sie einen anderen Arbeitsbereich.',
  "The workspace '{1}' was written by a newer version of Cutpoint.":
    'Der Arbeitsbereich „{1}“ wurde von einer neueren Version von Cutpoint geschrieben.',
  'Install the newer version, or choose another workspace. Nothing was changed.':
    'Installieren Sie die neuere Version, oder wählen Sie einen anderen Arbeitsbereich. Nichts wurde geändert.',
  'The {1} was written by a newer version of Cutpoint.': 'Von einer neueren Version von Cutpoint geschrieben: {1}.',
  'plan of run {1}': 'der Plan des Laufs {1}',
  'plan of comparison {1}': 'der Plan des Vergleichs {1}',
  'Install the newer version to look at it. Nothing was changed.':
    'Installieren Sie die neuere Version, um es anzusehen. Nichts wurde geändert.',
  "The workspace '{1}' belongs to another user of this machine (user {2}), who can read and change what is in it.":
    'Der Arbeitsbereich „{1}“ gehört jemand anderem auf diesem Rechner (Benutzer {2}), der ihn lesen und ändern kann.',
  "Other users of this machine may read the workspace '{1}': its permissions cannot be changed here.":
    'Andere auf diesem Rechner dürfen den Arbeitsbereich „{1}“ lesen: Seine Rechte lassen sich hier nicht ändern.',
  'The permissions of {1} in the workspace cannot be changed, or lead elsewhere.':
    'Die Rechte von {1} im Arbeitsbereich lassen sich nicht ändern oder führen anderswohin.',
  "Other users of this machine may write to '{1}', and so replace the workspace in it.":
    'Andere auf diesem Rechner dürfen in „{1}“ schreiben und so den Arbeitsbereich darin ersetzen.',
  'Patients may be identifiable from a workspace: keep it in a folder of your own.':
    'Aus einem Arbeitsbereich können Patienten erkennbar sein: Legen Sie ihn in einen eigenen Ordner.',
  "The file of the results, '{1}', {=2}.": 'Die Datei der Ergebnisse, „{1}“, {2}.',
  "is missing, but there is '{1}', which came with one": 'fehlt, aber es gibt „{1}“, das zu einer gehörte',
  'is empty (0 bytes)': 'ist leer (0 Byte)',
  'is not a database': 'ist keine Datenbank',
  'was cut off ({#1} bytes are left)': 'wurde abgeschnitten ({1} Byte sind übrig)',
  'Nothing was changed. Put a backup back with `cutpoint restore FILE` (earlier states are in the folder `backups` of the workspace), or choose another workspace.':
    'Nichts wurde geändert. Spielen Sie eine Sicherung mit `cutpoint restore DATEI` zurück (frühere Stände liegen im Ordner `backups` des Arbeitsbereichs), oder wählen Sie einen anderen Arbeitsbereich.',
  "There is no job '{1}' in this workspace.": 'Es gibt keinen Auftrag „{1}“ in diesem Arbeitsbereich.',
  "There is no study '{1}' in this workspace.": 'Es gibt keine Studie „{1}“ in diesem Arbeitsbereich.',
  'There is none yet.': 'Es gibt noch keine.',
  'The last that were opened are {1}.': 'Zuletzt geöffnet wurden {1}.',
  'Cutpoint was closed before this was done.': 'Cutpoint wurde geschlossen, bevor dies fertig war.',
  'Cutpoint was closed, or its engine ended, before this was done.':
    'Cutpoint wurde geschlossen oder endete, bevor dies fertig war.',
  'Start it again.': 'Beginnen Sie es noch einmal.',

  // Programs and connections
  'The engine ended unexpectedly ({1}).': 'Der Rechenkern endete unerwartet ({1}).',
  'The engine ended unexpectedly.': 'Der Rechenkern endete unerwartet.',
  'The process that computes ended unexpectedly ({1}).': 'Der rechnende Prozess endete unerwartet ({1}).',
  'The process that reads files ended unexpectedly ({1}).': 'Der Prozess, der Dateien liest, endete unerwartet ({1}).',
  'signal {1}': 'Signal {1}',
  'exit status {1}': 'Status {1}',
  'The system ended a program because memory ran out.':
    'Das System hat ein Programm beendet, weil der Speicher ausging.',
  'Unless somebody ended it, memory is the likely cause.':
    'Wenn ihn niemand beendet hat, lag es wahrscheinlich am Speicher.',
  'If it happens again, close other programs or train with a smaller batch.':
    'Geschieht es wieder, so schließen Sie andere Programme, oder trainieren Sie mit kleineren Stapeln.',
  'The engine has been restarted; resume the run.': 'Der Rechenkern wurde neu gestartet; setzen Sie den Lauf fort.',
  'Everything else continues. Resume the run, or try again.':
    'Alles andere geht weiter. Setzen Sie den Lauf fort, oder versuchen Sie es noch einmal.',
  'Everything else continues. Try again; if it happens again, one of the files may be the cause.':
    'Alles andere geht weiter. Versuchen Sie es noch einmal; geschieht es wieder, so ist vielleicht eine der Dateien der Grund.',
  'No other program can join this engine ({1}).': 'Kein anderes Programm kann sich verbinden ({1}).',
  'It ended several times in a row and is not started again. Run `cutpoint doctor`, then start Cutpoint again.':
    'Er endete mehrmals nacheinander und wird nicht wieder gestartet. Führen Sie `cutpoint doctor` aus, und starten Sie Cutpoint neu.',
  'Cutpoint is closing.': 'Cutpoint wird geschlossen.',
  'its folder is not closed to others': 'der Ordner ist nicht gegen andere geschlossen',
  refused: 'abgewiesen',
  'cutpoint.db is an SQLite database of another program':
    'cutpoint.db ist eine SQLite-Datenbank eines anderen Programms',
  'it is not what was stored': 'es ist nicht, was gespeichert wurde',
  'The engine process could not be started: {1}.': 'Der Rechenkern ließ sich nicht starten: {1}.',
  'Close other programs or restart the computer, then start Cutpoint again.':
    'Schließen Sie andere Programme, oder starten Sie den Rechner neu; starten Sie dann Cutpoint.',
  'The thread ended with status {1} before it answered.': 'Der Prozess endete mit Status {1}, bevor er antwortete.',
  'Progress of a task arrived out of order.': 'Der Fortschritt einer Aufgabe kam in falscher Reihenfolge an.',
  'The connection to the engine was closed.': 'Die Verbindung zum Rechenkern wurde geschlossen.',
  'The task was cancelled.': 'Die Aufgabe wurde abgebrochen.',
  'The connection to the engine was lost.': 'Die Verbindung zum Rechenkern ging verloren.',
  'Reload the window; if that does not help, start Cutpoint again. Finished epochs are kept.':
    'Laden Sie das Fenster neu; hilft das nicht, so starten Sie Cutpoint neu. Beendete Epochen bleiben erhalten.',
  "The engine has no method '{1}'.": 'Der Rechenkern kennt „{1}“ nicht.',
  'The window and the engine are of different versions: restart Cutpoint.':
    'Fenster und Rechenkern sind von verschiedenen Versionen: Starten Sie Cutpoint neu.',
  'The {1} does not keep to the contract: {2}.': 'Etwas hält sich nicht an die Vereinbarung ({1}): {2}.',
  'Cutpoint met an error it did not expect: {1}': 'Cutpoint stieß auf einen unerwarteten Fehler: {1}',
  'Nothing stored was changed. Please report this with the log file of the workspace.':
    'Nichts Gespeichertes wurde geändert. Bitte melden Sie dies mit der Protokolldatei des Arbeitsbereichs.',

  'The engine stopped unexpectedly. Every finished epoch is kept.':
    'Der Rechenkern endete unerwartet. Jede beendete Epoche ist erhalten.',
  'This window has no connection to Cutpoint.': 'Dieses Fenster hat keine Verbindung zu Cutpoint.',
  'Check that Cutpoint still runs where you started it, and open the link it printed; `cutpoint serve --link` prints a new one. Finished epochs are kept.':
    'Prüfen Sie, ob Cutpoint noch läuft, wo Sie es gestartet haben, und öffnen Sie den ausgegebenen Link; `cutpoint serve --link` gibt einen neuen aus. Beendete Epochen bleiben erhalten.',
  'This page was not opened by a link of Cutpoint, or the link was another.':
    'Diese Seite wurde nicht über einen Link von Cutpoint geöffnet, oder es war ein anderer.',
  'Run `cutpoint serve --link` where Cutpoint runs, and open the link that it prints.':
    'Führen Sie `cutpoint serve --link` aus, wo Cutpoint läuft, und öffnen Sie den ausgegebenen Link.',
  'This window is not connected to Cutpoint.': 'Dieses Fenster ist nicht mit Cutpoint verbunden.',
  'Check that Cutpoint is still running, then load this page again.':
    'Prüfen Sie, ob Cutpoint noch läuft, und laden Sie diese Seite neu.',
  'What was dropped holds no files.': 'Was abgelegt wurde, enthält keine Dateien.',
  'Drop a folder of images.': 'Legen Sie einen Ordner mit Bildern ab.',
  'A dropped file could not be handed over (HTTP status {1}).':
    'Eine abgelegte Datei ließ sich nicht übergeben (HTTP-Status {1}).',
  'Enter the path of the folder instead.': 'Geben Sie stattdessen den Pfad des Ordners ein.',

  // Jobs
  'Reading of {1}': '{1} lesen',
  'Latency of {1}': 'Latenz von {1}',
  'Probe of {1}': 'Sonde durch {1}',
  'Probe of {1} on {2}': 'Sonde durch {1} an {2}',
  'Estimates of {#1} source of {2} on {3}': 'Schätzungen für {1} Quelle von {2} an {3}',
  'Estimates of {#1} sources of {2} on {3}': 'Schätzungen für {1} Quellen von {2} an {3}',
  'Similarity of {1} and {2}': 'Ähnlichkeit von {1} und {2}',
  'Movement of the weights of run {1}': 'Bewegung der Gewichte von Lauf {1}',
  '{#1} map of run {2}': '{1} Karte von Lauf {2}',
  '{#1} maps of run {2}': '{1} Karten von Lauf {2}',
  'Check of {=1} of run {2}': 'Prüfung von Lauf {2}: {1}',
  'Maps of run {1} against the findings in {2}': 'Karten von Lauf {1} gegen die Befunde in {2}',
  'Filters of {1}': 'Filter von {1}',
  'Evaluation of run {1} on {2}': 'Messung von Lauf {1} an {2}',
  'Test of run {1}, once more': 'Test von Lauf {1}, noch einmal',
  '{1} against {2} in comparison {3}': '{1} gegen {2} in Vergleich {3}',
  'Export of run {1} to {2}': 'Export von Lauf {1} nach {2}',
  'Report in {1}': 'Bericht in {1}',
  'Download of {1}': '{1} herunterladen',
  'Archive of study {1} in {2}': 'Archiv der Studie {1} in {2}',
  'Import of {1}': 'Import von {1}',
  'Tournament of {1}': 'Turnier von {1}',
  'Search of {1}': 'Suche von {1}',
  'Learning curve of {1}': 'Lernkurve von {1}',

  // What was done
  'The test figures of run {1} were looked at.': 'Die Testzahlen des Laufs {1} wurden angesehen.',
  'The test figures of comparison {1} were looked at.': 'Die Testzahlen des Vergleichs {1} wurden angesehen.',
  ...did({ study: 'Die Studie', run: 'Der Lauf', comparison: 'Der Vergleich', source: 'Die Quelle' }),
  ...did({
    'list of images': 'Die Liste von Bildern',
    'record of an export': 'Der Eintrag eines Exports',
    job: 'Der Auftrag',
  }),
  'There is no ‘{1}’ among the {2}.': 'Unter „{2}“ gibt es kein ‚{1}‘.',
  'Nothing was removed. `cutpoint clean --dry-run` lists what there is.':
    'Es wurde nichts entfernt. `cutpoint clean --dry-run` führt auf, was es gibt.',
  'The folder {1} is not a workspace of Cutpoint.': 'Der Ordner {1} ist kein Arbeitsbereich von Cutpoint.',
  'The folder is not that of the workspace that is open here.':
    'Der Ordner ist nicht der des hier geöffneten Arbeitsbereichs.',
  'Nothing was removed. Name the folder that is shown under Disk use.':
    'Nichts wurde entfernt. Nennen Sie den Ordner, der unter „Belegter Platz“ steht.',
  'Something trains, waits or is computed in this workspace.':
    'In diesem Arbeitsbereich trainiert, wartet oder rechnet noch etwas.',
  'Nothing was removed. Stop it, or let it end, and erase the workspace then.':
    'Nichts wurde entfernt. Halten Sie es an oder lassen Sie es enden, und löschen Sie den Arbeitsbereich danach.',
  'Another program works with this workspace.': 'Ein anderes Programm arbeitet mit diesem Arbeitsbereich.',
  'Nothing was removed. End the commands that run in a terminal, and erase the workspace then.':
    'Nichts wurde entfernt. Beenden Sie die Befehle, die in einem Terminal laufen, und löschen Sie den Arbeitsbereich danach.',
  'The engine begins anew.': 'Der Rechenkern beginnt neu.',
  'Nothing was removed. Name the workspace with --workspace.':
    'Es wurde nichts entfernt. Nennen Sie den Arbeitsbereich mit --workspace.',
} satisfies Phrases;

/** `The run {1} was created.` and so on, for each thing that the log tells of. */
function did(nouns: Readonly<Record<string, string>>): Phrases {
  return Object.fromEntries(
    Object.entries(nouns).flatMap(([english, german]) =>
      Object.entries(DONE).map(([verb, words]) => [`The ${english} {1} ${verb}.`, `${german} {1} ${words}.`]),
    ),
  );
}
