import { join, resolve } from 'node:path';
import { CutpointError, type ErrorCode } from '../../contract/errors.ts';
import type { ParsedInputOf } from '../../contract/index.ts';
import type { Removal, StoredKind } from '../../contract/storage.ts';
import { catalogue } from '../catalogue/entries.ts';
import { TABLES, type Rows } from '../store/queries/remove.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { isWithin, namesIn, removePath, sizeOf } from './files.ts';

/** Ids of the runs, comparisons and jobs that are going on, or wait. */
export type Active = ReadonlySet<string>;

const UNKNOWN = {
  study: 'STUDY_UNKNOWN',
  run: 'RUN_UNKNOWN',
  comparison: 'COMPARISON_UNKNOWN',
  source: 'SOURCE_UNKNOWN',
  job: 'JOB_UNKNOWN',
} as const;

/** See `storage.remove` of the contract. */
export async function remove(
  workspace: OwnWorkspace,
  { kind, ids, withRuns, dryRun }: ParsedInputOf<'storage.remove'>,
  { active, held }: { active: () => Active; held: ReadonlySet<string> },
): Promise<Removal> {
  const { store, paths } = workspace;
  const { rows, notes } = plan(workspace, { kind, ids, withRuns });
  requireEnded(rows, active());
  const files = [
    ...rows.runs.map((id) => join(paths.checkpoints, id)),
    ...rows.sources.flatMap((name) => store.storage.weightsFile(name) ?? []).map((name) => join(paths.sources, name)),
    ...(rows.datasets.length > 0 ? await ofDatasets(workspace, rows.datasets, held) : []),
  ];
  let bytes = 0;
  for (const file of files) bytes += (await sizeOf(file)).bytes;
  if (!dryRun) {
    requireEnded(rows, active());
    store.storage.remove(rows);
    // A kill from here on leaves files that `clean` finds.
    bytes = 0;
    for (const file of files) bytes += (await removePath(file)).bytes;
  }
  return { dryRun, ...rows, bytes, notes };
}

/** All rows that go, and what should be known of it. @throws CutpointError IN_USE, RUN_UNKNOWN, … */
function plan(
  workspace: OwnWorkspace,
  { kind, ids, withRuns }: { kind: StoredKind; ids: string[]; withRuns: boolean },
) {
  const { storage } = workspace.store;
  const notes = new Set<string>();
  const rows: Rows = { studies: [], runs: [], comparisons: [], sources: [], datasets: [], exports: [], jobs: [] };
  const known = storage.ids(TABLES[kind]);
  rows[TABLES[kind]] = [...new Set(ids.map((id) => find(kind, id, known)))];
  const isDamaged = (of: 'run' | 'source', id: string) => storage.damagedOf(of, [id]).length > 0;

  const dependents = dependentsOf(workspace, kind, rows);
  const more = [...dependents.runs, ...dependents.comparisons];
  if (more.length > 0 && !withRuns) throw inUse(kind, rows[TABLES[kind]], dependents);
  rows.runs = [...new Set([...rows.runs, ...dependents.runs])];
  rows.comparisons = [...new Set([...rows.comparisons, ...dependents.comparisons])];

  // What was found out for it alone goes with it.
  rows.jobs = [...new Set([...rows.jobs, ...rows.studies.flatMap((id) => workspace.store.studies.jobsAlone(id))])];

  for (const id of kind === 'run' ? rows.runs : []) {
    const comparison = storage.ownership('runs', id)?.comparison;
    if (!comparison) continue;
    const status = storage.ownership('comparisons', comparison)?.status;
    if (status !== 'completed' && !isDamaged('run', id)) throw ofUnfinishedComparison(id, comparison, String(status));
    notes.add(`The comparison ${comparison} keeps the numbers of its runs, without their networks.`);
  }
  for (const name of rows.sources) {
    const bundled = catalogue.some((entry) => entry.bundled !== null && entry.id === name);
    if (bundled && !isDamaged('source', name)) {
      throw new CutpointError(
        'IN_USE',
        `The source '${name}' comes with Cutpoint, and would be back at the next start.`,
      );
    }
  }
  const exported = rows.runs.reduce((sum, id) => sum + storage.exportCount(id), 0) + rows.exports.length;
  if (exported > 0) notes.add(`Exported files stay where they are; ${exported} of them are forgotten here.`);
  rows.datasets = [...new Set([...rows.datasets, ...orphans(workspace, rows)])];
  if (rows.datasets.length > 0) {
    notes.add(
      'Lists of images to which nothing else refers are removed too, and all decoded images; your images stay.',
    );
  }
  notes.add('Backups that were made before still hold what is removed.');
  return { rows, notes: [...notes] };
}

function find(kind: StoredKind, id: string, known: readonly string[]): string {
  const found = known.find((each) => each === id || (kind === 'source' && each.toLowerCase() === id.toLowerCase()));
  if (found !== undefined) return found;
  const code: ErrorCode = kind in UNKNOWN ? UNKNOWN[kind as keyof typeof UNKNOWN] : 'INPUT_INVALID';
  throw new CutpointError(code, `There is no ${kind} '${id}' in this workspace.`, {
    remedy: known.length === 0 ? 'There is none at all.' : `There are ${known.slice(0, 5).join(', ')}.`,
    details: { valid: known.slice(0, 5) },
  });
}

/** Runs and comparisons that could not be looked at, or gone on with, without the rows. */
function dependentsOf(
  workspace: OwnWorkspace,
  kind: StoredKind,
  rows: Rows,
): { runs: string[]; comparisons: string[] } {
  const { storage, runs, comparisons } = workspace.store;
  const all = { runs: storage.ids('runs'), comparisons: storage.ids('comparisons') };
  const ofComparisons = (chosen: readonly string[]) =>
    all.runs.filter((id) => chosen.includes(storage.ownership('runs', id)?.comparison ?? ''));
  if (kind === 'study') {
    const of = (table: 'runs' | 'comparisons') =>
      all[table].filter((id) => rows.studies.includes(storage.ownership(table, id)?.study ?? ''));
    return { runs: of('runs'), comparisons: of('comparisons') };
  }
  if (kind === 'comparison') return { runs: ofComparisons(rows.comparisons), comparisons: [] };
  if (kind === 'dataset') {
    const on = (table: 'runs' | 'comparisons', id: string) => {
      const { dataset, test } = storage.ownership(table, id) ?? { dataset: null, test: null };
      return [dataset, test].some((each) => each !== null && rows.datasets.includes(each));
    };
    const found = all.comparisons.filter((id) => on('comparisons', id));
    return {
      runs: [...new Set([...all.runs.filter((id) => on('runs', id)), ...ofComparisons(found)])],
      comparisons: found,
    };
  }
  if (kind === 'source') {
    const names = new Set(rows.sources);
    const found = comparisons.plans().filter(({ plan }) => namesSource(plan, names));
    const own = runs.plans().filter(({ plan }) => namesSource(plan, names));
    const ids = found.map(({ id }) => id);
    return { runs: [...new Set([...own.map(({ id }) => id), ...ofComparisons(ids)])], comparisons: ids };
  }
  return { runs: [], comparisons: [] };
}

/** Whether a plan, or a part of it, has one of the sources. */
function namesSource(plan: unknown, names: ReadonlySet<string>): boolean {
  if (typeof plan !== 'object' || plan === null) return false;
  return Object.entries(plan).some(([key, value]) => {
    if (key === 'source' || key === 'sources') return [value].flat().some((each) => names.has(each as string));
    return namesSource(value, names);
  });
}

/** Datasets that only what goes refers to. */
function orphans({ store: { storage } }: OwnWorkspace, rows: Rows): string[] {
  const of = (table: 'runs' | 'comparisons', ids: readonly string[]) =>
    ids.flatMap((id) => {
      const { dataset = null, test = null } = storage.ownership(table, id) ?? {};
      return [dataset, test].filter((each) => each !== null);
    });
  const left = new Set(
    (['runs', 'comparisons'] as const).flatMap((table) =>
      of(
        table,
        storage.ids(table).filter((id) => !rows[table].includes(id)),
      ),
    ),
  );
  return [...of('runs', rows.runs), ...of('comparisons', rows.comparisons)].filter((id) => !left.has(id));
}

/** Decoded images and what was read of files, which is made again where it is needed, and copies of dropped folders. */
async function ofDatasets(
  { paths, store: { storage } }: OwnWorkspace,
  ids: readonly string[],
  held: ReadonlySet<string>,
): Promise<string[]> {
  const cached = (await namesIn(paths.cache)).map((name) => join(paths.cache, name)).filter((path) => !held.has(path));
  const facts = (await namesIn(paths.facts)).map((name) => join(paths.facts, name));
  const datasets = storage.datasets();
  const [gone, left] = [true, false].map((going) =>
    datasets.filter(({ id }) => ids.includes(id) === going).map(({ folder }) => resolve(folder)),
  );
  const dropped = (await namesIn(paths.dropped))
    .map((name) => join(paths.dropped, name))
    .filter((path) => gone!.some((folder) => isWithin(folder, path)))
    .filter((path) => !left!.some((folder) => isWithin(folder, path)));
  return [...cached, ...facts, ...dropped];
}

function requireEnded(rows: Rows, active: Active): void {
  const going = [...rows.runs, ...rows.comparisons, ...rows.jobs].find((id) => active.has(id));
  if (going === undefined) return;
  const does = rows.jobs.includes(going) ? 'has not ended' : 'is training, or waits for its turn';
  throw new CutpointError('IN_USE', `${going} ${does}.`, { remedy: 'Stop it first, or wait until it has ended.' });
}

function inUse(
  kind: StoredKind,
  ids: readonly string[],
  { runs, comparisons }: { runs: string[]; comparisons: string[] },
) {
  const parts = [
    runs.length > 0 && `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} (${some(runs)})`,
    comparisons.length > 0 &&
      `${comparisons.length} ${comparisons.length === 1 ? 'comparison' : 'comparisons'} (${some(comparisons)})`,
  ].filter(Boolean);
  return new CutpointError('IN_USE', `The ${kind} ${ids.join(', ')} is needed by ${parts.join(' and ')}.`, {
    remedy: 'Nothing was removed. Remove these too (`--with-runs`), or keep it.',
    details: { runs, comparisons },
  });
}

const some = (ids: readonly string[]): string => ids.slice(0, 3).join(', ') + (ids.length > 3 ? ', …' : '');

function ofUnfinishedComparison(run: string, comparison: string, status: string): CutpointError {
  return new CutpointError('IN_USE', `The run ${run} is part of the comparison ${comparison}, which is ${status}.`, {
    remedy: `Remove the comparison with its runs (\`cutpoint remove comparison ${comparison} --with-runs\`), or resume it first.`,
    details: { comparison },
  });
}
