import type { Translation } from '../index.ts';
import type en from '../en/export.ts';

export default {
  title: 'Export',
  lead: 'Eine Datei, die anderswo dasselbe rechnet.',
  leadOf: 'Das Modell von {network}, Epoche {epoch}, als Datei, die anderswo dasselbe rechnet.',
  none: {
    title: 'Noch nichts zu exportieren',
    text: 'Ein Export gehört zu einem Lauf mit mindestens einer fertigen Epoche. Wählen Sie einen, oder trainieren Sie zuerst einen.',
    act: 'Zum Training',
  },
  format: {
    title: 'Format',
    onnx: 'Eine Datei für Python, C++, C#, Java und mehr. Nimmt 8-Bit-RGB-Pixel eines Bildes, {fitted}; die übrige Vorverarbeitung ist in der Datei.',
    tfjs: 'Ein Ordner mit model.json und Gewichten, für Webseiten und Node.',
    keras: 'Ein .keras-Archiv mit Netz und Gewichten, für keras.models.load_model.',
    kerasH5: 'Netz und Gewichte im älteren HDF5-Aufbau, für Keras 2 und 3.',
    safetensors: 'Nur die Gewichte, unter den Namen der Schichten des veröffentlichten Netzes, für PyTorch und andere.',
  },
  fitted: {
    letterbox: 'mit Rändern auf {size} × {size} px gebracht',
    stretch: 'auf {size} × {size} px gestreckt',
    crop: 'auf {size} × {size} px beschnitten',
  },
  numbers: {
    label: 'Zahlen',
    hint: 'Mit weniger Bits ändern sich Wahrscheinlichkeiten ein wenig; wie sehr, und was es mit der Genauigkeit macht, wird gemessen und festgehalten.',
    float32: '32 Bit: dieselben Zahlen wie hier',
    float16: '16 Bit: halbe Größe',
    int8: '8 Bit: ein Viertel der Größe',
  },
  fold: {
    label: 'Batch-Normalisierung in die Faltungen aufnehmen',
    about: 'Weniger Schritte, dasselbe Ergebnis. So lässt sich das Netz nicht weiter trainieren.',
  },
  anySize: {
    label: 'Bilder jeder Größe annehmen',
    about:
      'Die Größe wird in der Datei geändert, ein Bild nach dem anderen, mit derselben Rechnung wie hier. Verglichen wird ab den ursprünglichen Pixeln, an so vielen zurückgehaltenen Bildern, wie eine Minute erlaubt.',
  },
  speed: {
    label: 'Geschwindigkeit auf diesem Rechner messen',
    about:
      'Misst dieses Netz und das ungekürzte, für das Zertifikat. Zuerst wird das Modell geschrieben und geprüft; dies dauert bis zu einige Minuten länger.',
  },
  destination: {
    label: 'Ziel',
    file: 'Pfad der Datei, die geschrieben wird.',
    folder: 'Pfad des Ordners, der geschrieben wird.',
  },
  act: 'Exportieren',
  checked:
    'Jeder Export wird an zurückgehaltenen Bildern ausgeführt und mit dieser Anwendung verglichen. Mit 32 Bit wird er abgelehnt, wenn eine Wahrscheinlichkeit um mehr als 0,0001 abweicht. Modellkarte und Zertifikat werden daneben geschrieben.',
  carried: {
    export: {
      calibration: 'Beim Lauf behalten, und Teil der Datei: {method}.',
      threshold:
        'Beim Lauf behalten, in Karte und Zertifikat festgehalten: „{class}“ ab {threshold} der Wahrscheinlichkeit, wie das Netz sie gibt.',
    },
    maps: {
      calibration:
        'Die Wahrscheinlichkeiten neben den Karten sind die des Netzes selbst; beim Lauf behalten: {method}.',
      threshold:
        'Die Klasse neben einer Karte ist die wahrscheinlichste; beim Lauf behalten: „{class}“ ab {threshold} ihrer Wahrscheinlichkeit.',
    },
  },
  writing: 'Der Export wird geschrieben',
  kept: 'Diese Datei wurde geschrieben und geprüft',
  again: 'Noch einmal schreiben',
  exists: {
    title: 'Den früheren Export ersetzen?',
    text: '{path} ist ein früherer Export dieses Laufs. Wird er ersetzt, dann auch seine Karte und sein Zertifikat.',
    act: 'Ersetzen',
  },
  done: 'Exportiert nach {path}.',
  record: {
    label: 'Export nach {format}',
    path: 'Geschrieben nach',
    certificate: 'Zertifikat',
    card: 'Modellkarte',
    copyHash: 'Prüfsumme kopieren',
    copied: 'Die Prüfsumme ist in der Zwischenablage.',
    show: 'Im Ordner zeigen',
    notShown: 'Der Ordner lässt sich von hier nicht öffnen: {path}',
    read: 'Karte lesen',
    readCertificate: 'Zertifikat lesen',
    try: 'Ausprobieren',
  },
  latency: {
    caption: 'Zeit auf diesem Rechner: Median von {runs} Durchgängen, {threads}, {runtime}',
    threads: '{n} Thread | {n} Threads',
    batch: 'Bilder zugleich',
    here: 'Dieses Netz',
    full: 'Ungekürztes Netz',
    share: 'Anteil',
    none: 'nicht gemessen',
  },
  variant: {
    float32: '32 Bit',
    float16: '16 Bit',
    int8: '8 Bit',
    fold: 'Batch-Normalisierung aufgenommen',
    anySize: 'Bilder jeder Größe',
  },
  verdict: {
    same: 'Rechnet dasselbe wie diese Anwendung',
    decides: 'Entscheidet gleich bei {images}',
    differs: 'Entscheidet anders bei {n} von {images}',
    testImages: '{n} Testbild | {n} Testbildern',
  },
  facts: {
    size: 'Größe',
    onDisk: 'auf der Platte',
    here: 'hier {value}',
    largest: 'Größte Abweichung',
    largestOf: 'einer Wahrscheinlichkeit',
    largestWhole: 'einer Wahrscheinlichkeit, ab den ursprünglichen Pixeln',
    limit: '{what}; Grenze {value}',
    network: 'Netz allein',
    prepared: 'an {n} vorbereiteten Bild | an {n} vorbereiteten Bildern',
    mean: 'Mittlere Abweichung',
    compared: 'Verglichen an',
    heldOut: 'zurückgehalten; ausgeführt von {runtime}',
    heldOutOf: 'von {of} zurückgehaltenen; ausgeführt von {runtime}',
    stored: 'Gegen gespeicherte Ergebnisse',
    storedOn: '{n} zurückgehaltenes Bild | {n} zurückgehaltene Bilder',
    written: 'Geschrieben',
    accuracy: 'Genauigkeit',
  },
  try: {
    title: '{name} ausprobieren',
    lead: 'Ein Bild geht durch die exportierte Datei und durch diese Anwendung; ihre Antworten stehen nebeneinander.',
    drop: 'Ein Bild hierher ziehen',
    path: 'Pfad eines Bildes',
    own: 'Ein Validierungsbild nehmen',
    act: 'Ausprobieren',
    running: 'Beide werden gefragt …',
    class: 'Klasse',
    exported: 'Exportierte Datei',
    application: 'Diese Anwendung',
    difference: 'Abweichung',
    agrees: 'Beide sagen „{class}“; die größte Abweichung ist {value}.',
    differs: 'Die Datei sagt „{exported}“, diese Anwendung „{application}“; die größte Abweichung ist {value}.',
    by: 'Die Datei wurde von {runtime} ausgeführt.',
    calibrated: 'Kalibriert, wie es beim Export mit dem Lauf behalten war: {method}.',
  },
  data: 'Der Export enthält Gewichte, Namen der Klassen und wie das Modell entstand; kein Bild, kein Dateiname und keine Kennung von Patienten. Einige zurückgehaltene Bilder werden zur Prüfung gelesen.',
} satisfies Translation<typeof en>;
