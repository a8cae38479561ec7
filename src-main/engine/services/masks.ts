import type { CallContext, Handlers, ParsedInputOf } from '../../contract/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { findingOf } from '../../contract/findings.ts';
import type { MaskAgreement, MaskProblem, MaskRow } from '../../contract/masks.ts';
import { placeOf } from '../../userPath.ts';
import { breathe } from '../breathe.ts';
import { identifyGroups } from '../data/groups.ts';
import { tablePath } from '../data/labels.ts';
import { pairsByName, pairsOfTable, requirePairs, type MaskPair } from '../data/masks/pairs.ts';
import { readMask, type Mask } from '../data/masks/read.ts';
import { classesOf, MaskValues } from '../data/masks/values.ts';
import { compareClass, type Compared } from '../metrics/masks/compare.ts';
import { summariseMasks } from '../metrics/masks/summary.ts';

const RESAMPLES = 2000;
const PIXELS = [1, 1] as const;
/** Nothing is split or learnt here, of which other sentences on patients speak. */
const NOBODY =
  'Nothing says which images are of the same patient. Each image counts on its own: where several are of one patient, intervals are too narrow.';

/** Masks from elsewhere, by files; nothing of them is kept. */
export const maskHandlers = (): Pick<Handlers, 'masks.agreement'> => ({ 'masks.agreement': maskAgreement });

/**
 * Compares two sets of masks pair by pair; a mask that cannot be compared is left out, with the reason.
 * @throws CutpointError INPUT_INVALID where nothing can be compared or a value has no name; what listing the folders, the
 *   table and the pattern throw
 */
async function maskAgreement(
  input: ParsedInputOf<'masks.agreement'>,
  { signal, progress }: CallContext<'masks.agreement'>,
): Promise<MaskAgreement> {
  const folders = { truth: placeOf(input.truth), other: placeOf(input.other) };
  const { pairs, problems, column } = input.pairs
    ? await pairsOfTable({ ...input.pairs, csv: placeOf(input.pairs.csv) })
    : await pairsByName(folders.truth, folders.other, signal);
  requirePairs(pairs, problems);

  const classes = classesOf(input.classes);
  const values = new MaskValues(input.classes);
  const compared: { pair: MaskPair; classes: Compared[] }[] = [];
  for (const [done, pair] of pairs.entries()) {
    signal.throwIfAborted();
    progress({ done, total: pairs.length });
    const masks = await readPair(pair, folders, problems);
    if (masks !== null) {
      values.count('truth', masks.truth);
      values.count('other', masks.other);
      // The others are read all the same, so that the refusal names every value.
      if (values.unnamed().length === 0)
        compared.push({ pair, classes: classes.map(({ member }) => compareClass(masks, member, input.spacing ?? PIXELS)) }); // prettier-ignore
    }
    await breathe();
  }
  values.requireNamed();
  requirePairs(compared, problems);

  const by = input.groupPattern === undefined || column?.named ? column : undefined;
  const { grouping, identifiers, findings } = await identifyGroups(
    compared.map(({ pair }) => ({ ...pair, label: '' })),
    { groupPattern: input.groupPattern, column: by },
  );
  const groups = identifiers.map((identifier, at) => identifier ?? `file:${at}`);
  const listed = values.listed();
  const names = classes.map(({ name }) => name ?? listed.find((each) => each.class !== null)!.class!);
  const { confidence } = input;
  const summaries = await summariseMasks(
    names.map((_, at) => compared.map((each) => each.classes[at]!)),
    groups,
    { confidence, resamples: RESAMPLES, seed: 0, signal },
  );
  return {
    ...{ images: compared.length, grouping, patients: new Set(groups).size, spacing: input.spacing ?? null },
    ...{ confidence, resamples: RESAMPLES, values: listed },
    classes: names.map((name, at) => {
      const own = input.classes?.filter((each) => each.name === name) ?? listed.filter((each) => each.class === name);
      return { name, values: own.map(({ value }) => value), ...summaries[at]! };
    }),
    rows: compared
      .flatMap(({ pair, classes: own }) => own.map((each, at) => rowOf(pair, names[at]!, each)))
      .sort(worstFirst),
    problems,
    findings: by === undefined && input.groupPattern === undefined ? [findingOf('NO_PATIENTS', NOBODY)] : findings,
  };
}

/** Null where one of them cannot be read, or they differ in size: then it is among the problems. */
async function readPair(
  { file, other }: MaskPair,
  folders: Record<'truth' | 'other', string>,
  problems: MaskProblem[],
): Promise<{ truth: Uint16Array; other: Uint16Array; width: number } | null> {
  const read = async (of: 'truth' | 'other', name: string): Promise<Mask | null> => {
    try {
      return await readMask(tablePath(folders[of], name));
    } catch (thrown) {
      if (!(thrown instanceof CutpointError) || thrown.kind !== 'user') throw thrown;
      problems.push({ of, file: name, code: thrown.code, message: thrown.message });
      return null;
    }
  };
  const [a, b] = [await read('truth', file), await read('other', other)];
  if (a === null || b === null) return null;
  if (a.width === b.width && a.height === b.height) return { truth: a.values, other: b.values, width: a.width };
  const message = `The mask has ${b.width} × ${b.height} pixels, the one that it is compared with ${a.width} × ${a.height}.`;
  problems.push({ of: 'other', file: other, code: 'INPUT_INVALID', message });
  return null;
}

const rowOf = ({ file, other }: MaskPair, name: string, { counts, figures }: Compared): MaskRow => ({
  ...{ file, other, class: name, figures },
  pixels: { truth: counts.both + counts.onlyTruth, other: counts.both + counts.onlyOther },
});

/** By Dice, of equal ones those farther apart first; last those without. */
function worstFirst(a: MaskRow, b: MaskRow): number {
  const keys = ({ figures }: MaskRow) => [figures.dice!.value ?? 2, -(figures.hausdorff95!.value ?? Infinity)] as const;
  const [[diceA, farA], [diceB, farB]] = [keys(a), keys(b)];
  if (diceA !== diceB) return diceA - diceB;
  return farA === farB ? (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) : farA - farB;
}
