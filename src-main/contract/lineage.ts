import { z } from 'zod';
import { beganAtRandom, nature, RANDOM_WEIGHTS } from './origin.ts';
import type { SourceSummary } from './source.ts';

/** Weights in a drawing of what descends from what. */
export const lineageNode = z.object({
  /** As the workspace names it; of what is no longer there, the name that it had when others were trained from it. */
  name: z.string(),
  /** Null: random weights. */
  sha256: z.string().nullable(),
  /** Of what it was trained on here; null: it was not trained here. */
  nature: nature.nullable(),
  /** It is a source of the workspace. */
  here: z.boolean(),
  /** Index of the weights that it was trained from; null: it is a beginning. */
  parent: z.int().nullable(),
  /** Steps from its beginning. */
  depth: z.int(),
  /** Where it stands across: ends have whole numbers from 0, and what others were trained from the mean of theirs. */
  row: z.number(),
});
export type LineageNode = z.infer<typeof lineageNode>;

/** What sources descend from, as trees: weights are trained from one, and any number from them. Parents before children. */
export const lineage = z.object({
  nodes: z.array(lineageNode),
  /** How many ends there are, and the steps of the longest chain. */
  ...{ rows: z.int(), depth: z.int() },
});
export type Lineage = z.infer<typeof lineage>;

type Named = Pick<SourceSummary, 'name' | 'sha256' | 'origin'>;
type Open = Omit<LineageNode, 'row'> & { key: string; children: Open[] };

/**
 * Joins the chains of several sources where they are the same weights, by SHA-256.
 * @param shown those that are drawn, with all that they descend from
 * @param there all sources of the workspace
 */
export function lineageOfAll(shown: readonly Named[], there: readonly Named[]): Lineage {
  const found = new Map<string, Open>();
  const roots: Open[] = [];
  const names = new Map(there.map((each) => [each.sha256, each.name]));
  const put = (key: string, node: Omit<LineageNode, 'row' | 'parent' | 'depth'>, parent: Open | null): Open => {
    const known = found.get(key);
    if (known) return known;
    const open: Open = { ...node, key, parent: null, depth: parent === null ? 0 : parent.depth + 1, children: [] };
    (parent?.children ?? roots).push(open);
    found.set(key, open);
    return open;
  };
  for (const source of shown) {
    const random = source.origin !== null && beganAtRandom(source.origin);
    let from = random ? put('', { name: RANDOM_WEIGHTS, sha256: null, nature: null, here: false }, null) : null;
    for (const { name, sha256, nature } of source.origin?.parents ?? [])
      from = put(sha256, { name: names.get(sha256) ?? name, sha256, nature, here: names.has(sha256) }, from);
    const { name, sha256 } = source;
    // Two sources may be the same file under two names.
    const key = names.get(sha256) === name ? sha256 : `${sha256} ${name}`;
    put(key, { name, sha256, nature: source.origin?.nature ?? null, here: true }, from);
  }
  return placed(roots);
}

function placed(roots: readonly Open[]): Lineage {
  const nodes: LineageNode[] = [];
  let [rows, deepest] = [0, 0];
  const place = ({ key: _key, children, ...node }: Open, parent: number | null): number => {
    const at = nodes.push({ ...node, parent, row: 0 }) - 1;
    deepest = Math.max(deepest, node.depth);
    const below = children.map((child) => place(child, at));
    const row = below.length === 0 ? rows++ : below.reduce((sum, each) => sum + each, 0) / below.length;
    nodes[at]!.row = row;
    return row;
  };
  for (const root of roots) place(root, null);
  return { nodes, rows, depth: deepest };
}

/** Row after row: the names of the columns, then each of the weights. */
export const lineageTable = ({ nodes }: Lineage): (string | null)[][] => [
  ['source', 'begun_from', 'nature', 'in_workspace', 'sha256'],
  ...nodes.map(({ name, parent, nature, here, sha256 }) => [
    ...[name, parent === null ? null : nodes[parent]!.name],
    ...[nature, here ? 'yes' : 'no', sha256],
  ]),
];
