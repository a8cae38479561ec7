import { basename } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { backbones, type Backbone, type Dialect } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { ImportReport } from '../../contract/source.ts';
import type { WeightFile } from './file.ts';
import { compareWeights, matchWeights } from './match.ts';
import { openWeights } from './open.ts';

/** How many names of a kind a message lists. */
const LISTED = 3;

/**
 * All parameters of a backbone from a file of weights, and how they fitted.
 * @throws CutpointError WEIGHTS_MISMATCH unless every parameter is there; FILE_NOT_READABLE, WEIGHTS_FORMAT_UNKNOWN,
 *   WEIGHTS_CORRUPT
 */
export async function importWeights(
  path: string,
  backbone: Backbone,
): Promise<{ report: ImportReport; weights: Weights }> {
  const file = await openWeights(path);
  try {
    const graph = backbone.build();
    requireComplete(compareWeights(graph, backbone.dialect, file).report, backbone, file);
    return await matchWeights(graph, backbone.dialect, file);
  } finally {
    await file.close();
  }
}

/**
 * Refuses weights of which any parameter is missing or has another shape, and says what the file looks like instead.
 * @throws CutpointError WEIGHTS_MISMATCH with the report in `details.report`
 */
export function requireComplete(report: ImportReport, backbone: Backbone, file: WeightFile): void {
  const { matched, missing, mismatched } = report;
  if (missing.length === 0 && mismatched.length === 0) return;
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
  const like = resemblance(file);
  throw new CutpointError('WEIGHTS_MISMATCH', [...sentences, like.sentence].join(' '), {
    remedy: like.backbone
      ? `Add these weights for the backbone '${like.backbone.name}' instead.`
      : `Choose weights published for ${backbone.title} with the layer names of ${backbone.dialect}.`,
    details: { report, looksLike: like.backbone?.name },
  });
}

/** The backbone of the zoo that a file holds whole, or else whose layer names it has. */
function resemblance(file: WeightFile): { backbone?: Backbone; sentence: string } {
  const backbone = backbones.find((each) => {
    const { missing, mismatched } = compareWeights(each.build(), each.dialect, file).report;
    return missing.length === 0 && mismatched.length === 0;
  });
  if (backbone) return { backbone, sentence: `The file looks like weights of ${backbone.title} ('${backbone.name}').` };
  const dialect = dialectOf(file);
  const known = dialect ? `Its layer names are in the style of ${dialect}, but` : 'Its layer names are unknown, and';
  return { sentence: `${known} it holds no backbone that Cutpoint has.` };
}

function dialectOf(file: WeightFile): Dialect | undefined {
  const names = [...file.tensors.keys()];
  if (names.some((name) => /\.(weight|running_mean)$/.test(name))) return 'torchvision';
  if (names.some((name) => /\/(kernel|depthwise_kernel|gamma)(:\d+)?$/.test(name))) return 'keras';
  return undefined;
}

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return `${names.slice(0, LISTED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function size(shape: readonly number[]): string {
  return shape.join(' × ');
}
