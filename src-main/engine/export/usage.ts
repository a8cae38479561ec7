import type { Certificate } from '../../contract/certificate.ts';
import { labelThresholds } from '../../contract/decision.ts';
import type { ExportFormat } from '../../contract/model.ts';

/** @param file its name as a text of the language */
type Usage = (file: string, certificate: Certificate) => { language: string; lines: readonly string[] };

const usages: Readonly<Record<ExportFormat, Usage>> = {
  onnx: (file, { options }) => ({
    language: 'python',
    lines: [
      'import onnxruntime',
      `session = onnxruntime.InferenceSession(${file})`,
      `images = ${options.anySize ? "np.asarray(levels('picture.png'))[None]" : "prepare(levels('picture.png'))[None]"}  # uint8, [n, height, width, 3], RGB`,
      "probabilities, = session.run(None, {'image': images})",
    ],
  }),
  tfjs: (file) => ({
    language: 'js',
    lines: [
      "import * as tf from '@tensorflow/tfjs';",
      `const model = await tf.loadLayersModel(${file} + '/model.json');`,
      '// images: float32, [n, height, width, 3], RGB from 0 to 255',
      'const probabilities = model.predict(images);',
    ],
  }),
  keras: (file) => ({
    language: 'python',
    lines: [
      'import keras',
      `model = keras.models.load_model(${file})`,
      "images = prepare(levels('picture.png'))[None]  # [n, height, width, 3], RGB from 0 to 255",
      'probabilities = model.predict(images)',
    ],
  }),
  'keras-h5': (file) => ({
    language: 'python',
    lines: [
      'import keras',
      `model = keras.models.load_model(${file}, compile=False)`,
      "images = prepare(levels('picture.png'))[None]  # [n, height, width, 3], RGB from 0 to 255",
      'probabilities = model.predict(images)',
    ],
  }),
  safetensors: (file, { model }) => ({
    language: 'python',
    lines: [
      'from safetensors.torch import load_file',
      `weights = load_file(${file})`,
      `# ${model.backbone}${model.cut === null ? '' : `, the layers up to ${model.cut}`}; the head is 'head_dense'.`,
      `# Weights alone: preprocessing and ${model.classifier === 'svm' && model.classes.length > 2 ? 'log σ with softmax' : (model.outputs ?? 'softmax')} are not in the file.`,
    ],
  }),
};

/** Lines of Markdown that show how an exported file is run. */
export function usage(certificate: Certificate, format: ExportFormat): string[] {
  const { language, lines } = usages[format](JSON.stringify(certificate.file.name), certificate);
  return ['', `\`\`\`${language}`, ...lines, ...decided(certificate, format), '```'];
}

/** What becomes of the probabilities where a threshold was kept with the run; weights alone give none. */
function decided(
  { model: { operatingPoint, labelPoints, classes, outputs } }: Certificate,
  format: ExportFormat,
): string[] {
  if (format === 'safetensors') return [];
  if (outputs === 'sigmoid') {
    const thresholds = labelThresholds(classes, labelPoints ?? []);
    if (format === 'tfjs') return [`const called = (await probabilities.array()).map((row) => row.map((p, label) => p >= [${thresholds.join(', ')}][label])); // ${classes.join(', ')}`]; // prettier-ignore
    return [`called = probabilities >= [${thresholds.join(', ')}]  # ${classes.join(', ')}`];
  }
  if (!operatingPoint) return [];
  const { positive, threshold } = operatingPoint;
  const at = classes.indexOf(positive);
  if (format === 'tfjs')
    return [`const called = (await probabilities.array()).map((row) => row[${at}] >= ${threshold}); // ${positive}`];
  return [`called = probabilities[:, ${at}] >= ${threshold}  # ${positive}`];
}
