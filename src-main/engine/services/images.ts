import { dataSelection, type DataSelection, type HeaderCounts } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { groupingOf } from '../../contract/groups.ts';
import { IMAGE_FIELDS, type ImageRow } from '../../contract/images.ts';
import type { CallContext, OutputOf, ParsedInputOf } from '../../contract/index.ts';
import { toTable } from '../../contract/table.ts';
import { leaksIn } from '../cohort/leaks.ts';
import { plannedSplit } from '../cohort/split.ts';
import { asSaid } from '../cohort/said.ts';
import { likeTraining, scanIn } from '../cohort/scanned.ts';
import { requireApart, requireTestable } from '../cohort/testData.ts';
import type { ScannedDataset, SplitName } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';

/** Selections whose images are held in memory: one on screen, one beside it, and those before. */
const MOST_HELD = 4;

type Call = Pick<CallContext<'data.audit'>, 'signal' | 'progress'>;
type Plan = NonNullable<ParsedInputOf<'data.images'>['plan']>;

/** The part of each image, or why they cannot be divided. */
interface Division {
  parts: SplitName[] | undefined;
  problem: { code: string; message: string } | null;
}
const UNDIVIDED: Division = { parts: undefined, problem: null };

/** What audits found, for who asks for the images after the report. */
export class AuditedImages {
  readonly #workspace: Workspace;
  readonly #held = new Map<string, ScannedDataset>();
  /** How they were divided last. */
  readonly #divisions = new WeakMap<ScannedDataset, { key: string; division: Division }>();
  readonly #going = new Map<string, Promise<ScannedDataset>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /**
   * @param selection with `again`: every file is read, whatever is known of it
   * @param known classes of the model that the images are for
   */
  async audit(
    { again = false, ...selection }: DataSelection & { again?: boolean },
    { signal, progress }: Call,
    known?: readonly string[],
  ): Promise<ScannedDataset> {
    const key = keyOf(selection);
    // The report and the list may be asked for at the same time.
    const going = again ? undefined : await this.#going.get(key)?.catch(() => undefined);
    if (going) return going;
    let headers: HeaderCounts | undefined;
    const scan = scanIn(this.#workspace, selection, {
      ...{ anew: again, known, signal },
      onProgress: (done, total) => progress({ done, total, ...(headers && { headers }) }),
      onHeaders: (found) => void (headers = found),
    });
    this.#going.set(key, scan);
    try {
      const dataset = await scan;
      // Asked for by the selection as it was, and as it is with its scale.
      for (const each of [key, keyOf(dataset.selection)]) {
        this.#held.delete(each);
        this.#held.set(each, dataset);
      }
      while (this.#held.size > 2 * MOST_HELD) this.#held.delete(this.#held.keys().next().value!);
      return dataset;
    } finally {
      if (this.#going.get(key) === scan) this.#going.delete(key);
    }
  }

  /** @throws CutpointError as an audit does, where none was made before */
  async images(
    { plan, testOf, ...own }: ParsedInputOf<'data.images'>,
    call: CallContext<'data.images'>,
  ): Promise<OutputOf<'data.images'>> {
    const known = async (selection: DataSelection, classes?: readonly string[]): Promise<ScannedDataset> =>
      this.#held.get(keyOf(selection)) ?? (await this.audit(selection, call, classes));
    const training = testOf && (await known(testOf));
    const dataset = await (training ? known(likeTraining(training.selection, own), training.classes) : known(own));
    const { images, details, report, leftOut, order } = dataset;
    const { parts, problem } = training
      ? await toTest(dataset, training)
      : plan
        ? await this.#divide(dataset, plan)
        : UNDIVIDED;
    const numbers = new Map<string, number>();
    const rows = images.map(({ file, label, group, format, width, height }, at): ImageRow => {
      if (!numbers.has(group)) numbers.set(group, numbers.size + 1);
      return {
        ...{ file, label, group: numbers.get(group)!, format, width, height },
        ...details[at]!,
        part: parts?.[at] ?? null,
      };
    });
    return {
      images: toTable(IMAGE_FIELDS, order.map((at) => rows[at]!)), // prettier-ignore
      leftOut: [
        ...report.problems,
        ...leftOut.map(({ file, label }) => ({ file, code: 'LEFT_OUT', message: `Left out as chosen; its label is "${label}".` })), // prettier-ignore
      ],
      splitProblem: problem,
      ...(parts && !training && { leaks: leaksIn(dataset, parts) }),
      repeats: repeatsAcrossGroups(dataset),
      fingerprint: report.fingerprint,
      folder: report.folder,
      ...(report.greyScale && { greyScale: report.greyScale.applied }),
    };
  }

  /** Of tens of thousands of images that takes a while: it is done once for each plan. */
  async #divide(dataset: ScannedDataset, plan: Plan): Promise<Division> {
    const known = this.#divisions.get(dataset);
    const key = JSON.stringify(plan);
    if (known?.key === key) return known.division;
    const division = await divide(dataset, plan);
    this.#divisions.set(dataset, { key, division });
    return division;
  }
}

function repeatsAcrossGroups({ images, alike, report }: ScannedDataset): number[][] {
  if (groupingOf(report) === 'image') return [];
  const copies = [...Map.groupBy(images.keys(), (at) => images[at]!.sha256).values()];
  return [...copies, ...alike].filter((set) => new Set(set.map((at) => images[at]!.group)).size > 1);
}

const divide = async (dataset: ScannedDataset, { testFolder, ...plan }: Plan): Promise<Division> =>
  // Where there is no image, the report says why.
  dataset.images.length === 0
    ? UNDIVIDED
    : orWhyNot(async () => plannedSplit(await asSaid(dataset, plan.split), plan, { testFolder }));

const toTest = (dataset: ScannedDataset, training: ScannedDataset): Promise<Division> =>
  orWhyNot(() => {
    requireTestable(training.classes, dataset);
    requireApart(training, dataset);
    return dataset.images.map(() => 'test');
  });

async function orWhyNot(partsOf: () => SplitName[] | Promise<SplitName[]>): Promise<Division> {
  try {
    return { parts: await partsOf(), problem: null };
  } catch (thrown) {
    const { kind, code, message } = CutpointError.from(thrown);
    if (kind !== 'user') throw thrown;
    return { parts: undefined, problem: { code, message } };
  }
}

/** The schema brings settings into one order, and leaves out what is none. */
const keyOf = (selection: DataSelection): string => JSON.stringify(dataSelection.parse(selection));
