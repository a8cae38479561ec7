import { CutpointError } from '../../../contract/errors.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import type { SubgroupBy } from '../../../contract/subgroups.ts';
import { learningParts, openTest } from '../../cohort/parts.ts';
import type { Dataset } from '../../data/types.ts';
import { bandNames, bandOf, bandsFor } from '../../subgroups/bands.ts';
import { subgroupValues } from '../../subgroups/values.ts';
import type { Sources } from '../ask.ts';
import { askedOf, isPlace, titleOf } from './subgroups.ts';

/** Headers of more images are not all read for a table. */
const MOST_HEADERS = 5000;
/** A column of more values does not describe people. */
const MOST_VALUES = 20;

interface Part {
  part: 'train' | 'validation' | 'test';
  dataset: Dataset;
  indices: readonly number[];
}

/** Age, sex, scanner and the like in each part, as far as tables or headers beside the images say. */
export async function demographicsOf(
  { workspace, ask, signal }: Pick<Sources, 'workspace' | 'ask' | 'signal'>,
  run: RunSummary,
  tested: boolean,
): Promise<StudyReport['demographics']> {
  const { dataset, train, validation } = learningParts(workspace.store, run);
  const parts: Part[] = [
    { part: 'train', dataset, indices: train },
    { part: 'validation', dataset, indices: validation },
  ];
  if (tested) parts.push({ part: 'test', ...(await openTest(workspace, run.id, 'report')).images() });
  const found: StudyReport['demographics'] = [];
  for (const by of await askedOf(ask, run, 'validation')) {
    if (by.kind === 'header' && dataset.images.length > MOST_HEADERS) continue;
    const values = await Promise.all(parts.map((part) => valuesOf(part, by, { first: dataset, signal })));
    const told = tableOf(by, parts, values);
    if (told) found.push(told);
  }
  return found;
}

/** The value of each image of a part; null where nothing says it. */
async function valuesOf(
  { dataset, indices }: Part,
  by: SubgroupBy,
  { first, signal }: { first: Dataset; signal: AbortSignal },
): Promise<(string | null)[]> {
  const files = indices.map((index) => dataset.images[index]!.file);
  // A folder of its own has a table of its own.
  const own: SubgroupBy = by.kind === 'column' && dataset !== first ? { kind: 'column', name: by.name } : by;
  try {
    const found = await subgroupValues(dataset, files, own, { signal, onProgress: () => {} });
    return files.map((file) => found.get(file) ?? null);
  } catch (thrown) {
    if (CutpointError.from(thrown).kind !== 'user') throw thrown;
    return files.map(() => null);
  }
}

function tableOf(
  by: SubgroupBy,
  parts: readonly Part[],
  values: readonly (readonly (string | null)[])[],
): StudyReport['demographics'][number] | null {
  const there = values.flat().filter((value) => value !== null);
  const bands = bandsFor(titleOf(by), there);
  const named = values.map((own) => own.map((value) => (value !== null && bands ? bandOf(value, bands) : value)));
  const present = new Set(named.flat().filter((value) => value !== null));
  if (present.size === 0 || present.size > MOST_VALUES) return null;
  const names = bands ? bandNames(bands).filter((name) => present.has(name)) : [...present].sort();
  const count = ({ dataset, indices }: Part, own: readonly (string | null)[], value: string | null) => {
    const images = indices.filter((_, at) => own[at] === value);
    return { images: images.length, groups: new Set(images.map((index) => dataset.images[index]!.group)).size };
  };
  return {
    by: titleOf(by),
    parts: parts.map(({ part }) => part),
    values: [...names, null].map((value, at) => ({
      value: value !== null && isPlace(by) ? String(at + 1) : value,
      counts: parts.map((part, of) => count(part, named[of]!, value)),
    })),
  };
}
