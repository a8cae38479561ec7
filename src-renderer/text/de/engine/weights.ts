import type { Phrases } from '../../phrasebook.ts';

const IN_KERAS = "In Python, mit dem Code, der das Modell gebaut hat: model.save_weights('model.weights.h5').";

/** What is said of files of pretrained weights. */
export default {
  "The weights '{1}' cannot be read.": 'Die Gewichte „{1}“ sind nicht lesbar.',
  'Check that the file is there and that you may read it.':
    'Prüfen Sie, ob die Datei da ist und ob Sie sie lesen dürfen.',
  "The weights '{1}' are damaged: {2}.": 'Die Gewichte „{1}“ sind beschädigt: {2}.',
  'Copy or download the file again, and compare its checksum with the published one.':
    'Kopieren oder laden Sie die Datei noch einmal, und vergleichen Sie ihre Prüfsumme mit der veröffentlichten.',
  "'{1}' in '{2}' is stored as {3}, which Cutpoint does not read as weights.":
    '„{1}“ in „{2}“ ist gespeichert als {3}; das liest Cutpoint nicht als Gewichte.',
  'Save the weights as 32-bit floating-point numbers, with torch.save or as safetensors.':
    'Speichern Sie die Gewichte als 32-Bit-Gleitkommazahlen, mit torch.save oder als safetensors.',
  "'{1}' holds no weights called '{2}' for this network.": '„{1}“ enthält für dieses Netz keine Gewichte namens „{2}“.',
  'It holds them as: {1}.': 'Es enthält sie als: {1}.',
  'Look into the file: it names what it holds.': 'Sehen Sie in die Datei: Sie nennt, was sie enthält.',
  "'{1}' cannot be the name of a source.": '„{1}“ kann nicht der Name einer Quelle sein.',
  "Choose another name; 'none' stands for random initialisation.":
    'Wählen Sie einen anderen Namen; „none“ steht für Zufallswerte.',
  'Adding the source was cancelled.': 'Das Hinzufügen der Quelle wurde abgebrochen.',
  "The weights of the source '{1}' are {=2}: the workspace's file '{3}' {=4}, and '{5}', which it was made of, is not where it was or has changed.":
    'Die Gewichte der Quelle „{1}“ sind {2}: Die Datei „{3}“ des Arbeitsbereichs {4}, und „{5}“, woraus sie entstand, ist nicht mehr, wo oder was es war.',
  gone: 'weg',
  damaged: 'beschädigt',
  'is not what was stored': 'ist nicht mehr, was gespeichert wurde',
  "Put '{1}' back where it was, or '{2}' from a backup. Or add the weights again under another name.":
    'Legen Sie „{1}“ zurück, wo es war, oder „{2}“ aus einer Sicherung. Oder fügen Sie die Gewichte unter anderem Namen neu hinzu.',
  'Free some space on the disk of the workspace and try again. What was stored before is unharmed.':
    'Schaffen Sie Platz auf dem Datenträger des Arbeitsbereichs, und versuchen Sie es noch einmal. Was vorher gespeichert war, ist unversehrt.',
  'The disk is full: {1} could not be written.': 'Der Datenträger ist voll: {1} ließ sich nicht schreiben.',
  '{1} could not be written ({2}).': '{1} ließ sich nicht schreiben ({2}).',
  'Check that the disk of the workspace is connected and healthy, and try again.':
    'Prüfen Sie, ob der Datenträger des Arbeitsbereichs verbunden und in Ordnung ist, und versuchen Sie es noch einmal.',

  // Whether they fit
  "By its name, '{1}' holds a network that timm took over from TensorFlow: its parameters are called like those of {2}, but it pads and normalises differently, and would compute something else here.":
    'Dem Namen nach enthält „{1}“ ein Netz, das timm von TensorFlow übernahm: Seine Parameter heißen wie die von {2}, aber es füllt die Ränder und normalisiert anders und rechnete hier etwas anderes.',
  'Use weights whose name does not begin with tf_. If these are none of them, rename the file.':
    'Verwenden Sie Gewichte, deren Name nicht mit tf_ beginnt. Sind es keine davon, so benennen Sie die Datei um.',
  "The weights '{1}' fit more than one backbone: {2}.": 'Die Gewichte „{1}“ passen zu mehr als einem Netz: {2}.',
  "The weights '{1}' do not fit any backbone completely.": 'Die Gewichte „{1}“ passen zu keinem Netz ganz.',
  'Name the backbone that they are for.': 'Nennen Sie das Netz, für das sie sind.',
  'Choose weights that were published for one of the networks that Cutpoint has; with a backbone named, what is missing is listed.':
    'Wählen Sie Gewichte, die für eines der Netze von Cutpoint veröffentlicht wurden; ist ein Netz genannt, wird aufgeführt, was fehlt.',
  "The weights '{1}' do not fit {2}: {#3} of {#4} parameters match.":
    'Die Gewichte „{1}“ passen nicht zu {2}: {3} von {4} Parametern stimmen.',
  '{#1} is missing ({2}).': '{1} fehlt ({2}).',
  '{#1} are missing ({2}).': '{1} fehlen ({2}).',
  '{#1} has another shape ({2}).': '{1} hat eine andere Form ({2}).',
  '{#1} have another shape ({2}).': '{1} haben eine andere Form ({2}).',
  '{1} is {2}, not {3}': '{1} ist {2}, nicht {3}',
  '{#1} more {=2} inside its layers belong to another network ({3}).':
    '{1} weitere {2} in seinen Schichten: von einem anderen Netz ({3}).',
  tensor: 'Tensor',
  tensors: 'Tensoren',
  "Add these weights for the backbone '{1}' instead.": 'Fügen Sie diese Gewichte stattdessen für das Netz „{1}“ hinzu.',
  'Choose weights published for {1} with the layer names of {2}.':
    'Wählen Sie Gewichte, die für {1} mit den Schichtnamen von {2} veröffentlicht wurden.',
  'Choose weights published for {1} with the layer names of {2}, or agree to a partial load: what is missing starts at random values.':
    'Wählen Sie Gewichte, die für {1} mit den Schichtnamen von {2} veröffentlicht wurden, oder laden Sie nur einen Teil: Was fehlt, beginnt mit Zufallswerten.',
  'Batch norms were folded into convolutions when this ONNX file was written, or its layers renamed. Use the weights that it was made from, or export again with training=torch.onnx.TrainingMode.TRAINING and do_constant_folding=False.':
    'Beim Schreiben dieser ONNX-Datei wurden Batch-Normalisierungen in Faltungen aufgenommen oder Schichten umbenannt. Verwenden Sie die Gewichte, aus denen sie entstand, oder exportieren Sie neu mit training=torch.onnx.TrainingMode.TRAINING und do_constant_folding=False.',
  'By its name it is one of several files that hold a network together.':
    'Dem Namen nach ist es eine von mehreren Dateien, die zusammen ein Netz enthalten.',
  'It holds no tensors with names: settings, a state of random numbers, or a frozen program.':
    'Sie enthält keine benannten Tensoren: Einstellungen, einen Zufallszustand, oder ein eingefrorenes Programm.',
  'Its names are not like those of any network that Cutpoint knows.':
    'Ihre Namen gleichen denen keines Netzes, das Cutpoint kennt.',
  'It looks like {=1}.': 'Sie sieht aus wie {1}.',
  "{1} of {2} ('{3}')": '{1} von {2} („{3}“)',
  "a variant or part of {1} of {2} ('{3}')": 'eine Abwandlung oder ein Teil von {1} von {2} („{3}“)',
  'a network for volumes (its convolutions are three-dimensional); Cutpoint has networks for two-dimensional images':
    'ein Netz für Volumen (mit dreidimensionalen Faltungen); Cutpoint hat Netze für zweidimensionale Bilder',
  'a CIFAR {1} (depth {2}, for images of 32 × 32, in stages of {3} channels), for which Cutpoint has no network':
    'ein CIFAR-{1} (Tiefe {2}, für Bilder von 32 × 32, in Stufen von {3} Kanälen), für das Cutpoint kein Netz hat',
  'a CIFAR ResNet-{1} (its first convolution is 3 × 3, for images of 32 × 32), for which Cutpoint has no network':
    'ein CIFAR-ResNet-{1} (erste Faltung 3 × 3, für Bilder von 32 × 32), für das Cutpoint kein Netz hat',
  'a quantised network, whose values are rounded to integers; the weights from before quantisation can be read':
    'ein quantisiertes Netz, dessen Werte auf ganze Zahlen gerundet sind; die Gewichte von davor sind lesbar',
  'a network whose layers are pruned or normalised spectrally; it can be read when it was saved after torch.nn.utils.prune.remove or remove_spectral_norm':
    'ein Netz mit beschnittenen oder spektral normalisierten Schichten; lesbar, wenn es nach torch.nn.utils.prune.remove oder remove_spectral_norm gespeichert wurde',
  'a network whose layers are parametrised anew (weight_norm, spectral_norm); it can be read when it was saved after torch.nn.utils.parametrize.remove_parametrizations or remove_weight_norm':
    'ein Netz mit neu parametrisierten Schichten (weight_norm, spectral_norm); lesbar, wenn es nach torch.nn.utils.parametrize.remove_parametrizations oder remove_weight_norm gespeichert wurde',
  'an EfficientNet of MONAI, for which Cutpoint has no network':
    'ein EfficientNet von MONAI, für das Cutpoint kein Netz hat',
  'an EfficientNet with squeeze and excitation of the package efficientnet_pytorch; of that package Cutpoint reads EfficientNet-Lite, and of B0 to B3 the weights of torchvision, timm or Keras':
    'ein EfficientNet mit Squeeze-and-Excitation aus dem Paket efficientnet_pytorch; von dort liest Cutpoint EfficientNet-Lite, und für B0 bis B3 die Gewichte von torchvision, timm oder Keras',
  'a ResNet or RegNet {=1}': 'ein ResNet oder RegNet {1}',
  'a ConvNeXt {=1}': 'ein ConvNeXt {1}',
  'an EfficientNet or MobileNet {=1}': 'ein EfficientNet oder MobileNet {1}',
  'of Hugging Face Transformers, whose names Cutpoint does not know; timm and torchvision have such networks under names that it knows':
    'aus Hugging Face Transformers, dessen Namen Cutpoint nicht kennt; timm und torchvision haben solche Netze unter bekannten Namen',
  'a segmentation network of segmentation_models_pytorch': 'ein Segmentierungsnetz von segmentation_models_pytorch',
  'a network of MONAI': 'ein Netz von MONAI',
  'a Swin Transformer': 'ein Swin Transformer',
  'a Vision Transformer from timm': 'ein Vision Transformer von timm',
  'a Vision Transformer of torchvision': 'ein Vision Transformer von torchvision',
  'a Vision Transformer from Hugging Face': 'ein Vision Transformer von Hugging Face',
  'a CLIP model': 'ein CLIP-Modell',
  'a language model': 'ein Sprachmodell',
  'an EfficientNet or MobileNet from timm': 'ein EfficientNet oder MobileNet von timm',
  'a network from timm': 'ein Netz von timm',
  'a detection network': 'ein Netz zur Detektion',
  'the state of an optimiser, without the weights': 'der Zustand eines Optimierers, ohne die Gewichte',
  'a U-Net': 'ein U-Net',
  'Keras weights without the names of their layers, of no network that Cutpoint has; as .keras they would have names':
    'Keras-Gewichte ohne Schichtnamen, von keinem Netz, das Cutpoint hat; als .keras hätten sie Namen',
  'a DenseNet': 'ein DenseNet',
  'a residual network': 'ein Residualnetz',
  'a PyTorch network that Cutpoint does not have': 'ein PyTorch-Netz, das Cutpoint nicht hat',
  'a Keras network that Cutpoint does not have': 'ein Keras-Netz, das Cutpoint nicht hat',

  // Files that are none, or not such as are read
  "'{1}' {=2}.": '„{1}“ {2}.',
  "The folder '{1}' {=2}.": 'Der Ordner „{1}“ {2}.',
  'is a pointer of Git LFS, not the weights: the file itself was not fetched':
    'ist ein Verweis von Git LFS, nicht die Gewichte: Die Datei selbst wurde nicht geholt',
  'is a web page, not weights: a sign-in, a confirmation or an error was saved in place of the file':
    'ist eine Webseite, keine Gewichte: Statt der Datei wurde eine Anmeldung, eine Bestätigung oder ein Fehler gespeichert',
  'is an answer of a server in XML, not weights': 'ist die Antwort eines Servers in XML, keine Gewichte',
  'is packed with gzip': 'ist mit gzip gepackt',
  'is packed with bzip2, xz or zstd': 'ist mit bzip2, xz oder zstd gepackt',
  'is a 7-Zip or RAR archive': 'ist ein 7-Zip- oder RAR-Archiv',
  'is a tar archive': 'ist ein tar-Archiv',
  'is a TensorFlow Lite model, made for running: its values may be quantised, and its layers are renamed':
    'ist ein TensorFlow-Lite-Modell zum Ausführen: Seine Werte können quantisiert sein, seine Schichten sind umbenannt',
  'is a GGUF file of a language model': 'ist eine GGUF-Datei eines Sprachmodells',
  'is a TensorRT engine, made for one graphics card': 'ist eine TensorRT-Datei für eine bestimmte Grafikkarte',
  'is a Core ML model': 'ist ein Core-ML-Modell',
  'is a Core ML package': 'ist ein Core-ML-Paket',
  'is a part of a distributed checkpoint of PyTorch, in pieces that every process wrote':
    'ist ein Teil eines verteilten Zwischenstands von PyTorch, den jeder Prozess stückweise schrieb',
  'is a distributed checkpoint of PyTorch, in pieces that every process wrote':
    'ist ein verteilter Zwischenstand von PyTorch, den jeder Prozess stückweise schrieb',
  'is the list of a network that was saved in several files, which Cutpoint does not join':
    'ist die Liste eines Netzes in mehreren Dateien, die Cutpoint nicht zusammenfügt',
  'is the list of Keras weights that were saved in several files, which Cutpoint does not join':
    'ist die Liste von Keras-Gewichten in mehreren Dateien, die Cutpoint nicht zusammenfügt',
  'is a package of a program that torch.package made': 'ist ein Programmpaket von torch.package',
  'is a single NumPy array, not a set of named tensors':
    'ist eine einzelne NumPy-Matrix, keine Menge benannter Tensoren',
  'is an archive of NumPy arrays (.npz), which Cutpoint does not read as weights':
    'ist ein Archiv von NumPy-Matrizen (.npz), das Cutpoint nicht als Gewichte liest',
  'is a program that torch.export saved (.pt2)': 'ist ein Programm, das torch.export gespeichert hat (.pt2)',
  'is a TorchScript archive from before PyTorch 1.4': 'ist ein TorchScript-Archiv von vor PyTorch 1.4',
  'is a zip archive with a TensorFlow SavedModel in it': 'ist ein Zip-Archiv mit einem TensorFlow-SavedModel',
  'is a zip archive around files of weights': 'ist ein Zip-Archiv um Dateien mit Gewichten',
  'is a part of a TensorFlow checkpoint, which Cutpoint does not read':
    'ist ein Teil eines TensorFlow-Zwischenstands, den Cutpoint nicht liest',
  'is a graph of TensorFlow, whose weights lie in other files or are constants in it':
    'ist ein TensorFlow-Graph, dessen Gewichte in anderen Dateien oder als Konstanten darin liegen',
  'is of a framework whose files Cutpoint does not read (Caffe, Darknet, Flax, MXNet, OpenVINO, Paddle, Torch 7)':
    'gehört zu einem Framework, dessen Dateien Cutpoint nicht liest (Caffe, Darknet, Flax, MXNet, OpenVINO, Paddle, Torch 7)',
  'is a Python pickle, of a kind that Cutpoint does not read': 'ist ein Python-Pickle, das Cutpoint so nicht liest',
  'is JSON, and not the model.json of a TensorFlow.js layers model':
    'ist JSON und nicht die model.json eines TensorFlow.js-Schichtenmodells',
  'is an image or a document, not weights': 'ist ein Bild oder ein Dokument, keine Gewichte',
  'is a zip archive without weights that Cutpoint reads': 'ist ein Zip-Archiv ohne Gewichte, die Cutpoint liest',
  'is not in a format of weights that Cutpoint reads': 'hat kein Format von Gewichten, das Cutpoint liest',
  'is a TensorFlow SavedModel, a program with its weights, which Cutpoint does not run':
    'ist ein TensorFlow-SavedModel, ein Programm mit seinen Gewichten, das Cutpoint nicht ausführt',
  'holds a TensorFlow checkpoint, which Cutpoint does not read':
    'enthält einen TensorFlow-Zwischenstand, den Cutpoint nicht liest',
  'holds a network in several files, which Cutpoint does not join':
    'enthält ein Netz in mehreren Dateien, die Cutpoint nicht zusammenfügt',
  'is an unpacked PyTorch checkpoint': 'ist ein entpackter PyTorch-Zwischenstand',
  'holds no weights that Cutpoint reads': 'enthält keine Gewichte, die Cutpoint liest',
  'is not a file of weights': 'ist keine Datei mit Gewichten',
  "In Python, with the code that made the model: model.save_weights('model.weights.h5').": IN_KERAS,
  'Load the checkpoint there first: model.load_weights(…).':
    'Laden Sie dort zuerst den Zwischenstand: model.load_weights(…).',
  'Load them there first: model.load_weights(…).': 'Laden Sie sie dort zuerst: model.load_weights(…).',
  'Where that code is lost, export it as ONNX: python -m tf2onnx.convert --saved-model folder --output model.onnx.':
    'Ist dieser Code verloren, exportieren Sie als ONNX: python -m tf2onnx.convert --saved-model folder --output model.onnx.',
  'Unpack it, and choose the file of weights in it.': 'Entpacken Sie es, und wählen Sie die Datei mit Gewichten darin.',
  'Unpack it (gunzip, or tar xzf), and choose the file of weights in it.':
    'Entpacken Sie es (gunzip, oder tar xzf), und wählen Sie die Datei mit Gewichten darin.',
  'Download the file itself, and compare its checksum with the published one.':
    'Laden Sie die Datei selbst herunter, und vergleichen Sie ihre Prüfsumme mit der veröffentlichten.',
  'Use the weights that it was made from, as PyTorch, Keras, safetensors or ONNX.':
    'Verwenden Sie die Gewichte, aus denen es entstand, als PyTorch, Keras, safetensors oder ONNX.',
  "In Python: torch.save({k: v for part in sorted(glob.glob('folder/*-of-*')) for k, v in load(part).items()}, 'weights.pth'), where load is safetensors.torch.load_file or torch.load.":
    "In Python: torch.save({k: v for part in sorted(glob.glob('folder/*-of-*')) for k, v in load(part).items()}, 'weights.pth'), wobei load safetensors.torch.load_file oder torch.load ist.",
  'In a terminal: python -m torch.distributed.checkpoint.format_utils dcp_to_torch folder weights.pth.':
    'In einem Terminal: python -m torch.distributed.checkpoint.format_utils dcp_to_torch folder weights.pth.',
  'In the repository: git lfs pull. Or download the file from its web page.':
    'Im Repository: git lfs pull. Oder laden Sie die Datei von ihrer Webseite.',
  "In Python, load the model from it, then: torch.save(model.state_dict(), 'weights.pth').":
    "Laden Sie in Python das Modell daraus, dann: torch.save(model.state_dict(), 'weights.pth').",
  "In Python: safetensors.numpy.save_file(dict(numpy.load('weights.npz')), 'weights.safetensors').":
    "In Python: safetensors.numpy.save_file(dict(numpy.load('weights.npz')), 'weights.safetensors').",
  "In Python: torch.save(torch.export.load('model.pt2').state_dict, 'weights.pth').":
    "In Python: torch.save(torch.export.load('model.pt2').state_dict, 'weights.pth').",
  "Open it with a newer PyTorch and save its weights: torch.save(torch.jit.load('old.pt').state_dict(), 'weights.pth').":
    "Öffnen Sie es mit einem neueren PyTorch, und speichern Sie die Gewichte: torch.save(torch.jit.load('old.pt').state_dict(), 'weights.pth').",
  'Convert it to PyTorch, safetensors or ONNX with the tools of that framework.':
    'Wandeln Sie es mit den Werkzeugen dieses Frameworks in PyTorch, safetensors oder ONNX um.',
  'Where you trust whoever made it, open it in Python and save the tensors alone: torch.save({name: torch.as_tensor(value) for name, value in weights.items()}, "weights.pth").':
    'Wenn Sie der Herkunft vertrauen, öffnen Sie es in Python, und speichern Sie nur die Tensoren: torch.save({name: torch.as_tensor(value) for name, value in weights.items()}, "weights.pth").',
  'Choose the file of weights beside it.': 'Wählen Sie die Datei mit Gewichten daneben.',
  'Use a PyTorch checkpoint, safetensors, Keras weights, ONNX, or the model.json of a TensorFlow.js layers model.':
    'Verwenden Sie einen PyTorch-Zwischenstand, safetensors, Keras-Gewichte, ONNX, oder die model.json eines TensorFlow.js-Schichtenmodells.',
  'Choose the .pth or .pt file that it was unpacked from.':
    'Wählen Sie die .pth- oder .pt-Datei, aus der er entpackt wurde.',
  'Choose a file of weights, or the folder that a TensorFlow.js layers model (model.json) lies in.':
    'Wählen Sie eine Datei mit Gewichten, oder den Ordner eines TensorFlow.js-Schichtenmodells (model.json).',
  'Choose a file in it: {1}.': 'Wählen Sie eine Datei darin: {1}.',
  "In Python, with Keras 2 (tf_keras): tf_keras.models.load_model('folder').save_weights('model.weights.h5'). Then add that file.":
    "In Python, mit Keras 2 (tf_keras): tf_keras.models.load_model('folder').save_weights('model.weights.h5'). Fügen Sie dann diese Datei hinzu.",
  "'{1}' is larger than an ONNX file can be (2 GB).": '„{1}“ ist größer, als eine ONNX-Datei sein kann (2 GB).',
  'Save the model with its weights as external data, in a file beside it.':
    'Speichern Sie das Modell mit seinen Gewichten als externe Daten in einer Datei daneben.',
  "The ONNX model '{1}' holds no named weights.": 'Das ONNX-Modell „{1}“ enthält keine benannten Gewichte.',
  'Export the model again with its parameters as initialisers.':
    'Exportieren Sie das Modell noch einmal, mit seinen Parametern als Initializer.',
  "'{1}', which holds weights of '{2}', is not beside it.": '„{1}“ mit Gewichten von „{2}“ liegt nicht daneben.',
  'Copy all files of the ONNX model into one folder.': 'Kopieren Sie alle Dateien des ONNX-Modells in einen Ordner.',
  "'{1}' is JSON, but not a TensorFlow.js model: it lists no weights.":
    '„{1}“ ist JSON, aber kein TensorFlow.js-Modell: Es führt keine Gewichte auf.',
  "Choose the 'model.json' of a TensorFlow.js layers model.":
    'Wählen Sie die „model.json“ eines TensorFlow.js-Schichtenmodells.',
  "The part '{1}' of the weights is not beside '{2}'.": 'Der Teil „{1}“ der Gewichte liegt nicht neben „{2}“.',
  'Copy all files of the TensorFlow.js model into one folder.':
    'Kopieren Sie alle Dateien des TensorFlow.js-Modells in einen Ordner.',
  "'{1}' asks to run '{2}', which weights do not need. Nothing of it was run.":
    '„{1}“ will „{2}“ ausführen, was Gewichte nicht brauchen. Nichts davon wurde ausgeführt.',
  "Where you trust whoever made it, open it in Python and save the tensors alone: torch.save(model.state_dict(), 'weights.pth'), or safetensors.torch.save_file. Where you do not, delete it.":
    "Wenn Sie der Herkunft vertrauen, öffnen Sie sie in Python, und speichern Sie nur die Tensoren: torch.save(model.state_dict(), 'weights.pth'), oder safetensors.torch.save_file. Wenn nicht, löschen Sie sie.",
  "'{1}' carries more beside its weights than Cutpoint reads: records of a training, predictions or arrays of NumPy.":
    '„{1}“ enthält neben den Gewichten mehr, als Cutpoint liest: Aufzeichnungen eines Trainings, Vorhersagen oder NumPy-Matrizen.',
  "In Python, save the tensors alone: torch.save(torch.load('checkpoint.pth', weights_only=False)['state_dict'], 'weights.pth').":
    "Speichern Sie in Python nur die Tensoren: torch.save(torch.load('checkpoint.pth', weights_only=False)['state_dict'], 'weights.pth').",
  "'{1}' was written by a machine with another order of bytes, which Cutpoint does not read.":
    '„{1}“ wurde auf einem Rechner mit anderer Bytefolge geschrieben; das liest Cutpoint nicht.',
  'Open it with PyTorch on any common computer and save it again.':
    'Öffnen Sie sie mit PyTorch auf einem üblichen Rechner, und speichern Sie sie neu.',
  "'{1}' is packed in a way that Cutpoint does not read.": '„{1}“ ist auf eine Art gepackt, die Cutpoint nicht liest.',
  'Save the weights again without encryption and without compression.':
    'Speichern Sie die Gewichte neu, ohne Verschlüsselung und ohne Kompression.',
  // What is damaged about one
  'its pickle multiplies itself': 'das Pickle darin vervielfacht sich',
  'a dictionary is made of something that is not a list': 'ein Wörterbuch entsteht aus etwas, das keine Liste ist',
  'a dictionary is made of something other than pairs': 'ein Wörterbuch entsteht aus etwas anderem als Paaren',
  'its weights are larger than those of any model': 'größer als die Gewichte jedes Modells',
  'its description is longer than that of any model': 'die Beschreibung ist länger als die jedes Modells',
  'its description is not JSON': 'die Beschreibung ist kein JSON',
  'its description is nested without end': 'die Beschreibung ist endlos verschachtelt',
  'it lists no tensors': 'es sind keine Tensoren aufgeführt',
  "'{1}' has no values": '„{1}“ hat keine Werte',
  'the HDF5 library cannot read it': 'die HDF5-Bibliothek kann sie nicht lesen',
  "its 'model_weights' is not a group": '„model_weights“ ist keine Gruppe',
  'its groups are nested without end': 'die Gruppen sind endlos verschachtelt',
  'it lists more than any network has': 'es ist mehr aufgeführt, als ein Netz hat',
  'it is too short for the tensors it lists': 'zu kurz für die aufgeführten Tensoren',
  'no memory for {1} bytes': 'kein Speicher für {1} Byte',
  "'{1}' holds values that are not numbers": '„{1}“ enthält Werte, die keine Zahlen sind',
  "'{1}' holds variances below zero": '„{1}“ enthält Varianzen unter null',
  'the ONNX type {1}': 'der ONNX-Typ {1}',
  'it holds the ONNX type {1}': 'enthalten ist der ONNX-Typ {1}',
  "it lists '{1}' twice": '„{1}“ ist zweimal aufgeführt',
  'it holds a tensor in parts': 'ein Tensor liegt in Teilen vor',
  'it holds a tensor with more axes than any has': 'ein Tensor hat mehr Achsen, als einer haben kann',
  'it holds a tensor without a name': 'ein Tensor hat keinen Namen',
  "'{1}' of shape [{2}] does not fill the bytes it is given": '„{1}“ der Form [{2}] füllt seine Bytes nicht',
  'it holds a tensor of no size': 'ein Tensor hat keine Größe',
  'it holds a name longer than any real one': 'ein Name ist länger als jeder echte',
  'it holds more fields than any network has': 'es sind mehr Felder, als ein Netz hat',
  'it holds a field beyond its message': 'ein Feld reicht über seine Nachricht hinaus',
  'it holds a field without a number': 'ein Feld hat keine Nummer',
  'it holds a field of no kind': 'ein Feld hat keine Art',
  'it holds a number without end': 'eine Zahl endet nicht',
  'more fields than any network has': 'mehr Felder, als ein Netz hat',
  'a field beyond its message': 'ein Feld über seine Nachricht hinaus',
  'a field without a number': 'ein Feld ohne Nummer',
  'a field of no kind': 'ein Feld ohne Art',
  'a number without end': 'eine Zahl ohne Ende',
  "'{1}' is not in '{2}' where it should be": '„{1}“ ist nicht dort in „{2}“, wo es sein müsste',
  "it asks for a file outside its folder ('{1}')": 'eine Datei außerhalb ihres Ordners wird verlangt („{1}“)',
  'not a file': 'keine Datei',
  'the file is empty': 'die Datei ist leer',
  'it holds the instruction 0x{1}, which no checkpoint has': 'die Anweisung 0x{1} kommt in keinem Zwischenstand vor',
  'it has more instructions than any checkpoint': 'mehr Anweisungen, als ein Zwischenstand hat',
  'it holds an integer longer than any real one': 'eine ganze Zahl ist länger als jede echte',
  'it holds an invalid integer': 'eine ganze Zahl ist ungültig',
  'its pickle refers to a value that it never gave': 'das Pickle nennt einen Wert, den es nie gab',
  'it holds an invalid text': 'ein Text ist ungültig',
  'it holds an invalid number': 'eine Zahl ist ungültig',
  'its pickle puts items into something that is not a dictionary':
    'das Pickle legt Einträge in etwas, das kein Wörterbuch ist',
  'its pickle puts items into something that is not a list': 'das Pickle legt Einträge in etwas, das keine Liste ist',
  'its pickle calls without arguments': 'das Pickle ruft etwas ohne Argumente auf',
  'its pickle sets attributes of what has none': 'das Pickle setzt Eigenschaften von etwas ohne solche',
  'its pickle ends early': 'das Pickle endet zu früh',
  'its pickle takes more values than it has given': 'das Pickle nimmt mehr Werte, als es gab',
  'its pickle names nothing': 'das Pickle nennt nichts',
  'its pickle calls what is not a function': 'das Pickle ruft etwas auf, das keine Funktion ist',
  'it ended while it was being read': 'sie endete, während sie gelesen wurde',
  "'{1}' ended while it was being read": '„{1}“ endete beim Lesen',
  'it is too short to have a header': 'zu kurz für einen Kopf',
  'its header reaches beyond its end': 'der Kopf reicht über das Ende hinaus',
  'its header is longer than any real one': 'der Kopf ist länger als jeder echte',
  'its header is not JSON': 'der Kopf ist kein JSON',
  'its header does not describe tensors': 'der Kopf beschreibt keine Tensoren',
  "'{1}' does not begin where the tensor before it ends": '„{1}“ beginnt nicht, wo der Tensor davor endet',
  'its tensors need {1} bytes and it holds {2}': 'die Tensoren brauchen {1} Byte, vorhanden sind {2}',
  "its tensors need {1} bytes and '{2}' hold {3}": 'die Tensoren brauchen {1} Byte, „{2}“ enthält {3}',
  'quantised {1}': 'quantisiert ({1})',
  'it is longer than the description of any model': 'länger als die Beschreibung jedes Modells',
  'it begins like JSON and is not': 'sie beginnt wie JSON und ist keines',
  'its list of weights is not in order': 'die Liste der Gewichte ist nicht in Ordnung',
  "it names a part outside its folder ('{1}')": 'ein Teil außerhalb des Ordners wird genannt („{1}“)',
  'its version is unknown': 'die Version ist unbekannt',
  'it does not say that it was written by a common machine':
    'es steht nicht darin, dass ein üblicher Rechner sie schrieb',
  'its list of storages is not in order': 'die Liste der Speicher ist nicht in Ordnung',
  'a storage has not the size that is said': 'ein Speicher hat nicht die genannte Größe',
  "it calls '{1}'": '„{1}“ wird aufgerufen',
  'it was saved under protocol 0 of pickle, which PyTorch does not read back':
    'mit Protokoll 0 von Pickle gespeichert, das PyTorch nicht zurückliest',
  'it refers to what is not a storage': 'etwas wird genannt, das kein Speicher ist',
  "it describes the storage '{1}' in two ways": 'der Speicher „{1}“ ist auf zwei Arten beschrieben',
  'its containers are nested without end': 'die Behälter sind endlos verschachtelt',
  "the values of '{1}' are not where they should be": 'die Werte von „{1}“ sind nicht, wo sie sein müssten',
  "'{1}' of shape [{2}] is larger than what is stored for it": '„{1}“ der Form [{2}] ist größer als das Gespeicherte',
  'quantised integers': 'quantisierte ganze Zahlen',
  'a sparse tensor': 'ein dünn besetzter Tensor',
  'a shape without values (of the meta device or a wrapper)': 'eine Form ohne Werte (des Meta-Geräts oder einer Hülle)',
  'a lazy view': 'eine aufgeschobene Ansicht',
  'a file within a file (pickle.dump instead of torch.save)':
    'eine Datei in einer Datei (pickle.dump statt torch.save)',
  'a tensor has no storage': 'ein Tensor hat keinen Speicher',
  'a tensor has no shape': 'ein Tensor hat keine Form',
  'a tensor is made in an unknown way': 'ein Tensor entsteht auf unbekannte Art',
  'it holds several checkpoints': 'es sind mehrere Zwischenstände darin',
  'it begins like a zip archive and does not end like one': 'sie beginnt wie ein Zip-Archiv und endet nicht so',
  'its directory lists more than any file of weights has':
    'das Verzeichnis führt mehr auf, als eine Datei mit Gewichten hat',
  "its directory lists '{1}' twice": 'das Verzeichnis führt „{1}“ zweimal auf',
  'unpacked it would be far larger than any file of weights':
    'entpackt wäre sie weit größer als jede Datei mit Gewichten',
  "'{1}' is not where its directory says": '„{1}“ ist nicht, wo das Verzeichnis es nennt',
  'the directory at its end is not in order': 'das Verzeichnis am Ende ist nicht in Ordnung',
  "'{1}' cannot be unpacked": '„{1}“ lässt sich nicht entpacken',
  "'{1}' is not of the size it claims": '„{1}“ hat nicht die angegebene Größe',
  "the checksum of '{1}' is wrong": 'die Prüfsumme von „{1}“ ist falsch',
  'Values from −1 to 1': 'Werte von −1 bis 1',
  'Values from 0 to 1': 'Werte von 0 bis 1',
  'Values from 0 to 255': 'Werte von 0 bis 255',
  'ImageNet mean and standard deviation': 'Mittel und Standardabweichung von ImageNet',
} satisfies Phrases;
