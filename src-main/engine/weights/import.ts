import { basename } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { libraryOf, type Backbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { OutputOf } from '../../contract/index.ts';
import type { ImportReport } from '../../contract/source.ts';
import { constantKernels } from './constant.ts';
import type { WeightFile } from './file.ts';
import { compareWeights, readWeights, type Comparison } from './match.ts';
import { isPart, JOIN } from './foreignFormats.ts';
import { openWeights } from './open.ts';
import { fitsWhole, resemblance } from './resemblance.ts';
import { isTensorflowPort } from './timm.ts';

/** How many names of a kind a message lists. */
const LISTED = 3;

/** Exporters compute what they can in advance, and what they computed has new names and values. */
const UNFOLDED =
  'Batch norms were folded into convolutions when this ONNX file was written, or its layers renamed. Use the weights that it was made from, or export again with training=torch.onnx.TrainingMode.TRAINING and do_constant_folding=False.';

/**
 * The parameters of a backbone from a file of weights, and how they fitted. Without a backbone: of the only one of the
 * zoo that the file fits whole. A partial load gives what fits; the rest is absent from the weights.
 * @throws CutpointError WEIGHTS_MISMATCH where parameters are missing and no partial load is asked for, and in any case
 *   where none is there; FILE_NOT_READABLE, WEIGHTS_FORMAT_UNKNOWN, WEIGHTS_CORRUPT
 */
export async function importWeights(
  path: string,
  asked: Backbone | undefined,
  { partial = false, weights }: { partial?: boolean; weights?: string | undefined } = {},
): Promise<{ backbone: Backbone; report: ImportReport; weights: Weights }> {
  const file = await openWeights(path);
  try {
    const backbone = asked ?? onlyCandidate(file);
    const comparison = compareWeights(backbone, file, weights);
    const isEnough = fitsWhole(comparison) || (partial && comparison.report.matched.length > 0);
    if (!isEnough) throw mismatch(comparison, backbone, file);
    if (isTensorflowPort(path) && backbone.dialect === 'torchvision') throw portOfTensorflow(path, backbone);
    const read = await readWeights(comparison, backbone, file);
    return { backbone, report: { ...comparison.report, constant: await constantKernels(comparison) }, weights: read };
  } finally {
    await file.close();
  }
}

/** What a file holds and how it fits; without a backbone: the one that it fits best. */
export async function inspectWeights(
  path: string,
  asked: Backbone | undefined,
  weights?: string,
): Promise<Omit<OutputOf<'source.inspect'>, 'file' | 'bytes'>> {
  const file = await openWeights(path);
  try {
    const { candidates, closest, looksLike } = resemblance(file);
    const backbone = asked ?? closest?.backbone;
    const comparison = backbone && compareWeights(backbone, file, weights);
    return {
      tensors: file.tensors.size,
      looksLike,
      candidates: candidates.map(({ name }) => name),
      backbone: backbone?.name ?? null,
      report: comparison ? { ...comparison.report, constant: await constantKernels(comparison) } : nothingFits(file),
    };
  } finally {
    await file.close();
  }
}

/** Names and shapes do not tell these from timm's other networks; only the name that timm gives the file does. */
function portOfTensorflow(path: string, backbone: Backbone): CutpointError {
  return new CutpointError(
    'WEIGHTS_MISMATCH',
    `By its name, '${basename(path)}' holds a network that timm took over from TensorFlow: its parameters are called like those of ${backbone.title}, but it pads and normalises differently, and would compute something else here.`,
    { remedy: 'Use weights whose name does not begin with tf_. If these are none of them, rename the file.' },
  );
}

function nothingFits(file: WeightFile): ImportReport {
  const none = {
    matched: [],
    missing: [],
    mismatched: [],
    ignored: [],
    adapted: [],
    dense: [],
    copies: [],
    constant: [],
  };
  const objects = [...(file.objects ?? [])];
  return { format: file.format, ...none, weights: 'root', objects, unexpected: [...file.tensors.keys()] };
}

function onlyCandidate(file: WeightFile): Backbone {
  const { candidates, looksLike } = resemblance(file);
  if (candidates.length === 1) return candidates[0]!;
  const names = candidates.map(({ name }) => name);
  const weights = `The weights '${basename(file.path)}'`;
  throw new CutpointError(
    'WEIGHTS_MISMATCH',
    names.length > 0
      ? `${weights} fit more than one backbone: ${names.join(', ')}.`
      : `${weights} do not fit any backbone completely. ${appearance(looksLike, file)}`,
    {
      remedy:
        names.length > 0
          ? 'Name the backbone that they are for.'
          : isPart(file.path)
            ? JOIN
            : 'Choose weights that were published for one of the networks that Cutpoint has; with a backbone named, what is missing is listed.',
      details: { candidates: names, looksLike },
    },
  );
}

/** Why weights do not fit a backbone, and what the file looks like instead. */
function mismatch({ report, foreign }: Comparison, backbone: Backbone, file: WeightFile): CutpointError {
  const { matched, missing, mismatched } = report;
  const total = matched.length + missing.length + mismatched.length;
  const sentences = [
    `The weights '${basename(file.path)}' do not fit ${backbone.title}: ${matched.length} of ${total} parameters match.`,
  ];
  if (missing.length > 0)
    sentences.push(`${missing.length} ${missing.length === 1 ? 'is' : 'are'} missing (${listed(missing)}).`);
  if (mismatched.length > 0) {
    const names = mismatched.map(({ name, expected, found }) => `${name} is ${size(found)}, not ${size(expected)}`);
    sentences.push(
      `${mismatched.length} ${mismatched.length === 1 ? 'has' : 'have'} another shape (${listed(names)}).`,
    );
  }
  if (foreign.length > 0) {
    const tensors = foreign.length === 1 ? 'tensor' : 'tensors';
    sentences.push(
      `${foreign.length} more ${tensors} inside its layers belong to another network (${listed(foreign)}).`,
    );
  }
  const { candidates, looksLike } = resemblance(file);
  const other = candidates.find((candidate) => candidate !== backbone);
  return new CutpointError('WEIGHTS_MISMATCH', [...sentences, appearance(looksLike, file)].join(' '), {
    remedy: isPart(file.path)
      ? JOIN
      : file.format === 'onnx' && !other
        ? UNFOLDED
        : remedyFor(backbone, other, matched.length / total),
    details: { report, looksLike, candidates: candidates.map(({ name }) => name) },
  });
}

/** Below this share of the parameters a partial load is not offered: it would be another network by chance. */
const WORTH_A_PART = 0.1;

/** @param matched share of the backbone's parameters that are there */
function remedyFor(backbone: Backbone, other: Backbone | undefined, matched: number): string {
  if (other) return `Add these weights for the backbone '${other.name}' instead.`;
  const choose = `Choose weights published for ${backbone.title} with the layer names of ${libraryOf(backbone)}`;
  return matched >= WORTH_A_PART
    ? `${choose}, or agree to a partial load: what is missing starts at random values.`
    : `${choose}.`;
}

function appearance(looksLike: string | null, { path, tensors }: WeightFile): string {
  if (isPart(path)) return 'By its name it is one of several files that hold a network together.';
  if (tensors.size === 0)
    return 'It holds no tensors with names: settings, a state of random numbers, or a frozen program.';
  return looksLike === null
    ? 'Its names are not like those of any network that Cutpoint knows.'
    : `It looks like ${looksLike}.`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return `${names.slice(0, LISTED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function size(shape: readonly number[]): string {
  return shape.join(' × ');
}
