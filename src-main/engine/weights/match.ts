import type { Graph } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import type { Dialect } from '../../backbone/zoo/index.ts';
import type { ImportReport } from '../../contract/source.ts';
import { dialects, inFile } from './dialects.ts';
import { corrupt, type FileTensor, type WeightFile } from './file.ts';
import { transpose } from './numbers.ts';

/** The parameters of a backbone do not depend on the size of the images. */
const ANY_IMAGE = { height: 224, width: 224 };

interface Fit {
  key: string;
  name: string;
  tensor: FileTensor;
  order: readonly number[] | undefined;
}

/**
 * How the tensors of a file fit a backbone (without head), by name and shape; no values are read. Names in the report
 * are those of the file, or the ones it would have.
 */
export function compareWeights(
  graph: Graph,
  dialect: Dialect,
  file: WeightFile,
): { report: ImportReport; fits: Fit[] } {
  const { canonical, ignored } = dialects[dialect];
  const wanted = graphParameters(graph, ANY_IMAGE).map((parameter) => ({ parameter, ...inFile(parameter, dialect) }));
  const present = nameTable([...file.tensors.keys()], dialect, new Set(wanted.map((each) => each.name)));
  const report: ImportReport = {
    format: file.format,
    matched: [],
    missing: [],
    mismatched: [],
    unexpected: [],
    ignored: [],
  };
  const fits: Fit[] = [];
  const used = new Set<string>();
  for (const { parameter, name, shape, order } of wanted) {
    const stored = present.get(name);
    const tensor = stored === undefined ? undefined : file.tensors.get(stored);
    if (stored === undefined || tensor === undefined) {
      report.missing.push(name);
      continue;
    }
    used.add(stored);
    if (tensor.shape.join() !== shape.join()) {
      report.mismatched.push({ name: stored, expected: [...shape], found: [...tensor.shape] });
      continue;
    }
    report.matched.push(stored);
    fits.push({ key: parameter.key, name: stored, tensor, order });
  }
  for (const name of file.tensors.keys()) {
    if (used.has(name)) continue;
    const bare = canonical(name).replace(dialects[dialect].prefixes, '');
    (ignored.test(bare) ? report.ignored : report.unexpected).push(name);
  }
  return { report, fits };
}

/**
 * The parameters of a backbone that a file holds, in the graph's layouts, with the report of what fitted and what did
 * not. Check the report before the weights are used.
 * @throws CutpointError WEIGHTS_CORRUPT, WEIGHTS_FORMAT_UNKNOWN
 */
export async function matchWeights(
  graph: Graph,
  dialect: Dialect,
  file: WeightFile,
): Promise<{ report: ImportReport; weights: Weights }> {
  const { report, fits } = compareWeights(graph, dialect, file);
  const shapes = new Map(graphParameters(graph, ANY_IMAGE).map((parameter) => [parameter.key, parameter.shape]));
  const weights: Weights = new Map();
  for (const { key, name, tensor, order } of fits) {
    const data = await tensor.read();
    if (!data.every(Number.isFinite)) throw corrupt(file.path, `'${name}' holds values that are not numbers`);
    weights.set(key, { shape: shapes.get(key)!, data: order ? transpose(data, tensor.shape, order) : data });
  }
  return { report, weights };
}

/**
 * From the name a parameter has in its dialect to its name in this file. Of the wrappers' prefixes (`module.` …) in the
 * file the one under which most wanted names are found counts, so that two networks in one file are never mixed.
 */
function nameTable(names: readonly string[], dialect: Dialect, wanted: ReadonlySet<string>): Map<string, string> {
  const { canonical, prefixes } = dialects[dialect];
  const tables = new Map<string, Map<string, string>>();
  for (const name of names) {
    const plain = canonical(name);
    const longest = prefixes.exec(plain)?.[0] ?? '';
    const prefix = wanted.has(plain) ? '' : longest;
    let table = tables.get(prefix);
    if (!table) tables.set(prefix, (table = new Map()));
    const bare = plain.slice(prefix.length);
    if (!table.has(bare)) table.set(bare, name);
  }
  const hits = (table: Map<string, string>) => [...wanted].filter((name) => table.has(name)).length;
  const ranked = [...tables.values()].map((table) => ({ table, hits: hits(table) })).sort((a, b) => b.hits - a.hits);
  return ranked[0]?.table ?? new Map();
}
