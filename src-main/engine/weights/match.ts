import type { Shape } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import type { Backbone } from '../../backbone/zoo/index.ts';
import type { ImportReport } from '../../contract/source.ts';
import { dialects } from './dialects.ts';
import { corrupt, type FileTensor, type WeightFile } from './file.ts';
import { reverseInputs, spreadInput, sumInputs } from './inputChannels.ts';
import { chooseCopy, copiesOf, copyName, moduleOf, modulesOf, namesOfWhole, type Naming } from './copies.ts';
import { expectationOf, placesOf, type Wanted } from './names.ts';
import { transpose } from './numbers.ts';

/** A parameter and the tensor of the file that it is read from. */
interface Fit {
  wanted: Wanted;
  stored: string;
  tensor: FileTensor;
  /** Number of input channels in the file, where it is not the network's. */
  channels: number | undefined;
  /** Added to every value. */
  shift: number;
}

export interface Comparison {
  report: ImportReport;
  fits: Fit[];
  /**
   * Of the unexpected tensors, those inside the network's own modules: they show a larger or changed network, whose
   * weights would fit and compute something else.
   */
  foreign: string[];
}

/**
 * How the tensors of a file fit a backbone (without head), by name and shape; no values are read. Names in the report
 * are those of the file, or the ones it would have. Dense layers that can be cuts are matched from the first on, as far as
 * they are there; others than the published ones are left out like any classifier.
 * @param weights which copy of the network, where the file holds several: `state_dict_ema`, `teacher`; left out: the
 *   first of those that fit best
 * @throws CutpointError INPUT_INVALID where the file holds no copy of that name
 */
export function compareWeights(backbone: Backbone, file: WeightFile, weights?: string): Comparison {
  const expectation = expectationOf(backbone);
  const places = placesOf(file, backbone.dialect);
  const adapts = (wanted: Wanted, tensor: FileTensor) =>
    wanted.parameter.key === expectation.first ? adaptable(wanted, tensor.shape) : undefined;
  const { separator } = dialects[backbone.dialect];
  const copies = copiesOf(expectation, places, separator, (wanted, stored) => {
    const tensor = file.tensors.get(stored)!;
    return sameValues(wanted.shape, tensor.shape) || adapts(wanted, tensor) !== undefined;
  });
  const naming = chooseCopy(copies, separator, weights, file);
  const report: ImportReport = {
    format: file.format,
    matched: [],
    missing: [],
    mismatched: [],
    unexpected: [],
    ignored: [],
    adapted: [],
    dense: [],
    weights: copyName(naming.prefix, separator),
    copies: namesOfWhole(copies, expectation.wanted.length, separator),
    objects: [...(file.objects ?? [])],
    constant: [],
  };
  const fits: Fit[] = [];
  const used = new Set<string>();
  const storedAs = ({ canonical }: Wanted, style = naming.style): string | undefined =>
    places.get(canonical[style] ?? '')?.find(({ prefix }) => prefix === naming.prefix)?.stored;
  const take = (wanted: Wanted, stored: string, channels: number | undefined): void => {
    used.add(stored);
    report.matched.push(stored);
    const tensor = file.tensors.get(stored)!;
    fits.push({ wanted, stored, tensor, channels, shift: wanted.shifts[naming.style]! });
  };
  for (const wanted of expectation.wanted) {
    const stored = storedAs(wanted);
    if (stored === undefined) {
      report.missing.push(naming.prefix + wanted.names[naming.style]!);
      continue;
    }
    const { shape } = file.tensors.get(stored)!;
    const channels = adapts(wanted, file.tensors.get(stored)!);
    if (!sameValues(wanted.shape, shape) && channels === undefined) {
      used.add(stored);
      report.mismatched.push({ name: stored, expected: [...wanted.shape], found: [...shape] });
      continue;
    }
    if (channels !== undefined) {
      report.adapted.push({ name: stored, from: channels, to: wanted.parameter.shape[2]! });
    }
    take(wanted, stored, channels);
  }
  // Above layers that start at random values, dense ones that were trained on others are worth nothing.
  const isWhole = report.missing.length === 0 && report.mismatched.length === 0;
  for (const { cut, wanted } of isWhole ? expectation.dense : []) {
    // Styles may agree on all layers but these.
    const layer = wanted.map((each) => {
      const found = each.canonical.map((_, style) => storedAs(each, style));
      return { each, stored: found.find((stored) => stored !== undefined) };
    });
    const fitting = layer.flatMap(({ each, stored }) => {
      const shape = file.tensors.get(stored ?? '')?.shape;
      // Timm writes the first one as a convolution as large as the map.
      return shape && (sameValues(each.shape, shape) || sameValues(each.axes, shape))
        ? [{ each, stored: stored! }]
        : [];
    });
    if (fitting.length < layer.length) break;
    for (const { each, stored } of fitting) take(each, stored, undefined);
    report.dense.push(cut);
  }
  const left = sortLeftOver(file, backbone, naming, used);
  return { report: { ...report, unexpected: left.unexpected, ignored: left.ignored }, fits, foreign: left.foreign };
}

/**
 * The parameters of a backbone that a file holds, in the graph's layouts.
 * @throws CutpointError WEIGHTS_CORRUPT, WEIGHTS_FORMAT_UNKNOWN
 */
export async function readWeights({ fits }: Comparison, backbone: Backbone, file: WeightFile): Promise<Weights> {
  const weights: Weights = new Map();
  const { first } = expectationOf(backbone);
  const blueFirst = backbone.channelOrder === 'bgr' && !isExport(file);
  for (const { wanted, stored, tensor, channels, shift } of fits) {
    const { key, shape } = wanted.parameter;
    const read = await tensor.read();
    if (!read.every(Number.isFinite)) throw corrupt(file.path, `'${stored}' holds values that are not numbers`);
    if (wanted.parameter.role === 'variance' && read.some((value) => value < 0)) {
      throw corrupt(file.path, `'${stored}' holds variances below zero`);
    }
    const inFile = channels === undefined ? { axes: wanted.axes, own: shape } : withInputs(wanted, channels);
    const data = wanted.order ? transpose(read, inFile.axes, wanted.order) : read;
    let value = { shape: inFile.own, data };
    if (key === first && blueFirst) value = reverseInputs(value);
    if (channels !== undefined) value = channels === 1 ? spreadInput(value, shape[2]!) : sumInputs(value);
    weights.set(key, shift === 0 ? value : { ...value, data: value.data.map((each) => each + shift) });
  }
  return weights;
}

/** Whether Cutpoint wrote a file: its networks take red first, behind a layer that preprocesses where they are whole. */
function isExport({ metadata, tensors }: WeightFile): boolean {
  return metadata.producer === 'cutpoint' || [...tensors.keys()].some((name) => /(^|\/)preprocessing\//.test(name));
}

/** Tensors that no parameter was read from: heads and counters, what else the network's modules hold, and the rest. */
function sortLeftOver(file: WeightFile, backbone: Backbone, { style, prefix }: Naming, used: ReadonlySet<string>) {
  const { canonical, separator, ignored: known } = dialects[backbone.dialect];
  const { wanted, classifier } = expectationOf(backbone);
  const modules = modulesOf(wanted, style);
  const heads = classifier[style]!;
  const parts = prefix.split(separator);
  // The prefix and every shorter one that it begins with: `module.backbone.`, `module.` and none.
  const wrappers = parts.map((_, end) =>
    parts
      .slice(0, end)
      .map((part) => part + separator)
      .join(''),
  );
  const left = { ignored: [] as string[], unexpected: [] as string[], foreign: [] as string[] };
  for (const stored of file.tensors.keys()) {
    if (used.has(stored)) continue;
    const name = canonical(stored);
    const bare = wrappers.filter((wrapper) => name.startsWith(wrapper)).map((wrapper) => name.slice(wrapper.length));
    if (bare.some((each) => heads.has(each) || known.test(each))) {
      left.ignored.push(stored);
      continue;
    }
    left.unexpected.push(stored);
    if (used.size > 0 && name.startsWith(prefix) && modules.has(moduleOf(name.slice(prefix.length)))) {
      left.foreign.push(stored);
    }
  }
  return left;
}

/** The number of input channels in the file, where one convolution can be made the other by summing or sharing out. */
function adaptable(wanted: Wanted, found: Shape): number | undefined {
  const inputs = wanted.parameter.shape[2]!;
  const other = inputs === 1 ? 3 : 1;
  const spare = withInputs(wanted, other).axes;
  return found.length === spare.length && found.join() === spare.join() ? other : undefined;
}

/** The shapes, in the file and in the graph, that a first convolution has with another number of input channels. */
function withInputs({ parameter, shape, order }: Wanted, inputs: number): { axes: Shape; own: Shape } {
  const axis = order?.[2] ?? 2;
  return { axes: shape.with(axis, inputs), own: parameter.shape.with(2, inputs) };
}

/** Whether tensors of these shapes hold the same values in the same order: axes of length 1 carry nothing. */
function sameValues(a: Shape, b: Shape): boolean {
  if (a.length === b.length && a.every((length, axis) => length === b[axis])) return true;
  return a.filter((length) => length !== 1).join() === b.filter((length) => length !== 1).join();
}
