import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';

/**
 * Files and folders that people take for weights, or that are weights in a form that Cutpoint does not read: what they
 * are, and a way on.
 */
interface Foreign {
  /** By the first bytes, the name in small letters, and the names in a zip archive's directory. */
  is(head: Buffer, name: string, entries: readonly string[]): boolean;
  what: string;
  remedy: string;
}

const IN_KERAS = "In Python, with the code that made the model: model.save_weights('model.weights.h5').";
const UNPACK = 'Unpack it, and choose the file of weights in it.';
const DOWNLOAD = 'Download the file itself, and compare its checksum with the published one.';
const SOURCE = 'Use the weights that it was made from, as PyTorch, Keras, safetensors or ONNX.';

const begins = (...bytes: readonly (string | readonly number[])[]): Foreign['is'] => {
  const signatures = bytes.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(each)));
  return (head) => signatures.some((signature) => head.subarray(0, signature.length).equals(signature));
};
const at =
  (position: number, text: string): Foreign['is'] =>
  (head) =>
    head.toString('latin1', position, position + text.length) === text;
const called =
  (pattern: RegExp): Foreign['is'] =>
  (_head, name) =>
    pattern.test(name);
const holds =
  (pattern: RegExp): Foreign['is'] =>
  (_head, _name, entries) =>
    entries.some((entry) => pattern.test(entry));

/** How a network is joined that was saved in parts, `model-00001-of-00003.safetensors`. */
export const JOIN =
  "In Python: torch.save({k: v for part in sorted(glob.glob('folder/*-of-*')) for k, v in load(part).items()}, 'weights.pth'), where load is safetensors.torch.load_file or torch.load.";

/** Whether a file, by its name, is one of several that hold a network together. */
export const isPart = (path: string): boolean => /[._-]\d{5}-of-\d{5}\.\w+$/.test(path);

const DISTRIBUTED = {
  what: 'a distributed checkpoint of PyTorch, in pieces that every process wrote',
  remedy: 'In a terminal: python -m torch.distributed.checkpoint.format_utils dcp_to_torch folder weights.pth.',
};

const TENSORFLOW_CHECKPOINT = {
  what: 'is a part of a TensorFlow checkpoint, which Cutpoint does not read',
  remedy: `${IN_KERAS} Load the checkpoint there first: model.load_weights(…).`,
};

/** The first that fits counts. */
const FOREIGN: readonly Foreign[] = [
  {
    is: begins('version https://git-lfs'),
    what: 'is a pointer of Git LFS, not the weights: the file itself was not fetched',
    remedy: 'In the repository: git lfs pull. Or download the file from its web page.',
  },
  {
    is: (head) => /^\s*(<!doctype html|<html|<head|<\?xml[^>]*>\s*<!doctype html)/i.test(head.toString('latin1')),
    what: 'is a web page, not weights: a sign-in, a confirmation or an error was saved in place of the file',
    remedy: DOWNLOAD,
  },
  { is: begins('<?xml', '<Error>'), what: 'is an answer of a server in XML, not weights', remedy: DOWNLOAD },
  {
    is: begins([0x1f, 0x8b]),
    what: 'is packed with gzip',
    remedy: 'Unpack it (gunzip, or tar xzf), and choose the file of weights in it.',
  },
  {
    is: begins('BZh', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], [0x28, 0xb5, 0x2f, 0xfd]),
    what: 'is packed with bzip2, xz or zstd',
    remedy: UNPACK,
  },
  { is: begins("7z\xbc\xaf'\x1c", 'Rar!'), what: 'is a 7-Zip or RAR archive', remedy: UNPACK },
  { is: at(257, 'ustar'), what: 'is a tar archive', remedy: UNPACK },
  {
    is: at(4, 'TFL3'),
    what: 'is a TensorFlow Lite model, made for running: its values may be quantised, and its layers are renamed',
    remedy: SOURCE,
  },
  { is: begins('GGUF'), what: 'is a GGUF file of a language model', remedy: SOURCE },
  { is: begins('ftrt', 'ptrt'), what: 'is a TensorRT engine, made for one graphics card', remedy: SOURCE },
  { is: called(/\.(engine|plan|trt)$/), what: 'is a TensorRT engine, made for one graphics card', remedy: SOURCE },
  { is: called(/\.(mlmodel|mlpackage|mlmodelc)$/), what: 'is a Core ML model', remedy: SOURCE },
  { is: holds(/\.mlmodel$/), what: 'is a Core ML package', remedy: SOURCE },
  { is: called(/\.distcp$/), what: `is a part of ${DISTRIBUTED.what}`, remedy: DISTRIBUTED.remedy },
  {
    is: called(/\.index\.json$/),
    what: 'is the list of a network that was saved in several files, which Cutpoint does not join',
    remedy: JOIN,
  },
  {
    is: called(/\.weights\.json$/),
    what: 'is the list of Keras weights that were saved in several files, which Cutpoint does not join',
    remedy: `${IN_KERAS} Load them there first: model.load_weights(…).`,
  },
  {
    is: holds(/\.data\/(extern_modules|python_version)$/),
    what: 'is a package of a program that torch.package made',
    remedy: "In Python, load the model from it, then: torch.save(model.state_dict(), 'weights.pth').",
  },
  { is: begins('\x93NUMPY'), what: 'is a single NumPy array, not a set of named tensors', remedy: SOURCE },
  {
    is: holds(/\.npy$/),
    what: 'is an archive of NumPy arrays (.npz), which Cutpoint does not read as weights',
    remedy: "In Python: safetensors.numpy.save_file(dict(numpy.load('weights.npz')), 'weights.safetensors').",
  },
  {
    is: holds(/(^|\/)(serialized_exported_program\.json|models\/model\.json|archive_format|aotinductor\/)/),
    what: 'is a program that torch.export saved (.pt2)',
    remedy: "In Python: torch.save(torch.export.load('model.pt2').state_dict, 'weights.pth').",
  },
  {
    is: holds(/(^|\/)tensors\/\d+$/),
    what: 'is a TorchScript archive from before PyTorch 1.4',
    remedy: `Open it with a newer PyTorch and save its weights: torch.save(torch.jit.load('old.pt').state_dict(), 'weights.pth').`,
  },
  {
    is: holds(/(^|\/)saved_model\.pb$/),
    what: 'is a zip archive with a TensorFlow SavedModel in it',
    remedy: IN_KERAS,
  },
  {
    is: holds(/\.(pth?|pth\.tar|ckpt|safetensors|h5|hdf5|keras|onnx|bin)$/i),
    what: 'is a zip archive around files of weights',
    remedy: UNPACK,
  },
  { is: called(/\.(index|meta|data-\d+-of-\d+)$/), ...TENSORFLOW_CHECKPOINT },
  { is: called(/^checkpoint$/), ...TENSORFLOW_CHECKPOINT },
  {
    is: called(/(^|[._-])(saved_model|frozen_inference_graph|graph|keras_metadata).*\.pb(txt)?$|\.pb$/),
    what: 'is a graph of TensorFlow, whose weights lie in other files or are constants in it',
    remedy: IN_KERAS,
  },
  {
    is: called(/\.(param|params|pdparams|pdiparams|caffemodel|prototxt|t7|weights|msgpack|xml)$/),
    what: 'is of a framework whose files Cutpoint does not read (Caffe, Darknet, Flax, MXNet, OpenVINO, Paddle, Torch 7)',
    remedy: 'Convert it to PyTorch, safetensors or ONNX with the tools of that framework.',
  },
  {
    is: (head) =>
      (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) ||
      /^(\(dp|\(lp|\}q|ccollections\n|c__builtin__\n|ccopy_reg\n|cnumpy)/.test(head.toString('latin1', 0, 40)),
    what: 'is a Python pickle, of a kind that Cutpoint does not read',
    remedy:
      'Where you trust whoever made it, open it in Python and save the tensors alone: torch.save({name: torch.as_tensor(value) for name, value in weights.items()}, "weights.pth").',
  },
  {
    is: begins('{'),
    what: 'is JSON, and not the model.json of a TensorFlow.js layers model',
    remedy: 'Choose the file of weights beside it.',
  },
  {
    is: begins('\x89PNG', [0xff, 0xd8, 0xff], '%PDF', 'GIF8'),
    what: 'is an image or a document, not weights',
    remedy: DOWNLOAD,
  },
];

/** Why a file is of no format that Cutpoint reads, and what to do. */
export function unknownFormat(path: string, head: Buffer, entries: readonly string[]): CutpointError {
  const name = basename(path);
  const known = FOREIGN.find(({ is }) => is(head, name.toLowerCase(), entries));
  const what =
    known?.what ??
    (entries.length > 0
      ? 'is a zip archive without weights that Cutpoint reads'
      : 'is not in a format of weights that Cutpoint reads');
  return new CutpointError('WEIGHTS_FORMAT_UNKNOWN', `'${name}' ${what}.`, {
    remedy:
      known?.remedy ??
      'Use a PyTorch checkpoint, safetensors, Keras weights, ONNX, or the model.json of a TensorFlow.js layers model.',
  });
}

/** Names of files of weights, as folders of Hugging Face, Keras and Lightning hold them. */
const WEIGHTS = /\.(safetensors|pth?|pth\.tar|ckpt|bin|h5|hdf5|keras|onnx)$/i;

/** How many files of a folder a message lists. */
const LISTED = 5;

/**
 * The file that a folder stands for: the `model.json` of a TensorFlow.js model.
 * @throws CutpointError WEIGHTS_FORMAT_UNKNOWN for a folder that holds weights in another form
 */
export async function fileInFolder(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.includes('model.json')) return join(folder, 'model.json');
  const refuse = (what: string, remedy: string) =>
    new CutpointError('WEIGHTS_FORMAT_UNKNOWN', `The folder '${basename(folder)}' ${what}.`, { remedy });
  if (names.some((name) => /^saved_model\.pb(txt)?$/.test(name))) {
    throw refuse(
      'is a TensorFlow SavedModel, a program with its weights, which Cutpoint does not run',
      savedModelRemedy(names),
    );
  }
  if (names.some((name) => /\.data-\d+-of-\d+$/.test(name))) {
    throw refuse('holds a TensorFlow checkpoint, which Cutpoint does not read', TENSORFLOW_CHECKPOINT.remedy);
  }
  if (names.some((name) => name.endsWith('.distcp'))) throw refuse(`is ${DISTRIBUTED.what}`, DISTRIBUTED.remedy);
  if (names.some(isPart)) throw refuse('holds a network in several files, which Cutpoint does not join', JOIN);
  if (names.some((name) => /\.mlmodelc?$|^Manifest\.json$/.test(name))) throw refuse('is a Core ML package', SOURCE);
  if (names.includes('version') && names.includes('data.pkl')) {
    throw refuse('is an unpacked PyTorch checkpoint', 'Choose the .pth or .pt file that it was unpacked from.');
  }
  const files = names.filter((name) => WEIGHTS.test(name)).sort();
  if (files.length === 0) {
    throw refuse(
      'holds no weights that Cutpoint reads',
      'Choose a file of weights, or the folder that a TensorFlow.js layers model (model.json) lies in.',
    );
  }
  throw refuse(
    'is not a file of weights',
    `Choose a file in it: ${files.slice(0, LISTED).join(', ')}${files.length > LISTED ? ', …' : ''}.`,
  );
}

/** Keras writes its notes beside the graph; without them the graph has functions alone. */
function savedModelRemedy(names: readonly string[]): string {
  return names.includes('keras_metadata.pb')
    ? "In Python, with Keras 2 (tf_keras): tf_keras.models.load_model('folder').save_weights('model.weights.h5'). Then add that file."
    : `${IN_KERAS} Where that code is lost, export it as ONNX: python -m tf2onnx.convert --saved-model folder --output model.onnx.`;
}
